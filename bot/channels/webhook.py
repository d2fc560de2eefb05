"""Be the door that platforms knock at: prove who they are, read a bounded body in bounded time, and answer soon.

Every platform's webhook stands behind this shell, so that errors are translated in one place: 403 to strangers, 400 for what is
no delivery, 503 for what could not be written down (the platform repeats it), and never a word about our insides.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Final

import structlog
from aiohttp import web

from bot.edge.json_body import refuse_compressed
from bot.edge.metrics import ACKNOWLEDGE_SECONDS, MESSAGES
from bot.errors import RecordUnavailable, RejectedRequest, TryLater, UnreadablePayload

MOST_BYTES: Final = 4 * 1024 * 1024
WITHIN_S: Final = 10.0
"""How long a platform may take to send a body."""
RETRY_AFTER_S: Final = 2
JSON: Final = "application/json"
log = structlog.get_logger(__name__)

Admit = Callable[[web.Request], None]
"""Raise RejectedRequest for a stranger; nothing of the body has been read yet."""
Take = Callable[[web.Request, bytes], Awaitable[web.Response]]
"""Write a delivery down and return what the platform wants to hear."""


class Webhook:
    """Be the webhook of one channel; an instance is an aiohttp handler."""

    def __init__(
        self, channel: str, admit: Admit, take: Take, *, most_bytes: int = MOST_BYTES, within_s: float = WITHIN_S
    ) -> None:
        self._channel, self._admit, self._take = channel, admit, take
        self._most_bytes, self._within_s = most_bytes, within_s
        self._told: set[str] = set()

    async def __call__(self, request: web.Request) -> web.Response:
        """Take a delivery."""
        try:
            self._admit(request)
            refuse_compressed(request)
            body = await self._read(request)
            with ACKNOWLEDGE_SECONDS.labels(self._channel).time():
                return await self._take(request, body)
        except RejectedRequest as error:
            self._note("stranger", str(error))
            raise _refusal(web.HTTPForbidden, "not allowed") from error
        except UnreadablePayload as error:
            self._note("refused", str(error))
            raise _refusal(web.HTTPBadRequest, str(error)) from error
        except (RecordUnavailable, TryLater) as error:
            log.error("delivery not written", channel=self._channel, reason=str(error))
            MESSAGES.labels(self._channel, "unwritten").inc()
            refusal = _refusal(web.HTTPServiceUnavailable, "try again in a moment")
            refusal.headers["Retry-After"] = str(RETRY_AFTER_S)
            raise refusal from error
        except web.HTTPException as error:
            self._note("refused", error.text or error.reason)
            raise
        except Exception as error:  # the edge: our own mistake; the platform repeats the delivery, and reads no trace
            log.exception("delivery failed", channel=self._channel, reason=type(error).__name__)
            MESSAGES.labels(self._channel, "failed").inc()
            raise _refusal(web.HTTPInternalServerError, "our mistake") from error

    async def _read(self, request: web.Request) -> bytes:
        """Return the whole body; whoever sends too much or too slowly is cut off before it fills our memory or time."""
        if (request.content_length or 0) > self._most_bytes:
            raise _too_large(self._most_bytes)
        body = bytearray()
        try:
            async with asyncio.timeout(self._within_s):
                async for chunk in request.content.iter_any():
                    body += chunk
                    if len(body) > self._most_bytes:
                        raise _too_large(self._most_bytes)
        except TimeoutError as error:
            raise _refusal(web.HTTPRequestTimeout, "the body took too long") from error
        except (web.RequestPayloadError, ConnectionError) as error:
            raise _refusal(web.HTTPBadRequest, "the body broke off") from error
        return bytes(body)

    def _note(self, outcome: str, reason: str) -> None:
        """Count a refusal, and log each reason once: whoever repeats it a million times fills no disk."""
        MESSAGES.labels(self._channel, outcome).inc()
        if reason not in self._told:
            self._told.add(reason)
            log.warning("delivery refused", channel=self._channel, outcome=outcome, reason=reason)


def _too_large(most_bytes: int) -> web.HTTPRequestEntityTooLarge:
    return web.HTTPRequestEntityTooLarge(most_bytes, text=_said("the body is too large"), content_type=JSON)


def _refusal(kind: type[web.HTTPError], reason: str) -> web.HTTPError:
    return kind(text=_said(reason), content_type=JSON)


def _said(reason: str) -> str:
    return json.dumps({"error": reason})
