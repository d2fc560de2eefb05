"""Put channels, dispatcher, delivery and desk into one aiohttp app: the only public process."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import aiohttp_jinja2
import jinja2
import structlog
from aiohttp import web

from bot.channels.registry import CHANNELS, Channel, Registry
from bot.channels.web.channel import WebChannel
from bot.clock import Clock, utc_now
from bot.desk.api import add_api
from bot.desk.app import add_desk
from bot.dispatch.brain import BRAIN, DEADLINE_S, Brain
from bot.edge import metrics
from bot.edge.feed import Feed
from bot.edge.headers import set_headers
from bot.edge.json_body import MOST_BYTES
from bot.edge.keys import CLOCK, DATABASE, FEED, SETTINGS
from bot.settings import Settings
from bot.store.migrate import is_current
from bot.store.unit_of_work import Database
from bot.work import work

HERE: Final = Path(__file__).parent
Channels = Callable[[web.Application], Iterable[Channel]]
log = structlog.get_logger(__name__)


def our_channels(app: web.Application) -> Iterable[Channel]:
    """Return the channels that the settings ask for; the web chat is always there."""
    channels: list[Channel] = [WebChannel(app)]
    if (telegram := app[SETTINGS].telegram) is not None:
        # Its library takes half a second and 25 MB: only those who want it pay for it.
        from bot.channels.telegram.channel import TelegramChannel

        channels.append(TelegramChannel(app, telegram))
    if (wechat := app[SETTINGS].wechat) is not None:
        from bot.channels.wechat.channel import WechatChannel

        channels.append(WechatChannel(app, wechat))
    if (wecom := app[SETTINGS].wecom) is not None:
        from bot.channels.wecom.channel import WecomChannel

        channels.append(WecomChannel(app, wecom))
    return channels


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
    app.cleanup_ctx.append(work)
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


def _templates() -> jinja2.BaseLoader:
    return jinja2.PrefixLoader(
        {
            "web": jinja2.FileSystemLoader(HERE / "channels" / "web" / "templates"),
            "desk": jinja2.FileSystemLoader(HERE / "desk" / "templates"),
        }
    )
