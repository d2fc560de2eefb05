"""Learn how customers call themselves: messages do not tell it.

https://developer.work.weixin.qq.com/document/path/95159
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from time import monotonic
from typing import Final, Protocol

import structlog

from bot.errors import BotError

MOST_REMEMBERED: Final = 20_000
AT_ONCE: Final = 100
WITHIN_S: Final = 3.0
REST_S: Final = 60.0
log = structlog.get_logger(__name__)


class Directory(Protocol):
    """Be the part of the API that is needed here."""

    async def names(self, external_ids: Sequence[str]) -> dict[str, str]:
        """Return the names of those that are known."""


class Names:
    """Ask once for each customer, and remember; where WeCom does not tell, messages are taken without names."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self._known: OrderedDict[str, str] = OrderedDict()
        self._rests_until = 0.0

    async def of(self, external_ids: Iterable[str]) -> dict[str, str]:
        """Return the names of those who wrote, as far as they can be had; never fails."""
        wanted = list(dict.fromkeys(external_ids))
        strangers = [one for one in wanted if one not in self._known]
        for start in range(0, len(strangers), AT_ONCE):
            await self._learn(strangers[start : start + AT_ONCE])
        return {one: name for one in wanted if (name := self._known.get(one))}

    async def _learn(self, strangers: list[str]) -> None:
        if monotonic() < self._rests_until:
            return
        try:
            async with asyncio.timeout(WITHIN_S):
                found = await self._directory.names(strangers)
        except (BotError, TimeoutError) as error:
            log.warning("names not learnt", reason=str(error) or "no answer in time")
            self._rests_until = monotonic() + REST_S
            return
        self._known |= {one: found.get(one, "") for one in strangers}
        while len(self._known) > MOST_REMEMBERED:
            self._known.popitem(last=False)
