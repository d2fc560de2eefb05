"""Count what a platform still allows: so many messages after a customer's message or event, within so much time.

Only the platform knows how it counts. So we count in the way that is safe whatever it does: a message of ours stands against
every window that was open until its answer came, the other windows included; what can still be sent is the most that any open
window has left; and shortly before it closes, a window is closed to us.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import IdentityId

LONG: Final = timedelta(hours=1)
LONG_MARGIN: Final = timedelta(seconds=60)
SHORT_MARGIN: Final = timedelta(seconds=5)


class Occasion(StrEnum):
    """Name what opens a window."""

    MESSAGE = "message"
    EVENT = "event"


@dataclass(frozen=True)
class Grant:
    """Be what a platform gives on one occasion: so many messages within so much time."""

    allowed: int
    lasts: timedelta


@dataclass(frozen=True)
class Opening:
    """Be the news that a customer opened a window at a moment of the platform's clock."""

    external_id: str
    occasion: Occasion
    at: datetime
    grant: Grant


@dataclass(eq=False)
class Allowance:
    """Be one window of an identity; a later occasion of the same kind takes its place."""

    identity_id: IdentityId
    occasion: Occasion
    opened_at: datetime
    closes_at: datetime
    allowed: int

    def is_open(self, now: datetime) -> bool:
        """Say whether a call that begins now arrives in time; a long window is left a minute early, a short one 5 s."""
        margin = LONG_MARGIN if self.closes_at - self.opened_at >= LONG else SHORT_MARGIN
        return now < self.closes_at - margin


@dataclass(eq=False)
class Spend:
    """Be one call that counts, or may count, against the windows of an identity.

    ``settled_at`` is when its answer came or was given up, None while it is under way: the platform counted it somewhen
    before. A refusal shows that every window which was open until then is used up, whatever we believed.
    """

    identity_id: IdentityId
    began_at: datetime
    settled_at: datetime | None = None
    is_refusal: bool = False

    def touches(self, window: Allowance) -> bool:
        """Say whether the platform may have counted this call after it opened the window."""
        return self.settled_at is None or self.settled_at >= window.opened_at


@dataclass(frozen=True)
class Left:
    """Be what may still be sent: ``count`` of ``allowed`` messages until ``closes_at``."""

    count: int
    allowed: int
    closes_at: datetime


@dataclass(frozen=True)
class Ledger:
    """Be all windows of an identity and the calls that count against them."""

    windows: Sequence[Allowance] = ()
    spends: Sequence[Spend] = ()

    def left(self, now: datetime) -> Left | None:
        """Return what the best of the open windows has left, the one that stays longest among equals; None without any."""
        found = [
            Left(self._left_in(window), window.allowed, window.closes_at)
            for window in self.windows
            if window.is_open(now)
        ]
        return max(found, key=lambda left: (left.count, left.closes_at), default=None)

    def _left_in(self, window: Allowance) -> int:
        touching = [spend for spend in self.spends if spend.touches(window)]
        if any(spend.is_refusal for spend in touching):
            return 0
        return max(0, window.allowed - len(touching))


def opened_by(opening: Opening, identity_id: IdentityId, now: datetime) -> Allowance:
    """Return the window; one that a platform's clock opens in our future counts from now, and so closes early for us."""
    opened_at = min(opening.at, now)
    return Allowance(identity_id, opening.occasion, opened_at, opened_at + opening.grant.lasts, opening.grant.allowed)
