"""Put channels, dispatcher, delivery and desk into one aiohttp app: the only public process."""

import asyncio
import contextlib
import functools
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import aiohttp_jinja2
import jinja2
import structlog
from aiohttp import web

from bot import demo
from bot.channels.delivery import Sender
from bot.channels.registry import Channel, Registry
from bot.channels.web.channel import WebChannel
from bot.clock import Clock, utc_now
from bot.desk.api import add_api
from bot.desk.app import add_desk
from bot.dispatch.brain import DEADLINE_S, Brain
from bot.dispatch.dispatcher import Dispatcher
from bot.domain.ids import ConversationId, IdentityId
from bot.edge import metrics
from bot.edge.feed import Feed
from bot.edge.headers import set_headers
from bot.edge.json_body import MOST_BYTES
from bot.edge.keys import CLOCK, DATABASE, FEED, SETTINGS
from bot.services.messaging import NextTurn
from bot.settings import Settings
from bot.store.migrate import is_current
from bot.store.unit_of_work import Database, UnitOfWork

SWEEP_EVERY_S: Final = 5.0
DRAIN_S: Final = 6.0
FEED_KEPT: Final = timedelta(days=7)
HERE: Final = Path(__file__).parent
BRAIN = web.AppKey("brain", Brain)
CHANNELS = web.AppKey("channels", Registry)
Channels = Callable[[web.Application], Iterable[Channel]]
log = structlog.get_logger(__name__)


def our_channels(app: web.Application) -> Iterable[Channel]:
    """Return the channels that the settings ask for; the web chat is always there."""
    return (WebChannel(app),)


def build(
    settings: Settings, brain_urls: tuple[str, ...], brain_token: str, *,
    clock: Clock = utc_now, brain_deadline_s: float = DEADLINE_S, channels: Channels = our_channels,
) -> web.Application:  # fmt: skip
    """Return the app; nothing is opened or called before it starts."""
    app = web.Application(client_max_size=MOST_BYTES)
    app[SETTINGS], app[CLOCK] = settings, clock
    app[DATABASE] = Database(settings.database_url)
    app[FEED] = Feed(app[DATABASE])
    app[BRAIN] = Brain(brain_urls, brain_token, brain_deadline_s)
    app[CHANNELS] = Registry(*channels(app))
    app.on_response_prepare.append(set_headers)
    aiohttp_jinja2.setup(app, loader=_templates(), autoescape=True)
    app.router.add_static("/static", HERE / "static")
    app.router.add_static("/desk/static", HERE / "desk" / "static")  # before the desk, which owns all of /desk
    for channel in app[CHANNELS]:
        channel.add_routes(app)
    add_desk(app)
    add_api(app)
    app.router.add_get("/healthz", healthz)
    app.router.add_get("/readyz", readyz)
    app.router.add_get("/metrics", metrics.expose)
    app.cleanup_ctx.append(_work)
    return app


async def healthz(_request: web.Request) -> web.Response:
    """Say that the process is alive."""
    return web.json_response({"alive": True})


async def readyz(request: web.Request) -> web.Response:
    """Say whether customers can be answered; name what is missing."""
    missing = []
    try:
        if not await request.app[DATABASE].read(lambda uow: is_current(uow.session.connection())):
            missing.append("migrations")
    except Exception as error:  # the edge: whatever is wrong with the database, say so
        log.error("database not readable", reason=type(error).__name__)
        missing.append("database")
    if not request.app[BRAIN].ready:
        missing.append("brain")
    return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)


async def _work(app: web.Application) -> AsyncIterator[None]:
    """Run everything that works by itself, and let it finish in order when the app ends."""
    database, channels, clock = app[DATABASE], app[CHANNELS], app[CLOCK]

    async def typing(turn: NextTurn, on: bool) -> None:
        channel = channels.get(turn.sender.channel)
        if channel is not None:
            await channel.show_typing(turn.sender, on)

    before_turn = functools.partial(_give_demo_orders, app) if app[SETTINGS].demo else None
    dispatcher = Dispatcher(database, app[BRAIN], clock, typing, fetched=channels.fetched, before_turn=before_turn)
    sender = Sender(database, channels, clock, resend=app[SETTINGS].ambiguous == "resend")
    await app[FEED].start()
    await sender.recover()
    tasks = [
        _task(app[FEED].run()),
        _task(app[BRAIN].watch()),
        _task(_follow(app[FEED], dispatcher, sender)),
        _task(_sweep(app, dispatcher, sender)),
    ]
    yield
    await dispatcher.stop(DRAIN_S)
    await sender.stop(1.0)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await app[BRAIN].close()
    await asyncio.to_thread(database.close)


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
    """Find again and again what a lost hint left lying, and forget old feed lines."""
    while True:
        with contextlib.suppress(Exception):
            await asyncio.gather(dispatcher.sweep(), sender.sweep())
            await app[DATABASE].write(_forget_old_lines, app[CLOCK]() - FEED_KEPT)
        await asyncio.sleep(SWEEP_EVERY_S)


def _forget_old_lines(uow: UnitOfWork, before: datetime) -> None:
    uow.feed.forget_before(before)


async def _give_demo_orders(app: web.Application, turn: NextTurn) -> None:
    if not await app[DATABASE].read(demo.has_orders, turn.customer_id):
        await app[DATABASE].write(demo.give_orders, turn.customer_id, app[CLOCK]())


def _templates() -> jinja2.BaseLoader:
    return jinja2.PrefixLoader(
        {
            "web": jinja2.FileSystemLoader(HERE / "channels" / "web" / "templates"),
            "desk": jinja2.FileSystemLoader(HERE / "desk" / "templates"),
        }
    )


def _task(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    return asyncio.create_task(work)
