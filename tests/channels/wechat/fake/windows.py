"""Allow only so many messages after what a customer did, as the customer-service API does, and at its strictest.

What Tencent charges while two windows are open (a press within two days after a message) is documented nowhere; here
every open window is charged, and one with something left is enough. Whoever is never refused here is refused nowhere.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

CLOSED, SPENT = 45015, 45047


@dataclass
class Window:
    """Be what one deed of a customer allows."""

    until: datetime
    left: int


@dataclass(frozen=True)
class Allowance:
    """Say how many messages follow what, and for how long."""

    per_message: int = 5
    message_window: timedelta = timedelta(hours=48)
    per_event: int = 3
    event_window: timedelta = timedelta(minutes=1)


class Windows:
    """Keep every customer's windows; a new deed of the same kind replaces the window before it."""

    def __init__(self, clock: Callable[[], datetime], allowance: Allowance | None = None) -> None:
        self._clock, self._allowance = clock, allowance or Allowance()
        self._of: defaultdict[str, dict[str, Window]] = defaultdict(dict)
        self.gone: set[str] = set()

    def wrote(self, openid: str) -> None:
        """Open the window that a message opens."""
        allowed = self._allowance
        self._of[openid]["message"] = Window(self._clock() + allowed.message_window, allowed.per_message)

    def acted(self, openid: str) -> None:
        """Open the window that a press on the menu, a scan or a follow opens."""
        self.gone.discard(openid)
        allowed = self._allowance
        self._of[openid]["event"] = Window(self._clock() + allowed.event_window, allowed.per_event)

    def left(self, openid: str) -> None:
        """Close everything: the customer unfollowed."""
        self.gone.add(openid)
        self._of.pop(openid, None)

    def is_open(self, openid: str) -> bool:
        return bool(self._open(openid))

    def spend(self, openid: str) -> int:
        """Count a message and return 0, or the error code of its refusal."""
        open_now = self._open(openid)
        if not open_now:
            return CLOSED
        if not any(window.left > 0 for window in open_now):
            return SPENT
        for window in open_now:
            window.left -= 1
        return 0

    def _open(self, openid: str) -> list[Window]:
        return [window for window in self._of[openid].values() if self._clock() < window.until]
