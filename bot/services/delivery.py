"""Send what is pending: in order, at most once, never for an owner who no longer has the conversation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.conversation import Conversation
from bot.domain.ids import IdentityId, MessageId
from bot.domain.messages import Author, Delivery, Message, Outgoing
from bot.errors import NotFound
from bot.services import handoffs, speaking
from bot.store.unit_of_work import UnitOfWork

MOST_TRIES: Final = 8
"""Passing refusals after which a message counts as failed."""


@dataclass(frozen=True)
class NothingToSend:
    """Say that the identity's outbox is empty."""


@dataclass(frozen=True)
class SendLater:
    """Say that the next message in line waits for a moment to come."""

    due_at: datetime


def channel_of(uow: UnitOfWork, identity_id: IdentityId) -> str:
    """Return the channel of an identity; raises NotFound."""
    identity = uow.customers.identity(identity_id)
    if identity is None:
        raise NotFound("identity")
    return identity.channel


def take_next(
    uow: UnitOfWork, identity_id: IdentityId, fetched: frozenset[str], now: datetime
) -> Outgoing | SendLater | NothingToSend:
    """Mark an identity's next message as being sent and return it; the caller sends it and notes the outcome.

    ``fetched`` names the channels whose readers fetch for themselves: there, marking is sending, and all is done at once.
    Here, under the lock of the conversation, the bot's words of an older epoch are withheld: from the moment that a
    person took over, none can be taken any more.
    """
    while (message := uow.messages.next_outgoing(identity_id)) is not None:
        conversation = handoffs.locked(uow, message.conversation_id)
        uow.session.refresh(message)
        if message.delivery is Delivery.SENDING:
            return SendLater(now + timedelta(seconds=1))
        if message.due_at is not None and message.due_at > now:
            return SendLater(message.due_at)
        if _is_outdated(message, conversation):
            _settle(uow, message, Delivery.WITHHELD, now)
            continue
        identity = uow.customers.identity(identity_id)
        if identity is None or not identity.reachable:
            _settle(uow, message, Delivery.FAILED, now, "not reachable")
            continue
        message.attempts += 1
        if identity.channel in fetched:
            message.sent_at = now
            _settle(uow, message, Delivery.SENT, now)
            continue
        message.delivery = Delivery.SENDING
        return Outgoing(
            message.id, message.conversation_id, identity.address, message.author, message.text,
            tuple(message.buttons), message.attempts,
        )  # fmt: skip
    return NothingToSend()


def sent(uow: UnitOfWork, message_id: MessageId, platform_id: str | None, now: datetime) -> None:
    """Note the platform's receipt."""
    message = _get(uow, message_id)
    message.sent_at = now
    if platform_id and message.platform_id is None:
        message.platform_id = platform_id
    _settle(uow, message, Delivery.SENT, now)


def refused_for_now(uow: UnitOfWork, message_id: MessageId, after: timedelta, now: datetime) -> None:
    """Put the message back in line for later; it fails for good after too many tries."""
    message = _get(uow, message_id)
    if message.attempts >= MOST_TRIES:
        _settle(uow, message, Delivery.FAILED, now, "too many tries")
        return
    message.delivery, message.due_at = Delivery.PENDING, now + after


def failed(uow: UnitOfWork, message_id: MessageId, reason: str, now: datetime) -> None:
    """Note that the platform will never take this message; the desk shows it."""
    _settle(uow, _get(uow, message_id), Delivery.FAILED, now, reason)


def unknown_outcome(uow: UnitOfWork, message_id: MessageId, now: datetime) -> None:
    """Flag a message whose connection broke after it was given away: it is not blindly repeated."""
    _settle(uow, _get(uow, message_id), Delivery.AMBIGUOUS, now, "outcome unknown")


def recover(uow: UnitOfWork, resend: bool, now: datetime) -> int:
    """Sort out what a dead process left as being sent; return how many messages that were.

    Nobody knows whether they arrived. They are flagged and held, or sent again where the operator prefers a repetition.
    """
    unknown = uow.messages.in_flight()
    for message in unknown:
        if resend:
            message.delivery = Delivery.PENDING
        else:
            _settle(uow, message, Delivery.AMBIGUOUS, now, "outcome unknown")
    return len(unknown)


def _is_outdated(message: Message, conversation: Conversation) -> bool:
    return message.author is Author.BOT and message.epoch is not None and message.epoch != conversation.epoch


def _settle(uow: UnitOfWork, message: Message, state: Delivery, now: datetime, failure: str | None = None) -> None:
    message.delivery, message.failure = state, failure
    speaking.tell(uow, message, now)


def _get(uow: UnitOfWork, message_id: MessageId) -> Message:
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    return message
