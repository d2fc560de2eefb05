"""Guess from the ids of updates whether an earlier delivery may still be under way. Pure: times are given.

A webhook is called over up to a hundred connections, so updates overtake each other; their ids rise one by one. A missing id is
waited for until nothing has filled a gap for a while, and never for long: it may be lost, or may never have been meant for us.
"""

from typing import Final

FIRST_S: Final = 1.0
"""How long to wait after the first update of all: who knows what came before it."""
QUIET_S: Final = 2.0
LONGEST_S: Final = 60.0
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
        self._settled_at: float | None = None
        self._missing: dict[int, float] = {}
        """Missing id → when it was first missed, in the order of that time."""
        self._in_hand: set[int] = set()
        self._filled_at = float("-inf")

    def arrived(self, update_id: int, now: float) -> None:
        """Note a delivery, and which ids it has overtaken."""
        self._give_up(now)
        if self._settled_at is None or not self._lowest - FAR <= update_id <= self._highest + FAR:
            self._begin_with(update_id, now)
        elif update_id > self._highest:
            self._miss(range(self._highest + 1, update_id), now)
            self._highest = update_id
        elif update_id < self._lowest:
            self._miss(range(update_id + 1, self._lowest), now)
            self._lowest = update_id
        elif self._missing.pop(update_id, None) is not None:
            self._filled_at = now
        else:
            return  # a repetition, or given up long ago
        self._in_hand.add(update_id)

    def taken(self, update_id: int) -> None:
        """Note that a delivery is in the record."""
        self._in_hand.discard(update_id)
        self._missing.pop(update_id, None)

    def lost(self, update_id: int, now: float) -> None:
        """Note that a delivery could not be written down: the platform will repeat it."""
        self._in_hand.discard(update_id)
        if self._lowest <= update_id <= self._highest:
            self._miss(range(update_id, update_id + 1), now)

    def settling(self, now: float) -> float:
        """Return the seconds after which no earlier delivery is expected any more; 0: none is."""
        self._give_up(now)
        waits = [self._settled_at - now if self._settled_at is not None else 0.0]
        if self._missing:
            waits.append(self._deadline(next(reversed(self._missing.values()))) - now)
        if any(update_id < self._highest for update_id in self._in_hand):
            waits.append(TAKING_S)
        return max(0.0, *waits)

    def _begin_with(self, update_id: int, now: float) -> None:
        self._lowest = self._highest = update_id
        self._settled_at = now + FIRST_S
        self._missing.clear()

    def _miss(self, ids: range, now: float) -> None:
        for update_id in ids:
            if update_id not in self._in_hand:
                self._missing.setdefault(update_id, now)
        while len(self._missing) > FAR:
            del self._missing[next(iter(self._missing))]

    def _give_up(self, now: float) -> None:
        """Forget what has been missing for too long; it is never waited for again."""
        while self._missing:
            update_id, since = next(iter(self._missing.items()))
            if self._deadline(since) > now:
                return
            del self._missing[update_id]

    def _deadline(self, since: float) -> float:
        return min(since + LONGEST_S, max(since, self._filled_at) + QUIET_S)
