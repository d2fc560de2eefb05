"""Work on many keys at once, but on each key one step at a time."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final, Generic, TypeVar

import structlog

K = TypeVar("K", bound=str)
Step = Callable[[K], Awaitable[float | None]]
"""Do one step for a key; return None when nothing is left, else the seconds after which to look again (0: now)."""

AFTER_ERROR_S: Final = 1.0
log = structlog.get_logger(__name__)


def pause_until(due_at: datetime, now: datetime) -> float:
    """Return the seconds until a moment, for a step that must not be done before; 0 when it has come."""
    return max(0.0, (due_at - now).total_seconds())


class Lanes(Generic[K]):
    """Run ``step`` for every key that was woken, never twice at once for the same key.

    A wake-up is only a hint: it ends a pause early and is never lost, because a lane looks again when it was woken
    while it worked.
    """

    def __init__(self, name: str, step: Step[K]) -> None:
        self._name = name
        self._step = step
        self._lanes: dict[K, asyncio.Task[None]] = {}
        self._woken: dict[K, asyncio.Event] = {}
        self._stopping = False

    def wake(self, key: K) -> None:
        """Look at a key as soon as may be."""
        if self._stopping:
            return
        if key in self._woken:
            self._woken[key].set()
            return
        self._woken[key] = asyncio.Event()
        self._lanes[key] = asyncio.create_task(self._run(key), name=f"{self._name}:{key}")

    def wake_all(self) -> None:
        """End every pause."""
        for woken in self._woken.values():
            woken.set()

    async def stop(self, within_s: float) -> None:
        """Start no further step, and wait so long for those under way before they are cancelled."""
        self._stopping = True
        self.wake_all()
        if not self._lanes:
            return
        _, late = await asyncio.wait(self._lanes.values(), timeout=within_s)
        for lane in late:
            lane.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _run(self, key: K) -> None:
        woken = self._woken[key]
        try:
            while not self._stopping:
                woken.clear()
                pause = await self._one_step(key)
                if pause is None and not woken.is_set():
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(pause or 0):
                        await woken.wait()
        finally:
            del self._lanes[key], self._woken[key]

    async def _one_step(self, key: K) -> float | None:
        try:
            return await self._step(key)
        except Exception as error:  # the edge of the lane: one conversation's trouble must not become everybody's
            log.exception("step failed", lane=self._name, key=key, reason=type(error).__name__)
            return AFTER_ERROR_S
