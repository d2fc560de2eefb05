"""Send with a plan where the platform allows only so many messages: joined, in reply to a push, or kept for later.

The taking of several messages, the count of the call and the note of what was given are one transaction. Everything else is as
in ``delivery``: in order, at most once, never for an owner who no longer has the conversation. ``bundle_outcomes`` says what
becomes of them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.customer import Identity
from bot.domain.ids import IdentityId
from bot.domain.language import Language
from bot.domain.messages import Delivery, Message, clean_text
from bot.domain.reply_plan import Bundle, Given, Keep, Limits, Menu, Piece, Plan, Send, Terms, Wait, plan
from bot.errors import NotFound
from bot.services import allowances, delivery, handoffs
from bot.services.delivery import NothingToSend, SendLater
from bot.store.unit_of_work import UnitOfWork

GIVEN_KEPT: Final = timedelta(minutes=1)
"""A push comes again within seconds or never."""


@dataclass(frozen=True)
class Kept:
    """Say that everything waits for the customer's next word."""


Due = Plan | SendLater | NothingToSend
Waiting = tuple[Message, list[Piece]]
"""A message that has not gone out, and what is still to be sent of it."""


def look(uow: UnitOfWork, identity_id: IdentityId, terms: Terms, now: datetime) -> Due:
    """Say what would be done next, without touching anything: whoever calls the platform may have to wait for it."""
    waiting = [(message, _pieces(message, terms)) for message in uow.messages.outbox(identity_id)]
    return _decide(uow, identity_id, waiting, terms, now)


def take_next(
    uow: UnitOfWork, identity_id: IdentityId, terms: Terms, now: datetime
) -> Bundle | Kept | SendLater | NothingToSend:
    """Mark what goes next as being sent and return it, or keep everything; the caller sends it and notes the outcome."""
    identity = uow.customers.identity(identity_id, lock=True)
    if identity is None:
        raise NotFound("identity")
    waiting = list(_living(uow, identity, terms, now))
    decided = _decide(uow, identity_id, waiting, terms, now)
    if isinstance(decided, SendLater | NothingToSend):
        return decided
    if isinstance(decided, Wait):
        return SendLater(decided.until)
    if isinstance(decided, Keep):
        _keep(uow, [message for message, _ in waiting], now)
        return Kept()
    by_id = {message.id: message for message, _ in waiting}
    taken = [by_id[message_id] for message_id in dict.fromkeys(piece.message_id for piece in decided.pieces)]
    for message in taken:
        message.delivery, message.attempts = Delivery.SENDING, message.attempts + 1
    if isinstance(decided, Send):
        allowances.begin_call(uow, identity_id, now)
        return _call(uow, identity, taken[0], decided)
    uow.allowances.forget_given_before(now - GIVEN_KEPT)
    for message in taken:
        uow.allowances.add(Given(identity_id, decided.slot.key, message.id, message.parts_sent, now))
    return Bundle(identity.address, decided.pieces, decided.text, taken[0].attempts, decided.slot.key)


def _decide(uow: UnitOfWork, identity_id: IdentityId, waiting: Sequence[Waiting], terms: Terms, now: datetime) -> Due:
    if any(message.delivery is Delivery.SENDING for message, _ in waiting):
        return delivery.look_again(now)
    pieces = [piece for _, pieces in waiting for piece in pieces]
    if not pieces:
        return NothingToSend()
    first, _ = waiting[0]
    left = allowances.left(uow, identity_id, now) if terms.can_send else None
    limits = Limits(terms.size, terms.most, terms.hint(_language(uow, first)))
    more_soon = uow.messages.awaits_bot(identity_id)
    decided = plan(pieces, terms.slots, left.count if left else 0, limits, now, more_soon=more_soon)
    if isinstance(decided, Send) and first.due_at is not None and first.due_at > now:
        return SendLater(min([first.due_at, *(slot.answer_by for slot in terms.slots)]))
    return decided


def _living(uow: UnitOfWork, identity: Identity, terms: Terms, now: datetime) -> Iterator[Waiting]:
    """Yield what may still go, each under the lock of its conversation; settle what may not."""
    for message in uow.messages.outbox(identity.id):
        conversation = handoffs.locked(uow, message.conversation_id)
        uow.session.refresh(message)
        if message.delivery is Delivery.SENDING:
            yield message, []
        elif delivery.is_outdated(message, conversation):
            delivery.settle(uow, message, Delivery.WITHHELD, now, "cut short" if message.parts_sent else None)
        elif not identity.reachable:
            delivery.settle(uow, message, Delivery.FAILED, now, "not reachable")
        elif message.attachment is not None and not terms.can_send:
            delivery.settle(uow, message, Delivery.FAILED, now, "this account may not send files")
        elif not (pieces := _pieces(message, terms)):
            delivery.settle(uow, message, Delivery.FAILED, now, "there is nothing to read in it")
        elif message.delivery in (Delivery.PENDING, Delivery.KEPT):
            yield message, pieces


def _pieces(message: Message, terms: Terms) -> list[Piece]:
    """Return what is still to be sent of a message: its file, then its words with those for its buttons."""
    words = clean_text(message.text)
    if message.buttons:
        words += "\n" + terms.worded(message.id, message.buttons)
    texts = [(text, False) for text in terms.cut(words)]
    if message.attachment is not None:
        texts.insert(0, ("", True))
    pieces = [
        Piece(message.id, part, text, is_last=part == len(texts) - 1, is_file=is_file)
        for part, (text, is_file) in enumerate(texts)
    ]
    return pieces[message.parts_sent :]


def _keep(uow: UnitOfWork, waiting: Sequence[Message], now: datetime) -> None:
    for message in waiting:
        if message.delivery is Delivery.PENDING:
            message.due_at = None
            delivery.settle(uow, message, Delivery.KEPT, now)


def _call(uow: UnitOfWork, identity: Identity, first: Message, decided: Send) -> Bundle:
    piece = decided.pieces[0]
    if piece.is_file:
        content = uow.uploads.content(first.id)
        return Bundle(
            identity.address, decided.pieces, "", first.attempts, attachment=first.attachment, content=content
        )
    is_whole = len(decided.pieces) == 1 and piece.part == 0 and piece.is_last and bool(first.buttons)
    menu = Menu(first.id, clean_text(first.text), tuple(first.buttons)) if is_whole else None
    return Bundle(identity.address, decided.pieces, decided.text, first.attempts, menu=menu)


def _language(uow: UnitOfWork, message: Message) -> Language:
    customer = uow.customers.get(message.customer_id)
    return customer.language if customer else "zh-Hans"
