"""Play the server of the web chat in memory, so that the page can be tried without front, brain or record.

The page cannot tell it from the front: same addresses, same headers, same events. `make_app()` gives the aiohttp app; a
test drives it through `Played`: what the server says, and how badly it behaves.
"""

import asyncio
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jinja2
from aiohttp import web
from aiohttp_sse import sse_response

from bot import words

BOT = Path(words.__file__).parent
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass
class Played:
    """What the played server knows, and the faults asked of it."""

    token: str = "visitor-1"
    messages: list[dict[str, Any]] = field(default_factory=list)
    state: dict[str, Any] = field(default_factory=lambda: {"owner": "bot", "rating": False})
    refusals: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    received: list[dict[str, str]] = field(default_factory=list)
    listeners: set[asyncio.Queue[tuple[str, str | None, dict[str, Any]] | None]] = field(default_factory=set)

    def say(self, author: str, text: str, **more: Any) -> None:
        """Say something to the customer, now or (`at`) at another time."""
        event_id = str(len(self.messages) + 1)
        message = {"id": event_id, "author": author, "text": text, "buttons": [], "at": datetime.now(UTC).isoformat()}
        self.messages.append(message | more)
        if author != "customer":
            self.tell("message", message | more, event_id)

    def tell(self, name: str, content: dict[str, Any], event_id: str | None = None) -> None:
        """Send one event to every open page."""
        if name == "state":
            self.state = content
        for listener in self.listeners:
            listener.put_nowait((name, event_id, content))

    def hang_up(self) -> None:
        """Break every open stream, as a network does."""
        for listener in self.listeners:
            listener.put_nowait(None)


PLAYED = web.AppKey("played", Played)


def make_app(played: Played) -> web.Application:
    app = web.Application()
    app[PLAYED] = played
    app.router.add_get("/", page)
    app.router.add_static("/static", BOT / "static")
    app.router.add_static("/channels/web/static", BOT / "channels/web/static")
    app.router.add_post("/channels/web/visitors", visitors)
    app.router.add_post("/channels/web/messages", receive)
    app.router.add_get("/channels/web/history", history)
    app.router.add_get("/channels/web/events", events)
    return app


async def page(request: web.Request) -> web.Response:
    language = words.best_language(request.headers.get("Accept-Language"))
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(BOT / "channels/web/templates"), autoescape=True)
    sent_words = json.dumps(words.catalogue(language, "chat"), ensure_ascii=False).replace("<", "\\u003c")
    html = environment.get_template("chat.html").render(
        lang=language, t=words.for_page(language), words_json=sent_words
    )
    return web.Response(text=html, content_type="text/html", headers={"Content-Security-Policy": POLICY})


async def visitors(request: web.Request) -> web.Response:
    return web.json_response({"visitor": request.app[PLAYED].token, "id": "external-1"}, status=201)


def _refuse_strangers(request: web.Request, token: str) -> None:
    if token != request.app[PLAYED].token:
        raise web.HTTPUnauthorized


async def receive(request: web.Request) -> web.Response:
    played = request.app[PLAYED]
    _refuse_strangers(request, request.headers.get("Authorization", "").removeprefix("Bearer "))
    if played.refusals:
        status, headers = played.refusals.pop(0)
        return web.json_response({"error": "played"}, status=status, headers=headers)
    body = await request.json()
    played.received.append(body)
    known = any(message.get("client_id") == body["id"] for message in played.messages)
    if not known:
        played.say("customer", body["text"], client_id=body["id"])
    return web.json_response({"id": body["id"], "status": "duplicate" if known else "accepted"}, status=202)


async def history(request: web.Request) -> web.Response:
    played = request.app[PLAYED]
    _refuse_strangers(request, request.headers.get("Authorization", "").removeprefix("Bearer "))
    last = played.messages[-1]["id"] if played.messages else None
    return web.json_response({"items": played.messages, "state": played.state, "last_event_id": last})


async def events(request: web.Request) -> web.StreamResponse:
    played = request.app[PLAYED]
    _refuse_strangers(request, request.query["visitor"])
    after = int(request.headers.get("Last-Event-ID") or request.query.get("after") or 0)
    listener: asyncio.Queue[tuple[str, str | None, dict[str, Any]] | None] = asyncio.Queue()
    for message in played.messages[after:]:
        if message["author"] != "customer":
            listener.put_nowait(("message", message["id"], message))
    played.listeners.add(listener)
    try:
        async with sse_response(request) as stream:
            while (told := await listener.get()) is not None:
                name, event_id, content = told
                await stream.send(json.dumps(content), event=name, id=event_id, retry=300)
    except ConnectionResetError:
        pass  # the page was closed
    finally:
        played.listeners.discard(listener)
    return stream
