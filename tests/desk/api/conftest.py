"""Serve the JSON API over a record with one whole story in it."""

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from bot.store.unit_of_work import Database
from tests.desk.api.api_world import Story, serve, tell_story
from tests.desk.api.client import BEARER, Client


@pytest.fixture
def database(sqlite_database: Database) -> Database:
    """Serve from SQLite: which database it is makes no difference here."""
    return sqlite_database


@pytest.fixture
def story(database: Database) -> Story:
    return database.perform(tell_story)


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, database: Database) -> Client:
    return await aiohttp_client(serve(database), headers=BEARER)
