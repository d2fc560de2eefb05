"""Pull the messages of one account, page by page; the place behind a page is kept together with what was on it.

A callback only wakes the puller. Whoever was down, or whose callback was lost, finds everything at the next pull: WeCom keeps
messages for three days. https://developer.work.weixin.qq.com/document/path/94670
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final, Protocol

import structlog

from bot.channels.wecom import payload
from bot.channels.wecom.api import Page
from bot.channels.wecom.names import Names
from bot.channels.wecom.payload import CHANNEL
from bot.clock import Clock
from bot.domain.allowance import Grant
from bot.domain.arrivals import Arrival
from bot.edge.metrics import FORGED, IGNORED, MESSAGES
from bot.errors import BotError
from bot.failpoints import failpoint
from bot.services import arrivals as taking
from bot.services import pulling
from bot.services.arrivals import Counted, Outcome, PutAside, Repeated
from bot.services.messaging import Duplicate, Received
from bot.services.pulling import Outrun
from bot.store.unit_of_work import Database

FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 60.0
CAREFUL_AFTER: Final = 3
"""So many failures that are our own mistake let us look for the message that brings them about."""
log = structlog.get_logger(__name__)

Pause = Callable[[float], Awaitable[None]]
Before = Callable[[str, Sequence[str]], Awaitable[None]]
"""Look at the sessions of those who wrote to an account, before what they wrote is taken."""
Follow = Callable[[Arrival, Outcome], None]
"""Hear what became of each delivery, after it is in the record."""


class Messages(Protocol):
    """Be the part of the API that is needed here."""

    async def messages(self, account: str, cursor: str, callback_token: str | None) -> Page:
        """Return the messages behind a cursor."""


class Puller:
    """Read one account, alone; nothing that is asked for twice is taken twice."""

    def __init__(
        self, account: str, api: Messages, database: Database, clock: Clock, names: Names, *,
        grant: Grant, poll_s: float, before: Before, follow: Follow, on_state: Callable[[bool], None], pause: Pause = asyncio.sleep,
    ) -> None:  # fmt: skip
        self._account, self._api, self._database, self._clock, self._names = account, api, database, clock, names
        self._grant, self._poll_s, self._pause = grant, poll_s, pause
        self._before, self._follow, self._on_state = before, follow, on_state
        self._awake = asyncio.Event()
        self._is_careful = False
        self._token: str | None = None

    def wake(self, callback_token: str | None) -> None:
        """Pull as soon as may be; the token of the callback lets us do so more often."""
        self._token = callback_token or self._token
        self._awake.set()

    async def run(self) -> None:
        """Pull until cancelled: all that is there, then again when a callback or the clock says so."""
        failures = 0
        while True:
            self._awake.clear()
            try:
                while await self.pull():
                    failures = 0
            except BotError as error:
                failures += 1
                log.warning("messages not pulled", reason=str(error))
            except Exception as error:  # the edge: one account's trouble must not silence the others
                failures += 1
                self._is_careful = failures >= CAREFUL_AFTER
                log.exception("messages not pulled", reason=type(error).__name__)
            else:
                failures = 0
                self._on_state(True)
                await self._rest()
                continue
            self._on_state(False)
            self._token = None
            await self._pause(_pause_s(failures))

    async def pull(self) -> bool:
        """Pull one page and write it down with its place; return whether there is more.

        Raises ChannelError or RecordUnavailable: then nothing of the page is written, and it will be pulled again.
        """
        cursor = await self._database.read(pulling.place, CHANNEL, self._account)
        page = await self._api.messages(self._account, cursor, self._token)
        if not page.messages and page.cursor == cursor:
            return False
        arrivals = await self._read(page.messages)
        if self._is_careful:
            await self._take_alone(page.messages, arrivals)
        failpoint("front.before_page")
        taken = await self._database.write(
            pulling.take_page, CHANNEL, self._account, cursor, arrivals, page.cursor, self._clock()
        )
        failpoint("front.after_page")
        self._is_careful = False
        if isinstance(taken, Outrun):
            return True
        for arrival, outcome in zip(arrivals, taken.outcomes, strict=True):
            _count(outcome)
            self._follow(arrival, outcome)
        return page.has_more

    async def _read(self, messages: Sequence[dict[str, Any]]) -> list[Arrival]:
        writers = list(dict.fromkeys(one for raw in messages if (one := payload.writer(raw))))
        await self._before(self._account, writers)
        names = await self._names.of(writers)
        read = (payload.parse(raw, self._account, names, self._grant) for raw in messages)
        return [_still_opening(arrival, self._clock()) for arrival in read]

    async def _take_alone(self, messages: Sequence[dict[str, Any]], arrivals: Sequence[Arrival]) -> None:
        """Take the messages of a page one by one before the page; what fails even alone is put aside, for a developer."""
        for raw, arrival in zip(messages, arrivals, strict=True):
            try:
                await self._database.write(taking.take, arrival, self._clock())
            except BotError:
                raise
            except Exception as error:  # the edge: one message must not keep all those behind it from being read
                log.exception("message put aside", reason=type(error).__name__)
                aside = replace(arrival, content=payload.unreadable(raw, type(error).__name__), opens=None)
                await self._database.write(taking.take, aside, self._clock())

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(self._poll_s):
                await self._awake.wait()
        except TimeoutError:
            return


def _still_opening(arrival: Arrival, now: datetime) -> Arrival:
    """Return a delivery without its window if that had closed before we read of it: WeCom keeps messages longer than that."""
    opening = arrival.opens
    return replace(arrival, opens=None) if opening is not None and now - opening.at >= opening.grant.lasts else arrival


def _count(outcome: Outcome) -> None:
    if isinstance(outcome, Counted):
        IGNORED.labels(CHANNEL, outcome.kind).inc()
        return
    if isinstance(outcome, Repeated) and not outcome.same:
        FORGED.labels(CHANNEL).inc()
    words = {Received: "accepted", Repeated: "duplicate", Duplicate: "duplicate", PutAside: "put aside"}
    MESSAGES.labels(CHANNEL, words.get(type(outcome), "event")).inc()


def _pause_s(failures: int) -> float:
    """Return a pause that doubles with every failure, with jitter so that many clients do not come back together."""
    longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(failures - 1, 10))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret
