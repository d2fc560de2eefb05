"""Start the front on a real database, beside a brain that follows a script."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import front
from bot.settings import Settings
from tests.dispatch.scripted_brain import TOKEN, ScriptedBrain
from tests.front.visitor import Visitor

Client = TestClient[web.Request, web.Application]


@pytest.fixture
async def brain() -> AsyncIterator[ScriptedBrain]:
    """Serve a scripted brain."""
    async with ScriptedBrain().serve() as served:
        yield served


@pytest.fixture
async def client(chosen: Settings, brain: ScriptedBrain) -> AsyncIterator[Client]:
    """Serve the front; its brain's deadline is half a second, so that slow is soon."""
    app = front.build(chosen, (brain.url,), TOKEN, brain_deadline_s=0.5)
    async with TestClient(TestServer(app)) as served:
        yield served


@pytest.fixture
async def visitor(client: Client) -> Visitor:
    """Be somebody who has just opened the page."""
    return await Visitor.arrive(client)
