"""Serve the brain protocol on loopback: ``/turn``, ``/understand``, ``/healthz``, ``/readyz``."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, Final

import structlog
from aiohttp import web

from bot.brain.agent import BrainAgent, TurnFailed, Words
from bot.brain.failure import report
from bot.brain.tracker_store import ProfileTrackerStore

BODY_BYTES: Final = 1024 * 1024
LONGEST_ID: Final = 255
LANGUAGES: Final = frozenset({"zh-Hans", "zh-Hant", "en"})

AGENT: Final = web.AppKey("agent", BrainAgent)
STORE: Final = web.AppKey("store", ProfileTrackerStore)
TOKEN: Final = web.AppKey("token", bytes)

log = structlog.get_logger("bot.brain")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def brain_app(agent: BrainAgent, store: ProfileTrackerStore, token: str) -> web.Application:
    """Put the four routes around a loaded agent. Raises ``ValueError`` for an empty token: nobody could be refused."""
    if not token:
        raise ValueError("the brain token must not be empty")
    app = web.Application(client_max_size=BODY_BYTES, middlewares=[_answer_errors])
    app[AGENT], app[STORE], app[TOKEN] = agent, store, token.encode()
    app.add_routes(
        [
            web.get("/healthz", _healthz),
            web.get("/readyz", _readyz),
            web.post("/turn", _turn),
            web.post("/understand", _understand),
        ]
    )
    return app


async def _healthz(_request: web.Request) -> web.Response:
    return web.json_response({"alive": True})


async def _readyz(request: web.Request) -> web.Response:
    """Say whether a turn could be answered now: the model is loaded, so only the database can be missing."""
    missing: list[str] = []
    try:
        await request.app[STORE].probe()
    except Exception as error:
        report("brain.database_unreachable", error)
        missing.append("database")
    return web.json_response({"ready": not missing, "missing": missing}, status=503 if missing else 200)


async def _turn(request: web.Request) -> web.Response:
    words = await _words(request)
    turn = await request.app[AGENT].turn(words)
    return web.json_response({"replies": turn.replies, "reading": turn.reading.as_json()})


async def _understand(request: web.Request) -> web.Response:
    words = await _words(request)
    reading = await request.app[AGENT].understand(words)
    return web.json_response({"reading": reading.as_json()})


async def _words(request: web.Request) -> Words:
    """Check the token first, then every field, so that a stranger learns nothing from the answers."""
    offered = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(offered, b"Bearer " + request.app[TOKEN]):
        raise web.HTTPUnauthorized
    try:
        body = await request.json()
    except (ValueError, RecursionError):
        raise _malformed("the body is not JSON") from None
    if not isinstance(body, dict):
        raise _malformed("the body is not an object")
    message_id = body.get("message_id")
    if not isinstance(message_id, int) or isinstance(message_id, bool) or message_id <= 0:
        raise _malformed("message_id must be a positive integer")
    language = body.get("language")
    if not isinstance(language, str) or language not in LANGUAGES:
        raise _malformed("language must be one of " + ", ".join(sorted(LANGUAGES)))
    if not isinstance(body.get("text"), str):
        raise _malformed("text must be a string")
    return Words(
        message_id,
        _identifier(body, "conversation_id"),
        _identifier(body, "customer_id"),
        body["text"],
        language,
    )


def _identifier(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_ID or not value.isprintable():
        raise _malformed(f"{name} must be a string of 1 to {LONGEST_ID} printable characters")
    return value


def _malformed(reason: str) -> web.HTTPBadRequest:
    return web.HTTPBadRequest(text=json.dumps({"error": reason}), content_type="application/json")


@web.middleware
async def _answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Translate what went wrong into the protocol's answers; this is the edge, nothing gets past it."""
    try:
        return await handler(request)
    except TurnFailed:
        return web.json_response({"error": "turn failed"}, status=500)
    except web.HTTPException:
        raise
    except Exception as error:
        report("brain.request_failed", error, path=request.path)
        return web.json_response({"error": "turn failed"}, status=500)
