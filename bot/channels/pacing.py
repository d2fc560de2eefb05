"""Keep within a platform's limits, so that it never has to refuse us for being too fast."""

import asyncio
import time
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from typing import Final

from bot.errors import TryLater

SECOND: Final = 1.01
"""A second by a platform's clock, which need not tick like ours."""

MINUTE: Final = 60.5
CATCH_UP_S: Final = 0.15
"""So much time lost because we woke late may be made up for."""

LEAD_S: Final = 0.05
"""So long before its start a message gets leave: it has to be marked in the record first."""

LEAVE_LASTS_S: Final = 2.0


class Plan:
    """Know when the next message may start; pure, so that a test can play a day in a moment.

    Every limit is a sliding window. A message stands in it at its start, and once the platform has answered, at the time of
    the answer: it arrived no later than that. So the platform never counts more in a second than we do, however unevenly
    messages travel. Leave is given evenly, and for no more messages than there will be room for.
    """

    def __init__(self, per_second: int, per_chat_s: float, per_group_minute: int) -> None:
        self._per_second = per_second
        self._in_all: list[float] = []  # rising
        self._leaves: dict[str, float] = {}
        self._even_at = 0.0
        self._per_group = max(
            1, per_group_minute - 1
        )  # a group's true limit is softer and stricter than it is said to be
        self._per_chat_s = per_chat_s
        self._chats: dict[str, float] = {}
        self._groups: dict[str, deque[float]] = {}

    def chat_due_at(self, chat: str, is_group: bool) -> float:
        """Return the moment from which this chat may get another message."""
        due_at = self._chats.get(chat, -self._per_chat_s) + self._per_chat_s
        starts = self._groups.get(chat)
        if is_group and starts is not None and len(starts) == self._per_group:
            due_at = max(due_at, starts[0] + MINUTE)
        return due_at

    def leave_due_at(self, now: float) -> float:
        """Return the moment from which any chat may be given leave to send; leave that is not used lapses."""
        self._leaves = {chat: given for chat, given in self._leaves.items() if given + LEAVE_LASTS_S > now}
        too_many = len(self._in_all) + len(self._leaves) - self._per_second
        if too_many < 0:
            return self._even_at
        if too_many >= len(self._in_all):
            return min(self._leaves.values()) + LEAVE_LASTS_S
        return max(self._even_at, self._in_all[too_many] + SECOND - LEAD_S)

    def give_leave(self, chat: str, is_group: bool, now: float) -> None:
        """Count a message that will start soon."""
        self._leaves[chat] = now
        self._even_at = max(self._even_at, now - CATCH_UP_S) + SECOND / self._per_second
        self._remember(chat, is_group, now)

    def start(self, chat: str, is_group: bool, now: float) -> float:
        """Use a leave: return the moment at which the message may start, which is now or very soon."""
        self._leaves.pop(chat, None)
        at = now
        if len(self._in_all) == self._per_second:
            at = max(now, self._in_all.pop(0) + SECOND)
        self._correct(chat, is_group, at)
        return at

    def arrive(self, chat: str, is_group: bool, now: float) -> None:
        """Count the message that was on its way to this chat as being there only now."""
        started_at = self._chats.get(chat)
        if started_at in self._in_all:
            self._in_all.remove(started_at)
        self._correct(chat, is_group, now)
        del self._in_all[: -self._per_second]

    @property
    def remembered(self) -> int:
        """Return how many chats are kept in mind."""
        return len(self._chats) + len(self._groups) + len(self._leaves)

    def _correct(self, chat: str, is_group: bool, now: float) -> None:
        """Count the last message to a chat at another time than before."""
        starts = self._groups.get(chat)
        if is_group and starts and starts[-1] == self._chats.get(chat):
            starts.pop()
        insort(self._in_all, now)
        self._remember(chat, is_group, now)

    def _remember(self, chat: str, is_group: bool, now: float) -> None:
        """Keep a message in its chat's windows, and forget the chats for which nothing has to wait any more."""
        self._chats.pop(chat, None)
        self._chats[chat] = now
        while self._chats[oldest := next(iter(self._chats))] + self._per_chat_s < now:
            del self._chats[oldest]
        if is_group:
            starts = self._groups.pop(chat, None) or deque(maxlen=self._per_group)
            starts.append(now)
            self._groups[chat] = starts
        while self._groups and self._groups[oldest := next(iter(self._groups))][-1] + MINUTE < now:
            del self._groups[oldest]


class Pacer:
    """Let the messages of one bot start one after another, first come first served."""

    def __init__(
        self, per_second: int, per_chat_s: float, per_group_minute: int, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._plan = Plan(per_second, per_chat_s, per_group_minute)
        self._clock = clock
        self._line = asyncio.Lock()

    async def ready_for(self, chat: str, is_group: bool = False) -> None:
        """Wait until the bot as a whole may send once more, and count the message.

        Raises TryLater when it is this chat that has to wait: whoever asks should step aside and let others pass.
        """
        self._check(chat, is_group)
        async with self._line:
            await self._until(lambda: self._plan.leave_due_at(self._clock()))
            self._check(chat, is_group)
            self._plan.give_leave(chat, is_group, self._clock())

    def begin(self, chat: str, is_group: bool = False) -> AbstractAsyncContextManager[None]:
        """Use the leave: write ``async with pacer.begin(…):`` around the call that sends.

        It begins when the platform is sure to have room, at most some hundredths of a second from now, and says at the end
        that the message has arrived.
        """
        start_at = self._plan.start(chat, is_group, self._clock())
        return self._under_way(chat, is_group, start_at)

    @asynccontextmanager
    async def _under_way(self, chat: str, is_group: bool, start_at: float) -> AsyncIterator[None]:
        try:
            await self._until(lambda: start_at)
            yield
        finally:
            self._plan.arrive(chat, is_group, self._clock())

    async def _until(self, moment: Callable[[], float]) -> None:
        while (wait_s := moment() - self._clock()) > 0:  # noqa: ASYNC110 it is time we wait for, no event
            await asyncio.sleep(wait_s)

    def _check(self, chat: str, is_group: bool) -> None:
        wait_s = self._plan.chat_due_at(chat, is_group) - self._clock()
        if wait_s > 0:
            raise TryLater("this chat has just had a message", timedelta(seconds=wait_s))
