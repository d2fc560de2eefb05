"""Run what works by itself while the front is up: turns, deliveries, channels that fetch, and the sweep behind them all."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Final

import structlog
from aiohttp import web

from bot import demo
from bot.channels.delivery import Sender
from bot.channels.registry import CHANNELS, Worker
from bot.dispatch.brain import BRAIN
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.ids import ConversationId, IdentityId
from bot.edge import metrics
from bot.edge.feed import Feed
from bot.edge.keys import CLOCK, DATABASE, FEED, SETTINGS
from bot.services import arrivals
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import UnitOfWork

SWEEP_EVERY_S: Final = 5.0
DRAIN_S: Final = 6.0
FEED_KEPT: Final = timedelta(days=7)
ARRIVALS_KEPT: Final = timedelta(days=7)
"""Platforms repeat a delivery for a day or two; after a week of silence Telegram may begin a new count of ids."""
log = structlog.get_logger(__name__)


async def work(app: web.Application) -> AsyncIterator[None]:
    """Run everything that works by itself, and let it finish in order when the app ends."""
    database, channels, clock = app[DATABASE], app[CHANNELS], app[CLOCK]

    async def typing(turn: NextTurn, on: bool) -> None:
        channel = channels.get(turn.sender.channel)
        if channel is not None:
            await channel.show_typing(turn.sender, on)

    before_turn = functools.partial(_give_demo_orders, app) if app[SETTINGS].demo else None
    dispatcher = Dispatcher(
        database, app[BRAIN], clock, typing,
        fetched=channels.fetched, before_turn=before_turn, settling=channels.settling,
    )  # fmt: skip
    sender = Sender(database, channels, clock, resend=app[SETTINGS].ambiguous == "resend")
    await app[FEED].start()
    await sender.recover()
    tasks = [
        asyncio.create_task(app[FEED].run()),
        asyncio.create_task(app[BRAIN].watch()),
        asyncio.create_task(_follow(app[FEED], dispatcher, sender)),
        asyncio.create_task(_sweep(app, dispatcher, sender)),
    ]
    workers = [asyncio.create_task(_keep_working(worker)) for worker in channels.workers()]
    yield
    await _end(workers)  # Nothing more comes in while what has come in is finished.
    await dispatcher.stop(DRAIN_S)
    await sender.stop(1.0)
    await _end(tasks)
    await app[BRAIN].close()
    await asyncio.to_thread(database.close)


async def _keep_working(worker: Worker) -> None:
    """Let a channel work; one that fails against all expectation begins anew."""
    while True:
        try:
            return await worker.run()
        except Exception as error:  # the edge: a channel's mistake must not leave it silent until the next start
            log.exception("channel stopped, starting it again", channel=worker.name, reason=type(error).__name__)
            await asyncio.sleep(SWEEP_EVERY_S)


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _follow(feed: Feed, dispatcher: Dispatcher, sender: Sender) -> None:
    """Wake whoever a new message concerns."""
    with feed.listen() as lines:
        while True:
            line = await lines.next(SWEEP_EVERY_S)
            if lines.overflowed:
                lines.resume()
                await asyncio.gather(dispatcher.sweep(), sender.sweep())
            elif line is not None and line.kind == "owner" and "reason" in line.details:
                metrics.HANDOFFS.labels(line.details["reason"]).inc()
            elif line is None or line.kind != "message" or line.conversation_id is None:
                continue
            elif line.details["author"] == "customer":
                dispatcher.wake(ConversationId(line.conversation_id))
            elif line.details["delivery"] == "pending":
                sender.wake(IdentityId(line.details["identity_id"]))


async def _sweep(app: web.Application, dispatcher: Dispatcher, sender: Sender) -> None:
    """Find again and again what a lost hint left lying, and forget old feed lines and arrivals."""
    while True:
        with contextlib.suppress(Exception):
            await asyncio.gather(dispatcher.sweep(), sender.sweep())
            await app[DATABASE].write(_forget_old, app[CLOCK]())
        await asyncio.sleep(SWEEP_EVERY_S)


def _forget_old(uow: UnitOfWork, now: datetime) -> None:
    uow.feed.forget_before(now - FEED_KEPT)
    arrivals.forget_before(uow, now - ARRIVALS_KEPT)


async def _give_demo_orders(app: web.Application, turn: NextTurn) -> None:
    if not turn.sender.is_public and not await app[DATABASE].read(demo.has_orders, turn.customer_id):
        await app[DATABASE].write(demo.give_orders, turn.customer_id, app[CLOCK]())
