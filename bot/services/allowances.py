"""Keep the ledger of what a platform allows to each customer: windows open, calls count against them."""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.allowance import Left, Opening, Spend, opened_by
from bot.domain.customer import Identity
from bot.domain.ids import IdentityId
from bot.domain.messages import Delivery
from bot.services import speaking
from bot.store.unit_of_work import UnitOfWork

PUSHES_COME_LATE_BY: Final = timedelta(hours=1)
"""A window may become known so long after the platform opened it; calls are remembered at least that long."""


def open_window(uow: UnitOfWork, identity: Identity, opening: Opening, now: datetime) -> None:
    """Open a window for the (locked) identity, and let go of what was kept for it.

    News that come late, when a newer window of the kind is open, change nothing: the platform counts in the newer one.
    """
    current = uow.allowances.window(identity.id, opening.occasion)
    window = opened_by(opening, identity.id, now)
    if current is None or current.opened_at <= window.opened_at:
        uow.allowances.replace(window)
    still_open = [found.opened_at for found in uow.allowances.ledger(identity.id).windows if found.is_open(now)]
    uow.allowances.forget_spends_before(identity.id, min([*still_open, now - PUSHES_COME_LATE_BY]))
    release(uow, identity.id, now)


def release(uow: UnitOfWork, identity_id: IdentityId, now: datetime) -> None:
    """Put what was kept back in line, in its order: the customer has given us another chance."""
    for message in uow.messages.outbox(identity_id):
        if message.delivery is Delivery.KEPT:
            message.delivery, message.due_at = Delivery.PENDING, None
            speaking.tell(uow, message, now)


def left(uow: UnitOfWork, identity_id: IdentityId, now: datetime) -> Left | None:
    """Return what may still be sent, and until when; None where no window is open or the platform counts nothing."""
    return uow.allowances.ledger(identity_id).left(now)


def begin_call(uow: UnitOfWork, identity_id: IdentityId, now: datetime) -> None:
    """Count a call before it is made: should we die meanwhile, it has counted."""
    uow.allowances.add(Spend(identity_id, now))


def settle_call(uow: UnitOfWork, identity_id: IdentityId, now: datetime, *, is_refusal: bool = False) -> None:
    """Note when the answer to a call came, or that nobody waits for it any more.

    ``is_refusal``: the platform allows no more; whatever we believed, the windows that were open then are used up.
    """
    spend = uow.allowances.spend_under_way(identity_id)
    if spend is not None:
        spend.settled_at, spend.is_refusal = now, is_refusal


def take_back_call(uow: UnitOfWork, identity_id: IdentityId) -> None:
    """Forget a call that the platform certainly did not count: it was refused for another reason."""
    spend = uow.allowances.spend_under_way(identity_id)
    if spend is not None:
        uow.allowances.take_back(spend)
