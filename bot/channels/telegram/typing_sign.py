"""Show that an answer is being written, only when it takes a while; Telegram forgets the sign after five seconds.

https://core.telegram.org/bots/api#sendchataction
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from typing import Final

from bot.domain.ids import IdentityId
from bot.domain.messages import Address

AFTER_S: Final = 0.7
EVERY_S: Final = 4.5
LONGEST_S: Final = 120.0
Show = Callable[[str], Awaitable[None]]


class TypingSign:
    """Keep the sign up for everybody whose turn lasts; ``begin`` and ``end`` return at once."""

    def __init__(self, show: Show, *, after_s: float = AFTER_S, every_s: float = EVERY_S) -> None:
        self._show, self._after_s, self._every_s = show, after_s, every_s
        self._shown: dict[IdentityId, asyncio.Task[None]] = {}

    def begin(self, to: Address) -> None:
        """Show the sign soon, unless the turn ends before."""
        self.end(to)
        self._shown[to.identity_id] = asyncio.create_task(self._keep_up(to.external_id))

    def end(self, to: Address) -> None:
        """Show it no more."""
        task = self._shown.pop(to.identity_id, None)
        if task is not None:
            task.cancel()

    async def close(self) -> None:
        """Take every sign down."""
        tasks = list(self._shown.values())
        self._shown.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _keep_up(self, external_id: str) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_S):
                await asyncio.sleep(self._after_s)
                while True:
                    with contextlib.suppress(Exception):  # the edge: a sign that cannot be shown is no trouble
                        await self._show(external_id)
                    await asyncio.sleep(self._every_s)
