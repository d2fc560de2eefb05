"""Say to an agent what the platform still allows: how many messages, until when, and that this is about to end."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.allowance import Ledger, Left

SOON: Final = timedelta(hours=1)
"""So long before a window closes an agent is warned; a window of a minute is about to close from the first."""


class Standing(StrEnum):
    """Name how things stand: what is written then waits for the customer's next message, but for the first two."""

    OPEN = "open"
    CLOSING = "closing"
    SPENT = "spent"
    CLOSED = "closed"
    MUTE = "mute"


@dataclass(frozen=True)
class Allowed:
    """Be what is shown. ``changes_at`` is when something else has to be shown although nobody did anything."""

    standing: Standing
    left: Left | None = None
    changes_at: datetime | None = None


def allowed(ledger: Ledger, now: datetime, *, can_send: bool = True) -> Allowed | None:
    """Return what to show; None where the platform does not count. ``can_send``: the account may speak unasked at all."""
    if not ledger.windows:
        return None
    if not can_send:
        return Allowed(Standing.MUTE)
    left = ledger.left(now)
    if left is None:
        return Allowed(Standing.CLOSED)
    if left.count == 0:
        return Allowed(Standing.SPENT, left, left.closes_at)
    if left.closes_at - now <= SOON:
        return Allowed(Standing.CLOSING, left, left.closes_at)
    return Allowed(Standing.OPEN, left, left.closes_at - SOON)
