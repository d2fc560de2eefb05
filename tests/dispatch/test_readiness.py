"""What the front believes of a worker."""

import asyncio
from datetime import UTC, datetime

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.dispatch.brain import Brain
from bot.services import messaging
from bot.services.messaging import NextTurn, Received
from bot.store.unit_of_work import Database
from tests import build

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def turn(database: Database) -> NextTurn:
    received = database.perform(messaging.receive, build.incoming(), NOW)
    assert isinstance(received, Received)
    return build.take_turn(database, received.conversation_id)


async def test_a_ready_worker_stays_ready_while_it_is_asked_again(sqlite_database: Database) -> None:
    asked, may_answer = asyncio.Queue[None](), asyncio.Semaphore(1)

    async def readyz(_request: web.Request) -> web.Response:
        asked.put_nowait(None)
        await may_answer.acquire()
        return web.json_response({"ready": True})

    app = web.Application()
    app.router.add_get("/readyz", readyz)
    message = turn(sqlite_database)
    async with TestServer(app) as server:
        brain = Brain([str(server.make_url(""))], "token")
        watching = asyncio.create_task(brain.watch())
        try:
            async with asyncio.timeout(10):
                await asked.get()
                await asked.get()  # The first question was answered; the second is under way now.
            assert brain.ready_for(message)
        finally:
            watching.cancel()
            await brain.close()
