"""Give out access tokens and know which of them live, as ``/cgi-bin/stable_token`` does."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

LIFE, OVERLAP = timedelta(seconds=7200), timedelta(minutes=5)
FORCED_A_DAY, FORCE_PAUSE = 20, timedelta(seconds=30)
LONG = 512


@dataclass
class Tokens:
    """Keep the present token and those before it; ``fetches`` and ``forced`` count what was asked."""

    clock: Callable[[], datetime]
    app_id: str
    secret: str
    fetches: int = 0
    forced: list[datetime] = field(default_factory=list)
    is_listed: bool = True
    _ends: dict[str, datetime] = field(default_factory=dict)
    _present: str = ""
    _numbers: "itertools.count[int]" = field(default_factory=itertools.count)

    def stable(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Answer a request for the token."""
        if asked.get("grant_type") != "client_credential":
            return {"errcode": 40002}
        if asked.get("appid") != self.app_id:
            return {"errcode": 40013}
        if asked.get("secret") != self.secret:
            return {"errcode": 40125}
        if not self.is_listed:
            return {"errcode": 40164}
        self.fetches += 1
        now = self.clock()
        if asked.get("force_refresh"):
            today = [at for at in self.forced if now - at < timedelta(days=1)]
            if len(today) >= FORCED_A_DAY or (today and now - today[-1] < FORCE_PAUSE):
                return {"errcode": 45009}
            self.forced.append(now)
            self._ends.clear()
        if self._ends.get(self._present, now) - now <= OVERLAP:
            self._present = f"{next(self._numbers)}_".ljust(LONG, "T")
            self._ends[self._present] = now + LIFE
        return {"access_token": self._present, "expires_in": int((self._ends[self._present] - now).total_seconds())}

    def check(self, shown: str | None) -> int:
        """Return 0 for a token that lives, or the error code."""
        if not shown:
            return 41001
        if shown not in self._ends:
            return 40001
        return 0 if self.clock() < self._ends[shown] else 42001

    def invalidate(self) -> None:
        """Kill every token, as somebody does who forces a new one elsewhere; the next fetch gives another."""
        self._ends.clear()
