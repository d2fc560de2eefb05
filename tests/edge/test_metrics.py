"""What Prometheus is told."""

import re

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from bot.edge import metrics
from bot.store.unit_of_work import Database
from tests.desk.api.api_world import serve, tell_story

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    return sqlite_database


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, database: Database) -> Client:
    return await aiohttp_client(serve(database))


async def test_the_metrics_tell_what_waits_in_the_record(client: Client, database: Database) -> None:
    database.perform(tell_story)
    response = await client.get("/metrics")
    text = await response.text()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert re.search(r"^tingjian_open_turns 2\.0$", text, re.MULTILINE)
    assert re.search(r"^tingjian_database_readable 1\.0$", text, re.MULTILINE)


async def test_the_metrics_stand_when_the_record_does_not(client: Client, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO gone")
    text = await (await client.get("/metrics")).text()
    assert "tingjian_open_turns NaN" in text
    assert "tingjian_database_readable 0.0" in text


async def test_what_is_counted_is_shown_with_its_labels(client: Client) -> None:
    metrics.MESSAGES.labels("telegram", "received").inc()
    metrics.TURN_SECONDS.observe(0.2)
    text = await (await client.get("/metrics")).text()
    assert re.search(
        r'^tingjian_messages_received_total\{channel="telegram",outcome="received"\} [1-9]', text, re.MULTILINE
    )
    assert re.search(r'^tingjian_turn_seconds_bucket\{le="0\.25"\} [1-9]', text, re.MULTILINE)


async def test_nothing_of_a_customer_is_among_the_metrics(client: Client, database: Database) -> None:
    story = database.perform(tell_story)
    text = await (await client.get("/metrics")).text()
    assert "424242" not in text and "parcel" not in text and story.customer_id not in text
