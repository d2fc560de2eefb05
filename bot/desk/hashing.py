"""Hash passwords two at a time and no more: the rest wait in a short line, and those beyond it are asked to return."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from aiohttp import web

from bot.errors import Refused
from bot.services import users

AT_ONCE: Final = 2
LONGEST_LINE: Final = 40
P = ParamSpec("P")
R = TypeVar("R")


class TooBusy(Refused):
    """Ask somebody to come back: too many people sign in at this moment."""


class Hashing:
    """Run slow password work beside the event loop and outside every transaction."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, "hash")
        self._in_line = 0

    async def prepare(self) -> None:
        """Make the decoy now, so that the first unknown user takes no longer than the next."""
        await self.run(users.decoy_hash)

    async def run(self, work: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what the work returns; raises TooBusy when the line is full."""
        if self._in_line >= LONGEST_LINE:
            raise TooBusy("too many people sign in at once")
        self._in_line += 1
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._threads, lambda: work(*args, **kwargs))
        finally:
            self._in_line -= 1

    def close(self) -> None:
        """Let go of the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)


HASHING = web.AppKey("hashing", Hashing)
