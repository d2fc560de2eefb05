"""The JSON API keeps every word of its own description, whatever is asked of it."""

import asyncio
import threading
from collections.abc import Iterator
from typing import Any, TypeAlias

import pytest
import schemathesis
from aiohttp import web
from hypothesis import HealthCheck, Phase, settings
from schemathesis import checks

from bot.store.unit_of_work import Database
from tests.desk.api.api_world import TOKEN, Story, open_database, serve, tell_story

Case: TypeAlias = "schemathesis.Case[Any]"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
CHECKS = [
    checks.not_a_server_error, checks.status_code_conformance, checks.content_type_conformance,
    checks.response_headers_conformance, checks.response_schema_conformance,
]  # fmt: skip


class ServedInAThread:
    """Serve an app on a loopback port from a thread of its own: the questions are asked from this one."""

    def __init__(self, app: web.Application) -> None:
        self._app = app
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def start(self) -> str:
        self._thread.start()
        return asyncio.run_coroutine_threadsafe(self._start(), self._loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    async def _start(self) -> str:
        self._runner = web.AppRunner(self._app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host, port = self._runner.addresses[0][:2]
        return f"http://{host}:{port}"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = open_database(tmp_path_factory.mktemp("api"))
    yield database
    database.close()


@pytest.fixture(scope="module")
def story(database: Database) -> Story:
    first, *_others = [database.perform(tell_story, str(number)) for number in range(3)]
    return first


@pytest.fixture(scope="module")
def described(database: Database, story: Story) -> Iterator[schemathesis.BaseSchema]:
    served = ServedInAThread(serve(database))
    address = served.start()
    yield schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    served.stop()


schema = schemathesis.pytest.from_fixture("described")
bounded = settings(
    max_examples=20,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@schema.parametrize()
@bounded
def test_every_answer_is_as_described(case: Case) -> None:
    case.call_and_validate(headers=BEARER, checks=[*CHECKS, checks.negative_data_rejection])


@schema.include(path_regex="{id}").parametrize()
@bounded
def test_every_answer_about_somebody_we_know_is_as_described(case: Case, story: Story) -> None:
    known = story.customer_id if "customers" in case.operation.path else story.conversation_id
    case.path_parameters = {"id": known}
    response = case.call_and_validate(headers=BEARER, checks=CHECKS)
    assert response.status_code != 404
