"""Enforce Telegram's speed limits by the time of arrival, more strictly than it does itself."""

from collections import defaultdict, deque
from dataclasses import dataclass, field

SLACK_S = 0.001
"""Clocks tick; nobody is refused for a millisecond."""


@dataclass
class Limits:
    """Allow so many messages in any second, one per chat in any second, so many per group in any minute."""

    per_second: int = 30
    per_chat_s: float = 1.0
    per_group_minute: int = 20
    _in_all: "deque[float]" = field(default_factory=deque)
    _per_chat: "defaultdict[int, deque[float]]" = field(default_factory=lambda: defaultdict(deque))

    def retry_after(self, chat: int, now: float) -> int | None:
        """Count a message and return None, or say after how many seconds it may come again."""
        since_second, since_minute = now - 1.0 + SLACK_S, now - 60.0 + SLACK_S
        _forget(self._in_all, since_second)
        mine = self._per_chat[chat]
        _forget(mine, since_minute)
        if mine and mine[-1] > now - self.per_chat_s + SLACK_S:
            return 1
        if chat < 0 and len(mine) >= self.per_group_minute:
            return 60
        if len(self._in_all) >= self.per_second:
            return 1
        self._in_all.append(now)
        mine.append(now)
        return None


def _forget(times: "deque[float]", until: float) -> None:
    while times and times[0] <= until:
        times.popleft()
