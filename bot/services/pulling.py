"""Take a platform's messages page by page: a page and the place behind it are written in one transaction, or neither is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.arrivals import Arrival
from bot.failpoints import failpoint
from bot.services import arrivals
from bot.services.arrivals import Outcome
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Taken:
    """Say what became of each message of a page, in its order."""

    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class Outrun:
    """Say that somebody else has read on meanwhile: nothing changed, go on from where they are."""


def place(uow: UnitOfWork, channel: str, account: str) -> str:
    """Return the cursor behind the last page that is in the record; empty before the first."""
    return uow.cursors.of(channel, account)


def take_page(
    uow: UnitOfWork, channel: str, account: str, after: str, page: Sequence[Arrival], cursor: str, now: datetime
) -> Taken | Outrun:
    """Take a page that was read after one cursor, and keep the next.

    The place is locked first: of two who read the same page, the second finds that the first has read on.
    """
    if uow.cursors.of(channel, account, lock=True) != after:
        return Outrun()
    outcomes = []
    for arrival in page:
        outcomes.append(arrivals.take(uow, arrival, now))
        failpoint("front.mid_page")
    uow.cursors.put(channel, account, cursor, now)
    return Taken(tuple(outcomes))
