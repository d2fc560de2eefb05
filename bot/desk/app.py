"""Put the desk under ``/desk`` of an aiohttp app."""

from pathlib import Path
from typing import Final

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot.desk import attached, csrf, errors, filters, guard
from bot.desk.events import STREAMS, end_streams
from bot.desk.hashing import HASHING, Hashing
from bot.desk.routes import ROUTES

PREFIX: Final = "/desk"
_TEMPLATES: Final = Path(__file__).parent / "templates"


def add_desk(app: web.Application) -> None:
    """Add every page of the desk; the app carries SETTINGS, DATABASE, CLOCK and FEED."""
    desk = web.Application(middlewares=[errors.translate, guard.recognise, csrf.refuse_forged, guard.check_role])
    aiohttp_jinja2.setup(
        desk, loader=jinja2.FileSystemLoader(_TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        filters=filters.FILTERS | attached.FILTERS, undefined=jinja2.StrictUndefined,
    )  # fmt: skip
    desk[HASHING] = Hashing()
    desk[STREAMS] = set()
    desk.on_startup.append(_warm_up)
    desk.on_shutdown.append(end_streams)
    desk.on_cleanup.append(_stop_hashing)
    for route in ROUTES:
        desk.router.add_route(route.method, route.path, route.handler)
    app.router.add_get(PREFIX, _to_the_front_page)
    app.add_subapp(PREFIX, desk)


async def _to_the_front_page(_request: web.Request) -> web.StreamResponse:
    raise web.HTTPFound(f"{PREFIX}/")


async def _warm_up(desk: web.Application) -> None:
    await desk[HASHING].prepare()


async def _stop_hashing(desk: web.Application) -> None:
    desk[HASHING].close()
