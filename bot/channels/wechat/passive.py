"""Hold pushes while their answers are made: each takes one reply, within seconds, and comes again if it broke off.

Nothing of this is truth: should the process die, every push comes again, and the record says what was given to it. A house that
is slow must not keep WeChat waiting: as soon as some pushes wait longer than an answer takes, all are receipted at once, and only
now and then is one held for a moment to see whether that is over.
"""

import asyncio
import contextlib
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.domain.ids import IdentityId
from bot.domain.pushes import LAST_ATTEMPT, attempt_of, sure_at
from bot.domain.reply_plan import Slot
from bot.errors import NotTaken

MARKING: Final = timedelta(seconds=0.3)
"""So long before its time is up a push must have its reply: the record is written before."""

CROWD: Final = 4
"""More pushes than these, waiting at the same time and for more than a moment, mean that the house is slow, not thinking."""

LARGEST_CROWD: Final = 64
"""The same where there is no other way to the customer."""

SOON_S: Final = 0.6
"""A moment: what an answer takes as a rule, with room to spare."""

PROBE_EVERY: Final = timedelta(seconds=5)
"""How often a slow house holds a push, to see whether it is still slow."""

REMEMBERED: Final = 10_000


@dataclass(eq=False)
class Held:
    """Be a push that waits; ``reply`` is what is said to it in the end, None for a mere receipt."""

    identity_id: IdentityId
    slot: Slot
    received_at: datetime
    patience_s: float
    reply: asyncio.Future[str | None] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    taken: asyncio.Future[bool] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """False as soon as it is known that the reply did not arrive."""


class Slots:
    """Know which pushes wait, and which were given a reply that may yet turn out not to have been taken."""

    def __init__(self, clock: Clock, budget_s: float, *, needs_replies: bool = False) -> None:
        """``needs_replies``: there is no other way to the customer, so that a push is worth waiting with, slow or not."""
        self._clock, self._budget_s, self._needs_replies = clock, budget_s, needs_replies
        self._held: dict[IdentityId, list[Held]] = {}
        self._given: dict[tuple[IdentityId, str], Held] = {}
        self._attempts: OrderedDict[tuple[IdentityId, str], int] = OrderedDict()
        self._crowd = LARGEST_CROWD if needs_replies else CROWD
        self._waiting = 0
        self.is_slow = False
        self._probe_at = clock()
        """Whether answers take longer than pushes wait; the first reply in time ends it."""
        self._is_closed = False

    def of(self, identity_id: IdentityId) -> tuple[Slot, ...]:
        """Return the pushes of an identity that a reply can be given to."""
        return tuple(held.slot for held in self._held.get(identity_id, ()))

    def open(self, identity_id: IdentityId, key: str, written_at: datetime, pushed_at: datetime) -> Held | None:
        """Hold a push; None for one that is better receipted at once: the last of its kind, or none has time for it.

        What an earlier delivery of the same push waits for, or was given, was not taken.
        """
        name = (identity_id, key)
        self._attempts[name] = attempt = attempt_of(written_at, pushed_at, self._attempts.pop(name, 0))
        if len(self._attempts) > REMEMBERED:
            self._attempts.popitem(last=False)
        self._break_off(identity_id, key)
        patience_s = self._patience_s()
        if attempt >= LAST_ATTEMPT or patience_s <= 0 or self._is_closed:
            return None
        now, patience = self._clock(), timedelta(seconds=patience_s)
        slot = Slot(key, now + patience - min(MARKING, patience / 2))
        held = Held(identity_id, slot, now, patience_s)
        self._held.setdefault(identity_id, []).append(held)
        self._waiting += 1
        return held

    async def wait(self, held: Held) -> str | None:
        """Wait for the reply to a push, as long as there is time; None when there is none."""
        try:
            while not held.reply.done() and (left_s := self._left_s(held)) > 0:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(min(left_s, SOON_S)):
                        await asyncio.shield(held.reply)
                self.is_slow |= self._waiting > self._crowd
                if self.is_slow and (not self._needs_replies or self._waiting > self._crowd):
                    break
        finally:
            self.release(held)
        return held.reply.result()

    def release(self, held: Held) -> None:
        """Hold a push no longer; if nothing was given to it, it is receipted."""
        line = self._held.get(held.identity_id, [])
        if held in line:
            line.remove(held)
            self._waiting -= 1
        if not line:
            self._held.pop(held.identity_id, None)
        if not held.reply.done():
            held.reply.set_result(None)

    def lost(self, held: Held) -> None:
        """Say that the connection was seen to break before the reply was out."""
        if not held.taken.done():
            held.taken.set_result(False)

    async def give(self, identity_id: IdentityId, key: str, text: str) -> None:
        """Reply to a push, and return when nothing shows any more that the reply was not taken.

        Raises NotTaken when the push does not wait any longer, its connection breaks, or it comes again.
        """
        held = self._find(identity_id, key)
        if held is None or held.reply.done():
            raise NotTaken("the push did not wait")
        self.is_slow = False
        held.reply.set_result(text)
        self.release(held)
        self._given[(identity_id, key)] = held
        sure_in = sure_at(held.received_at, now := self._clock()) - now
        try:
            async with asyncio.timeout(sure_in.total_seconds()):
                if not await asyncio.shield(held.taken):
                    raise NotTaken("the reply was not taken")
        except TimeoutError:
            return
        finally:
            del self._given[(identity_id, key)]

    def decline(self, identity_id: IdentityId, key: str) -> None:
        """Give no words to a push: it is to be answered otherwise, at once."""
        held = self._find(identity_id, key)
        if held is not None:
            self.release(held)

    def close(self) -> None:
        """Receipt everything that waits, hold nothing more, and believe that what was given has arrived."""
        self._is_closed = True
        for held in [held for line in self._held.values() for held in line]:
            self.release(held)
        for held in self._given.values():
            if not held.taken.done():
                held.taken.set_result(True)

    def _find(self, identity_id: IdentityId, key: str) -> Held | None:
        return next((held for held in self._held.get(identity_id, ()) if held.slot.key == key), None)

    def _left_s(self, held: Held) -> float:
        return held.patience_s - (self._clock() - held.received_at).total_seconds()

    def _patience_s(self) -> float:
        if self._needs_replies:
            return self._budget_s if self._waiting <= self._crowd else 0.0
        if not self.is_slow:
            return self._budget_s
        if self._waiting > 0 or (now := self._clock()) < self._probe_at:
            return 0.0
        self._probe_at = now + PROBE_EVERY
        return min(SOON_S, self._budget_s)

    def _break_off(self, identity_id: IdentityId, key: str) -> None:
        for held in self._held.get(identity_id, [])[:]:
            if held.slot.key == key:
                self.release(held)
        given = self._given.get((identity_id, key))
        if given is not None:
            self.lost(given)
