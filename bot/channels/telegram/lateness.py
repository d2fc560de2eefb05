"""Remember how late updates have been: one that comes late shows that others as late as it may still come. Pure.

An update was due when the first one with its id or a higher one came. What comes after that, whether it fills a gap or repeats
what is known, is late; and as long as such updates come, a gap that opened no earlier than they were due may yet be filled.
"""

from bisect import bisect_left, bisect_right
from typing import Final

NEARLY_S: Final = 1.0
"""Updates that were due within so short a time of each other are equally late."""
_MOST: Final = 10_000


class Lateness:
    """Follow when ids were ``reached`` and when late ones ``came``; times are seconds of one clock and never fall.

    What was due more than ``longest_s`` ago is as good as due at that moment.
    """

    def __init__(self, longest_s: float) -> None:
        self._longest_s = longest_s
        self._ids: list[int] = []
        self._reached_at: list[float] = []
        """The ids that were the highest, and when each of them came; both rise."""
        self._due_at: list[float] = []
        self._came_at: list[float] = []
        """For late ones: when they were due and when the last that was due no later came; both rise."""

    def begin(self, update_id: int, now: float) -> None:
        """Forget everything: a new count of ids begins."""
        self._ids, self._reached_at, self._due_at, self._came_at = [update_id], [now], [], []

    def reached(self, update_id: int, now: float) -> None:
        """Note an id above all others."""
        self._ids.append(update_id)
        self._reached_at.append(now)
        old = min(bisect_left(self._reached_at, now - self._longest_s), len(self._ids) - 1)
        old = max(old, len(self._ids) - _MOST)
        del self._ids[:old], self._reached_at[:old]

    def came(self, update_id: int, now: float) -> None:
        """Note an id that is not above all others."""
        due_at = self.due_at(update_id)
        place = bisect_left(self._due_at, due_at)
        self._due_at[place:], self._came_at[place:] = [due_at], [now]
        old = min(bisect_left(self._came_at, now - self._longest_s), place)
        del self._due_at[:old], self._came_at[:old]

    def due_at(self, update_id: int) -> float:
        """Return when the first id came that is no lower."""
        return self._reached_at[bisect_left(self._ids, update_id)]

    def last_as_late_as(self, since: float) -> float:
        """Return when the last update came that was due by then, or nearly; the beginning of time if none did."""
        place = bisect_right(self._due_at, since + NEARLY_S)
        return self._came_at[place - 1] if place else float("-inf")
