"""Say when the access token of an account may be used, and who may fetch a new one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

MARGIN: Final = timedelta(minutes=5)
"""A token is given up so long before its end: in these minutes Tencent already gives the next one, and takes both."""
LEASE: Final = timedelta(seconds=20)
"""Whoever fetches has so long before somebody else may; longer than a fetch can take."""
FORCE_EVERY: Final = timedelta(minutes=2)
"""Forcing a new token is allowed 20 times a day and kills the one before it, also in the hands of others."""


@dataclass(eq=False)
class PlatformToken:
    """Be the one access token that all our processes use; ``version`` rises with every lease and fences off the late."""

    channel: str
    account: str
    version: int = 0
    token: str | None = field(default=None, repr=False)
    good_until: datetime | None = None
    refused: str | None = field(default=None, repr=False)
    leased_until: datetime | None = None
    forced_at: datetime | None = None

    def is_good(self, now: datetime) -> bool:
        """Say whether the token may be used."""
        return self.token is not None and self.good_until is not None and now < self.good_until

    def is_leased(self, now: datetime) -> bool:
        """Say whether somebody is fetching a new one."""
        return self.leased_until is not None and now < self.leased_until

    def may_force(self, now: datetime) -> bool:
        """Say whether a new token may be forced again."""
        return self.forced_at is None or now - self.forced_at >= FORCE_EVERY

    def lease(self, now: datetime) -> int:
        """Let one process fetch, and return the version under which it has to bring the token."""
        self.version += 1
        self.leased_until = now + LEASE
        return self.version

    def renew(self, token: str, life: timedelta, now: datetime, *, forced: bool) -> None:
        """Take a fetched token; one of short life is used for half of it."""
        self.token, self.good_until = token, now + max(life - MARGIN, life / 2)
        self.refused, self.leased_until = None, None
        if forced:
            self.forced_at = now

    def refuse(self, token: str) -> None:
        """Forget a token that the platform does not take; any other is left alone, for it is newer."""
        if self.token == token:
            self.token, self.good_until, self.refused = None, None, token
