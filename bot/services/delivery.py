"""Send what is pending: in order, at most once, never for an owner who no longer has the conversation."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.conversation import Conversation
from bot.domain.customer import Identity
from bot.domain.ids import IdentityId, MessageId
from bot.domain.messages import Address, Author, Delivery, Message, Outgoing
from bot.errors import NotFound
from bot.services import handoffs, identities, speaking
from bot.store.unit_of_work import UnitOfWork

GIVE_UP_AFTER: Final = timedelta(hours=24)
"""Age at which a passing refusal counts as a final one: an answer of yesterday helps nobody."""
_LOOK_AGAIN: Final = timedelta(seconds=1)
LONGEST_REASON: Final = 200


@dataclass(frozen=True)
class Upcoming:
    """Say where the next message in line goes, and that it waits for a moment to come if it does; nothing is marked yet."""

    to: Address
    due_at: datetime | None = None


@dataclass(frozen=True)
class NothingToSend:
    """Say that the identity's outbox is empty."""


@dataclass(frozen=True)
class SendLater:
    """Say that the next message in line waits for a moment to come."""

    due_at: datetime


def upcoming(uow: UnitOfWork, identity_id: IdentityId, now: datetime) -> Upcoming | NothingToSend:
    """Look for an identity's next message, without touching it: whoever sends may have to wait for the platform.

    Raises NotFound.
    """
    message = uow.messages.next_outgoing(identity_id)
    if message is None:
        return NothingToSend()
    identity = uow.customers.identity(identity_id)
    if identity is None:
        raise NotFound("identity")
    later = _waits(message, now)
    return Upcoming(identity.address, later.due_at if later else None)


def take_next(
    uow: UnitOfWork, identity_id: IdentityId, is_fetched: bool, now: datetime
) -> Outgoing | SendLater | NothingToSend:
    """Mark an identity's next message as being sent and return it; the caller sends it and notes the outcome.

    ``is_fetched``: the readers fetch for themselves, so that marking is sending, and all is done at once.
    Here, under the lock of the conversation, the bot's words of an older epoch are withheld: from the moment that a
    person took over, none can be taken any more.
    """
    while (message := uow.messages.next_outgoing(identity_id)) is not None:
        conversation = handoffs.locked(uow, message.conversation_id)
        uow.session.refresh(message)
        if (later := _waits(message, now)) is not None:
            return later
        if is_outdated(message, conversation):
            settle(uow, message, Delivery.WITHHELD, now, "cut short" if message.parts_sent else None)
            continue
        identity = uow.customers.identity(identity_id)
        if identity is None or not identity.reachable:
            settle(uow, message, Delivery.FAILED, now, "not reachable")
            continue
        message.attempts += 1
        if is_fetched:
            message.sent_at = now
            settle(uow, message, Delivery.SENT, now)
            continue
        message.delivery = Delivery.SENDING
        return _outgoing(uow, message, identity)
    return NothingToSend()


def part_sent(uow: UnitOfWork, message_id: MessageId, platform_id: str | None, now: datetime) -> None:
    """Note the receipt of one piece of a message; the next one is due at once, before any other message."""
    message = _get(uow, message_id)
    _keep_receipt(uow, message, platform_id)
    message.delivery, message.due_at, message.attempts = Delivery.PENDING, None, 0


def sent(uow: UnitOfWork, message_id: MessageId, platform_id: str | None, now: datetime) -> None:
    """Note the receipt of a message, or of the last piece of it."""
    message = _get(uow, message_id)
    _keep_receipt(uow, message, platform_id)
    message.sent_at = now
    settle(uow, message, Delivery.SENT, now)


def refused_for_now(uow: UnitOfWork, message_id: MessageId, after: timedelta, now: datetime) -> None:
    """Put the message back in line for later; it fails for good once it is too old to be of use."""
    message = _get(uow, message_id)
    if now - message.written_at > GIVE_UP_AFTER:
        settle(uow, message, Delivery.FAILED, now, "refused for too long")
        return
    message.delivery, message.due_at = Delivery.PENDING, now + after


