"""Take a push that waits for a reply: what it says takes effect once, and what was given to it in vain is due again."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.arrivals import Arrival
from bot.domain.conversation import Owner
from bot.domain.ids import IdentityId
from bot.services import allowances, arrivals, bundle_outcomes
from bot.services.arrivals import Outcome, Repeated
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Taken:
    """Say what became of a push, and whether anything is or will be there to reply to it."""

    outcome: Outcome
    owes_reply: bool


def take(uow: UnitOfWork, arrival: Arrival, identity_id: IdentityId, now: datetime) -> Taken:
    """Take a push of an identity.

    One that comes again had its connection broken: whatever was given to it was not taken, and what waits has a chance.
    """
    outcome = arrivals.take(uow, arrival, now)
    if isinstance(outcome, Repeated):
        bundle_outcomes.came_again(uow, identity_id, arrival.key, now)
        allowances.release(uow, identity_id, now)
    return Taken(outcome, owes_reply(uow, identity_id))


def owes_reply(uow: UnitOfWork, identity_id: IdentityId) -> bool:
    """Say whether anything is or will be there for an identity to read."""
    return uow.messages.awaits_bot(identity_id) or bool(uow.messages.outbox(identity_id))


def waits_for_person(uow: UnitOfWork, identity_id: IdentityId) -> bool:
    """Say whether a person was called for an identity and has not come yet."""
    latest = uow.conversations.latest_of(identity_id)
    return latest is not None and latest.owner is Owner.WAITING
