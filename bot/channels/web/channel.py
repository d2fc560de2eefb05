"""Serve the web chat: the page, its visitors, their messages and the stream of answers."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import aiohttp_jinja2
import structlog
from aiohttp import web
from aiohttp_sse import sse_response

from bot.channels.web import files, payload, signature
from bot.channels.web.events import Stream, state_for_page
from bot.domain.audit import FeedEvent
from bot.domain.ids import MessageId
from bot.domain.messages import Address
from bot.edge.json_body import BadBody, read_object
from bot.edge.keys import CLOCK, DATABASE, FEED, SETTINGS
from bot.edge.metrics import ACKNOWLEDGE_SECONDS, MESSAGES
from bot.errors import RecordUnavailable, RejectedRequest, UnreadablePayload
from bot.services import messaging, visits
from bot.services.messaging import Duplicate
from bot.words import best_language, catalogue, for_page

STATIC: Final = Path(__file__).parent / "static"
log = structlog.get_logger(__name__)


class WebChannel:
    """Be the channel whose platform is our own page."""

    name = payload.CHANNEL
    takes_files = True

    def __init__(self, app: web.Application) -> None:
        self._feed = app[FEED]

    def add_routes(self, app: web.Application) -> None:
        app.router.add_get("/", page)
        app.router.add_post("/channels/web/visitors", new_visitor)
        app.router.add_post("/channels/web/messages", receive)
        app.router.add_get("/channels/web/history", history)
        app.router.add_get("/channels/web/events", events)
        app.router.add_get("/channels/web/files/{message_id:[0-9]{1,18}}", file)
        app.router.add_static("/channels/web/static", STATIC)

    async def show_typing(self, to: Address, on: bool) -> None:
        details = {"identity_id": to.identity_id, "author": "bot", "on": on}
        self._feed.whisper(FeedEvent("typing", datetime.now(UTC), details=details))


async def page(request: web.Request) -> web.Response:
    """Show the chat page in the visitor's language."""
    language = best_language(request.headers.get("Accept-Language"))
    words = json.dumps(catalogue(language, "chat"), ensure_ascii=False).replace("<", "\\u003c")
    context = {"lang": language, "t": for_page(language), "words_json": words}
    return aiohttp_jinja2.render_template("web/chat.html", request, context)


async def new_visitor(request: web.Request) -> web.Response:
    """Give a new visitor their token."""
    external_id = signature.new_visitor()
    token = signature.sign(external_id, request.app[SETTINGS].secret_key)
    return web.json_response({"visitor": token, "id": external_id}, status=201)


async def receive(request: web.Request) -> web.Response:
    """Take a message: 202 as soon as it is in the record, 503 when it could not be written."""
    external_id = _visitor(request, _bearer(request))
    try:
        incoming = payload.parse(await read_object(request), external_id)
    except UnreadablePayload as error:
        MESSAGES.labels(payload.CHANNEL, "refused").inc()
        raise BadBody(str(error)) from error
    with ACKNOWLEDGE_SECONDS.labels(payload.CHANNEL).time():
        try:
            received = await request.app[DATABASE].write_first(messaging.receive, incoming, request.app[CLOCK]())
        except RecordUnavailable as error:
            log.error("message not written", reason=str(error))
            raise web.HTTPServiceUnavailable(
                text='{"error": "try again in a moment"}', content_type="application/json", headers={"Retry-After": "2"}
            ) from error
    status = "duplicate" if isinstance(received, Duplicate) else "accepted"
    MESSAGES.labels(payload.CHANNEL, status).inc()
    return web.json_response({"id": incoming.platform_id, "status": status}, status=202)


async def history(request: web.Request) -> web.Response:
    """Return what has been said so far, for a page that has just been opened."""
    external_id = _visitor(request, _bearer(request))
    shown = await request.app[DATABASE].read(visits.history, payload.identity_of(external_id))
    items = [payload.show(m, shown.names.get(m.agent_id) if m.agent_id else None) for m in shown.messages]
    last = max((m.id for m in shown.messages if m.delivery is not None), default=0)
    return web.json_response({"items": items, "state": state_for_page(shown.state), "last_event_id": str(last)})


async def events(request: web.Request) -> web.StreamResponse:
    """Stream what is said to the visitor, from ``Last-Event-ID`` (or ``after``) on."""
    external_id = _visitor(request, request.query.get("visitor", ""))
    after = request.headers.get("Last-Event-ID") or request.query.get("after") or "0"
    if not after.isdecimal() or len(after) > 18:
        raise BadBody("Last-Event-ID must be the id of a message")
    async with sse_response(request) as out:
        stream = Stream(
            request.app[DATABASE], request.app[FEED], payload.identity_of(external_id), MessageId(int(after)), out
        )
        try:
            await stream.run()
        except ConnectionResetError:
            log.debug("visitor gone")
    return out


async def file(request: web.Request) -> web.Response:
    """Give out a file that was sent to the visitor."""
    return await files.show(request, _visitor(request, request.query.get("visitor", "")))


def _bearer(request: web.Request) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _visitor(request: web.Request, token: str) -> str:
    try:
        return signature.visitor_of(token, request.app[SETTINGS].secret_key)
    except RejectedRequest as error:
        raise web.HTTPUnauthorized(
            text='{"error": "unknown visitor"}', content_type="application/json",
            headers={"WWW-Authenticate": "Bearer"},
        ) from error  # fmt: skip
