"""Have one access token for all our processes: kept in the database, fetched by one of them at a time.

A token that the platform refuses is fetched anew. Where the same one comes back, a new one is forced, which may be done
only a few times a day and takes the old one out of everybody's hands.
https://developers.weixin.qq.com/doc/service/api/base/api_getstableaccesstoken
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.errors import ChannelError, RecordUnavailable, TryLater
from bot.services import platform_tokens
from bot.services.platform_tokens import Good, ToFetch
from bot.store.unit_of_work import Database

WAIT_S: Final = 25.0
"""How long to wait for another process that is fetching; a lease ends before."""
LOOK_AGAIN_S: Final = 0.1
TROUBLE_PAUSE: Final = timedelta(minutes=1)
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Fetched:
    """Be a token as the platform gave it, and how long it lives from now on."""

    token: str = field(repr=False)
    life: timedelta


Fetch = Callable[[bool], Awaitable[Fetched]]
"""Ask the platform for a token; True forces a new one. Raises ChannelError."""


class AccessToken:
    """Be the token of one account; asking for it costs nothing while the one in memory is good."""

    def __init__(self, database: Database, clock: Clock, channel: str, account: str, fetch: Fetch) -> None:
        self._database, self._clock = database, clock
        self._channel, self._account, self._fetch = channel, account, fetch
        self._good: Good | None = None
        self._alone = asyncio.Lock()
        self._trouble: TryLater | None = None

    async def get(self) -> str:
        """Return a token; raises TryLater when none can be had: nothing has been sent, and somebody can mend it."""
        if (good := self._in_memory()) is None:
            trouble_before = self._trouble
            async with self._alone:
                if self._trouble is not None and self._trouble is not trouble_before:  # while we stood in line
                    raise TryLater(str(self._trouble), self._trouble.after)
                good = self._in_memory() or await self._shared_or_later()
                self._good = good
        return good.token

    async def refused(self, token: str) -> None:
        """Note that the platform did not take this token: the next ``get`` brings another. Raises TryLater."""
        if self._good is not None and self._good.token == token:
            self._good = None
        try:
            await self._database.write(platform_tokens.refuse, self._channel, self._account, token)
        except RecordUnavailable:
            raise TryLater("the record does not answer") from None

    def _in_memory(self) -> Good | None:
        return self._good if self._good is not None and self._clock() < self._good.until else None

    async def _shared_or_later(self) -> Good:
        """Return what ``_shared`` returns; say loudly, but once, that there is no token: everything waits for it."""
        try:
            async with asyncio.timeout(WAIT_S):
                good = await self._shared()
        except (ChannelError, RecordUnavailable, TimeoutError) as error:
            reason = str(error) or "nobody brought an access token in time"
            if self._trouble is None:
                log.error("no access token: nothing can be sent", channel=self._channel, reason=reason)
            self._trouble = TryLater(reason, error.after if isinstance(error, TryLater) else TROUBLE_PAUSE)
            raise self._trouble from None
        self._trouble = None
        return good

    async def _shared(self) -> Good:
        """Return what the database has, fetch it when it is our turn, wait when it is another's."""
        who = self._channel, self._account
        while (good := await self._database.read(platform_tokens.look, *who, self._clock())) is None:
            turn = await self._database.write(platform_tokens.obtain, *who, self._clock())
            if isinstance(turn, Good):
                return turn
            if isinstance(turn, ToFetch) and (fetched := await self._fetched(turn)) is not None:
                return fetched
            await asyncio.sleep(LOOK_AGAIN_S)
        return good

    async def _fetched(self, turn: ToFetch) -> Good | None:
        """Fetch and keep a token; None when our turn had passed by then."""
        try:
            found, forced = await self._fetch(False), False
            if found.token == turn.refused:
                if not turn.may_force:
                    raise TryLater("the platform refuses its own access token", TROUBLE_PAUSE)
                found, forced = await self._fetch(True), True
        except BaseException:
            await self._database.write(platform_tokens.give_up, self._channel, self._account, turn.version)
            raise
        return await self._database.write(
            platform_tokens.keep, self._channel, self._account, turn.version, found.token, found.life, self._clock(),
            forced=forced,
        )  # fmt: skip
