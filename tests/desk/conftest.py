"""Give each test of the desk a house of its own."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.store.migrate import migrate
from bot.store.unit_of_work import Database
from tests.desk.house import Browser, Clock, House, make_app

Enter = Callable[..., Awaitable[Browser]]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    url = f"sqlite:///{tmp_path / 'house.db'}"
    migrate(url)
    database = Database(url)
    yield House(database, Clock())
    database.close()


@pytest.fixture
async def server(house: House, tmp_path: Path) -> AsyncIterator[TestServer]:
    server = TestServer(make_app(house.database, tmp_path, house.clock))
    await server.start_server()
    yield server
    await server.close()


@pytest.fixture
async def enter(server: TestServer) -> AsyncIterator[Enter]:
    """Open a browser, signed in when a name is given."""
    clients: list[TestClient[Any, Any]] = []

    async def _enter(name: str | None = None) -> Browser:
        client: TestClient[Any, Any] = TestClient(server)
        clients.append(client)
        browser = Browser(client)
        if name is not None:
            assert await browser.sign_in(name) == 303
        return browser

    yield _enter
    for client in clients:
        await client.session.close()