def failed(
    uow: UnitOfWork, message_id: MessageId, reason: str, now: datetime, *, unreachable: bool = False
) -> None:  # fmt: skip
    """Note that the platform will never take this message; the desk shows it.

    ``unreachable``: nor any other to this customer, until they come back by themselves.
    """
    message = _get(uow, message_id)
    identity = uow.customers.identity(message.identity_id, lock=True) if unreachable else None
    if identity is not None:
        identities.note_reach(uow, identity, False, now)
    settle(uow, message, Delivery.FAILED, now, reason[:LONGEST_REASON])


def moved(uow: UnitOfWork, message_id: MessageId, external_id: str, now: datetime) -> None:
    """Follow the customer to their new id; the message is due again, or fails where somebody else has that id."""
    message = _get(uow, message_id)
    identity = uow.customers.identity(message.identity_id, lock=True)
    if identity is None or not identities.move(uow, identity, external_id, now):
        settle(uow, message, Delivery.FAILED, now, "moved")
        return
    # The first move is followed at once; a platform that sends us from place to place is followed ever more slowly.
    refused_for_now(uow, message_id, timedelta(seconds=message.attempts - 1), now)


def unknown_outcome(uow: UnitOfWork, message_id: MessageId, now: datetime) -> None:
    """Flag a message whose connection broke after it was given away: it is not blindly repeated."""
    settle(uow, _get(uow, message_id), Delivery.AMBIGUOUS, now, "outcome unknown")


def recover(uow: UnitOfWork, resend: bool, now: datetime) -> int:
    """Sort out what a dead process left as being sent; return how many messages that were.

    Nobody knows whether they arrived. They are flagged and held, or sent again where the operator prefers a repetition.
    """
    uow.allowances.settle_all(now)
    unknown = uow.messages.in_flight()
    for message in unknown:
        if resend:
            message.delivery = Delivery.PENDING
        else:
            settle(uow, message, Delivery.AMBIGUOUS, now, "outcome unknown")
    return len(unknown)


def _outgoing(uow: UnitOfWork, message: Message, identity: Identity) -> Outgoing:
    content = uow.uploads.content(message.id) if message.attachment is not None else None
    return Outgoing(
        message.id, message.conversation_id, identity.address, message.author, message.text, tuple(message.buttons),
        message.attempts, message.parts_sent, message.attachment, content, _answered(uow, message),
    )  # fmt: skip


def _answered(uow: UnitOfWork, message: Message) -> str | None:
    """Return the platform's id of the message that this answers; a press on a button has none."""
    answered = uow.messages.get(message.in_reply_to) if message.in_reply_to is not None else None
    if answered is None or answered.author is not Author.CUSTOMER or answered.kind == "button":
        return None
    return answered.platform_id


def look_again(now: datetime) -> SendLater:
    """Say when to look again at a message that is just being sent: nobody wakes those who wait for it."""
    return SendLater(now + _LOOK_AGAIN)


def _waits(message: Message, now: datetime) -> SendLater | None:
    if message.delivery is Delivery.SENDING:
        return look_again(now)
    return SendLater(message.due_at) if message.due_at is not None and message.due_at > now else None


def _keep_receipt(uow: UnitOfWork, message: Message, platform_id: str | None) -> None:
    message.parts_sent += 1
    if platform_id:
        uow.receipts.add(message.identity_id, platform_id, message.id)


def is_outdated(message: Message, conversation: Conversation) -> bool:
    """Say whether a message is the bot's own and was written for an owner who no longer has the conversation."""
    return message.author is Author.BOT and message.epoch is not None and message.epoch != conversation.epoch


def settle(uow: UnitOfWork, message: Message, state: Delivery, now: datetime, failure: str | None = None) -> None:
    """Put a message into a state, and let everybody know."""
    message.delivery, message.failure = state, failure
    speaking.tell(uow, message, now)


def _get(uow: UnitOfWork, message_id: MessageId) -> Message:
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    return message
