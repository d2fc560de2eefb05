"""Guess from the ids of updates whether an earlier delivery may still be under way. Pure: times are given.

A webhook is called over up to a hundred connections, so updates overtake each other; their ids rise one by one. A missing id is
waited for as long as updates still come in that are as late as it is by now, and never for ever: it may be lost, or may never have
been meant for us. Servers of another make leave gaps all the time: the more of them stay open, the shorter the next one is waited
for. And a message waits only for gaps that were there when it came: in a steady stream of gaps, everybody's turn comes.
"""

from collections.abc import Iterable
from typing import Final

from bot.channels.telegram.lateness import Lateness

FIRST_S: Final = 1.0
"""How long to wait after the first update of all: who knows what came before it."""
QUIET_S: Final = 4.0
LEAST_QUIET_S: Final = 0.1
"""How long a gap is waited for at first, and where many before it were never filled; one that is filled counts for all."""
LONGEST_S: Final = 300.0
TAKING_S: Final = 0.05
"""When to look again for an update that has arrived and is being written down."""
FAR: Final = 10_000
"""An id so far from all others begins a new count: Telegram starts anew at random after a week of silence."""


class Overtaking:
    """Follow the ids of updates: ``arrived`` before one is written down, ``taken`` after it was, ``lost`` if it was not.

    At most FAR ids are remembered as missing.
    """

    def __init__(self) -> None:
        self._lowest = self._highest = 0
        self._began_at: float | None = None
        self._settled_at = 0.0
        self._quiet_s = QUIET_S
        self._missing: dict[int, float] = {}
        """Missing id → when it was first missed, in the order of that time."""
        self._in_hand: dict[int, float] = {}
        """Id that is being written down → when it arrived."""
        self._lateness = Lateness(LONGEST_S)

    def recall(self, ids: Iterable[int], now: float) -> None:
        """Begin with what an earlier life has taken: what is missing between them may yet be under way."""
        known = set(ids)
        if not known:
            return
        self._begin_with(max(known), now)
        self._lowest = max(min(known), self._highest - FAR)
        self._miss((one for one in range(self._lowest, self._highest) if one not in known), now)

    def arrived(self, update_id: int, now: float) -> None:
        """Note a delivery, and which ids it has overtaken."""
        self._give_up(now)
        if self._began_at is None or not self._lowest - FAR <= update_id <= self._highest + FAR:
            self._begin_with(update_id, now)
        elif update_id > self._highest:
            self._miss(range(self._highest + 1, update_id), now)
            self._highest = update_id
            self._lateness.reached(update_id, now)
        elif update_id < self._lowest:
            self._lateness.came(update_id, now)
            self._miss(range(update_id + 1, self._lowest), self._lateness.due_at(update_id))
            self._lowest = update_id
        else:
            self._lateness.came(update_id, now)
            if self._missing.pop(update_id, None) is None:
                return  # a repetition, or given up long ago
            self._quiet_s = QUIET_S
        self._in_hand[update_id] = now

    def taken(self, update_id: int) -> None:
        """Note that a delivery is in the record."""
        self._in_hand.pop(update_id, None)
        self._missing.pop(update_id, None)

    def lost(self, update_id: int, now: float) -> None:
        """Note that a delivery could not be written down: it is missing since it came, and the platform will repeat it."""
        since = self._in_hand.pop(update_id, now)
        if self._lowest <= update_id <= self._highest:
            self._miss(range(update_id, update_id + 1), since)
            self._lateness.came(update_id, now)
            self._quiet_s = QUIET_S

    def settling(self, now: float, age_s: float = 0.0) -> float:
        """Return when to look again whether something earlier than a message of that age may come; 0: nothing may."""
        self._give_up(now)
        if self._began_at is None:
            return 0.0
        came_at, waits = max(now - age_s, self._began_at), [self._settled_at - now, 0.0]
        if self._missing and (oldest := next(iter(self._missing.values()))) <= came_at:
            waits.append(self._deadline(oldest) - now)
        if any(update_id < self._highest and since <= came_at for update_id, since in self._in_hand.items()):
            waits.append(TAKING_S)
        return max(waits)

    def _begin_with(self, update_id: int, now: float) -> None:
        if self._began_at is not None and self._lowest == self._highest:
            self._expect_less()  # the last beginning was one, too: these ids are not counted
        self._lowest = self._highest = update_id
        self._began_at, self._settled_at = now, now + min(FIRST_S, self._quiet_s)
        self._lateness.begin(update_id, now)
        self._missing.clear()

    def _miss(self, ids: Iterable[int], since: float) -> None:
        is_latest = not self._missing or since >= next(reversed(self._missing.values()))
        for update_id in ids:
            if update_id not in self._in_hand:
                self._missing.setdefault(update_id, since)
        if not is_latest:
            self._missing = dict(sorted(self._missing.items(), key=lambda missing: missing[1]))
        while len(self._missing) > FAR:
            del self._missing[next(iter(self._missing))]

    def _give_up(self, now: float) -> None:
        """Forget what has been missing for too long; it is never waited for again."""
        given_up = False
        while self._missing:
            update_id, since = next(iter(self._missing.items()))
            if self._deadline(since) > now:
                break
            del self._missing[update_id]
            given_up = True
        if given_up:
            self._expect_less()

    def _expect_less(self) -> None:
        self._quiet_s = max(LEAST_QUIET_S, self._quiet_s / 2)

    def _deadline(self, since: float) -> float:
        return min(since + LONGEST_S, max(since, self._lateness.last_as_late_as(since)) + self._quiet_s)
