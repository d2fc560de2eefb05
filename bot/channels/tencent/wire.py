"""Write one request and read one answer, knowing afterwards whether the request can have been read.

The token is part of every address: no address and no error of the library's is ever kept or logged.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

from bot.channels.tencent.refusals import Unanswered
from bot.errors import Undeliverable

MOST_ANSWER_BYTES: Final = 8 * 1024 * 1024
IDLE_S: Final = 5.0
"""A connection that rested longer may be dying at the other end; a new one leaves less in doubt."""


@dataclass(frozen=True)
class Patience:
    """Say how many seconds to wait for what, and between tries."""

    connect: float = 5.0
    answer: float = 10.0
    file: float = 60.0
    pauses: tuple[float, ...] = (0.3, 1.2)


@dataclass(frozen=True)
class Call:
    """Be one call; ``body`` is built anew for every try. ``is_repeatable``: to make it twice does no harm."""

    method: str
    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    body: Callable[[], Any] = lambda: None
    headers: Mapping[str, str] = field(default_factory=dict)
    within_s: float = 10.0
    most_bytes: int = MOST_ANSWER_BYTES
    is_repeatable: bool = True
    shows_token: bool = True


@dataclass(frozen=True)
class Answer:
    """Be what came back."""

    status: int
    content_type: str
    body: bytes = field(repr=False)


class Passing(Exception):
    """Say that a call had no effect, or none that a repetition could double."""


class Wire:
    """Hold the connections to one API; nothing is opened before the first call."""

    def __init__(self, base: str, connect_s: float) -> None:
        self._base, self._connect_s = base, connect_s
        self._session: aiohttp.ClientSession | None = None

    async def exchange(self, call: Call, token: str | None) -> Answer:
        """Return the answer; raises Passing when the request was never written, Unanswered when it may have been."""
        params = dict(call.params) | ({"access_token": token} if token is not None else {})
        try:
            async with asyncio.timeout(call.within_s), self._opened().request(
                call.method, self._base + call.path, params=params, data=call.body(), headers=call.headers,
                allow_redirects=False,
            ) as answer:  # fmt: skip
                return Answer(answer.status, answer.content_type, await _read(answer, call.most_bytes))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise Passing("the platform was not reached") from None
        except (aiohttp.ClientError, OSError) as error:  # a time-out is one of the latter
            raise Unanswered(type(error).__name__) from None

    async def close(self) -> None:
        """Let go of every connection."""
        if self._session is not None:
            await self._session.close()

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=None, connect=self._connect_s),
                connector=aiohttp.TCPConnector(keepalive_timeout=IDLE_S), cookie_jar=aiohttp.DummyCookieJar(),
            )  # fmt: skip
        return self._session


async def _read(answer: aiohttp.ClientResponse, most_bytes: int) -> bytes:
    content = bytearray()
    async for chunk in answer.content.iter_any():
        content += chunk
        if len(content) > most_bytes:
            raise Undeliverable("the platform gives more than we take")
    return bytes(content)
