"""Note what became of a bundle: one transaction for every message in it and for the count of the call."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.domain.ids import IdentityId
from bot.domain.messages import Delivery, Message
from bot.domain.reply_plan import Bundle
from bot.services import allowances, delivery, identities
from bot.store.unit_of_work import UnitOfWork


def sent(uow: UnitOfWork, bundle: Bundle, platform_id: str | None, now: datetime) -> None:
    """Note the receipt of a bundle for every message in it; one that goes on is due at once, before any other.

    What the customer had to be given again meanwhile, because its push came again, is left as it is.
    """
    allowances.settle_call(uow, bundle.to.identity_id, now)
    for message in _under_way(uow, bundle):
        pieces = [piece for piece in bundle.pieces if piece.message_id == message.id]
        message.parts_sent, message.attempts, message.due_at = pieces[-1].part + 1, 0, None
        if platform_id:
            uow.receipts.add(message.identity_id, platform_id, message.id)
        if pieces[-1].is_last:
            message.sent_at = now
            delivery.settle(uow, message, Delivery.SENT, now)
        else:
            message.delivery = Delivery.PENDING


def refused_for_now(uow: UnitOfWork, bundle: Bundle, after: timedelta, now: datetime) -> None:
    """Put everything back in line for later; unlike elsewhere nothing grows too old: what is kept may wait for days."""
    allowances.take_back_call(uow, bundle.to.identity_id)
    for message in _under_way(uow, bundle):
        message.delivery, message.due_at = Delivery.PENDING, now + after


def not_given(uow: UnitOfWork, bundle: Bundle, now: datetime) -> None:
    """Put everything back in line at once: the push that it was meant for did not wait any longer."""
    for note in uow.allowances.given_to(bundle.to.identity_id, bundle.slot or ""):
        uow.allowances.forget_given(note)
    for message in _under_way(uow, bundle):
        message.delivery, message.due_at = Delivery.PENDING, None


def window_closed(uow: UnitOfWork, bundle: Bundle, now: datetime) -> None:
    """Believe the platform that it allows no more, and put everything back in line: it is kept from now on."""
    allowances.settle_call(uow, bundle.to.identity_id, now, is_refusal=True)
    for message in _under_way(uow, bundle):
        message.delivery, message.due_at = Delivery.PENDING, None


def failed(uow: UnitOfWork, bundle: Bundle, reason: str, now: datetime, *, unreachable: bool = False) -> None:
    """Note that the platform will never take this; ``unreachable``: nor anything else to this customer."""
    allowances.take_back_call(uow, bundle.to.identity_id)
    identity = uow.customers.identity(bundle.to.identity_id, lock=True) if unreachable else None
    if identity is not None:
        identities.note_reach(uow, identity, False, now)
    for message in _under_way(uow, bundle):
        delivery.settle(uow, message, Delivery.FAILED, now, reason[: delivery.LONGEST_REASON])


def unknown_outcome(uow: UnitOfWork, bundle: Bundle, now: datetime) -> None:
    """Flag what nobody knows to have arrived; it counts as if it had."""
    allowances.settle_call(uow, bundle.to.identity_id, now)
    for message in _under_way(uow, bundle):
        delivery.settle(uow, message, Delivery.AMBIGUOUS, now, "outcome unknown")


def came_again(uow: UnitOfWork, identity_id: IdentityId, push: str, now: datetime) -> int:
    """Put back in line what was given in reply to a push that came again: that proves that it was not taken.

    Return how many messages that were. It holds whoever gave it, and whatever the record says of it by now.
    """
    notes = uow.allowances.given_to(identity_id, push)
    for note in notes:
        message = uow.messages.get(note.message_id)
        if message is not None and message.delivery in (
            Delivery.SENDING,
            Delivery.SENT,
            Delivery.AMBIGUOUS,
            Delivery.PENDING,
        ):
            message.parts_sent, message.sent_at, message.due_at = note.first_part, None, None
            delivery.settle(uow, message, Delivery.PENDING, now)
        uow.allowances.forget_given(note)
    return len(notes)


def _under_way(uow: UnitOfWork, bundle: Bundle) -> Iterator[Message]:
    """Yield the messages of a bundle that are still marked as being sent."""
    for message_id in dict.fromkeys(piece.message_id for piece in bundle.pieces):
        message = uow.messages.get(message_id)
        if message is not None and message.delivery is Delivery.SENDING:
            yield message
