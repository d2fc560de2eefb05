"""Write what a customer says into the record: in the conversation that is open, at the place where they said it."""

from datetime import datetime, timedelta
from typing import Final

from bot.domain.conversation import Conversation, Owner
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId, MessageId, new_id
from bot.domain.messages import Author, Delivery, Incoming, Message, Turn, clean_attachment, clean_text
from bot.services import speaking
from bot.store.unit_of_work import UnitOfWork

IDLE_AFTER: Final = timedelta(hours=24)
"""A conversation of the bot that has been silent so long has ended; the next word opens a new one."""


def write_down(
    uow: UnitOfWork, identity: Identity, incoming: Incoming, turn: Turn, now: datetime, *,
    in_reply_to: MessageId | None = None,
) -> Message:  # fmt: skip
    """Add a message of the (locked) identity; ``in_reply_to`` where it is known better than the platform tells it."""
    conversation = open_conversation(uow, identity, now)
    message = Message(
        conversation.id, conversation.customer_id, identity.id, Author.CUSTOMER, clean_text(incoming.text), now,
        kind=incoming.kind, platform_id=incoming.platform_id, turn=turn, attachment=clean_attachment(incoming.attachment),
        in_reply_to=in_reply_to or _answered_by(uow, identity, incoming),
        platform_order=incoming.platform_order, anchor=_anchor_of(uow, identity, incoming),
    )  # fmt: skip
    uow.messages.add(message)
    conversation.last_message_at = now
    speaking.tell(uow, message, now)
    return message


def open_conversation(uow: UnitOfWork, identity: Identity, now: datetime) -> Conversation:
    """Return the conversation into which the identity's next word belongs, locked; a new one if none is open."""
    current = uow.conversations.open_of(identity.id)
    if current is not None and current.owner is Owner.BOT and _is_idle(current, now):
        _hand_on_what_is_kept(uow, current)
        current.end_quietly(now)
        current = None
    if current is None:
        current = Conversation(ConversationId(new_id()), identity.customer_id, identity.id, identity.channel, now)
        current.last_message_at = now
        uow.conversations.add(current)
    return current


def _hand_on_what_is_kept(uow: UnitOfWork, conversation: Conversation) -> None:
    """Let answers that wait for the customer's next word outlive the conversation: it ends with that very word."""
    for message in uow.messages.pending_answers(conversation.id, conversation.epoch):
        if message.delivery is Delivery.KEPT:
            message.epoch = None


def _is_idle(conversation: Conversation, now: datetime) -> bool:
    return conversation.last_message_at is not None and now - conversation.last_message_at > IDLE_AFTER


def _answered_by(uow: UnitOfWork, identity: Identity, incoming: Incoming) -> MessageId | None:
    """Return the message that this one answers: their own, or the one of ours a piece of which has that id there."""
    if incoming.reply_to is None:
        return None
    own = uow.messages.by_platform_id(identity.id, incoming.reply_to)
    return own.id if own else uow.receipts.message_of(identity.id, incoming.reply_to)


def _anchor_of(uow: UnitOfWork, identity: Identity, incoming: Incoming) -> MessageId | None:
    """Return the place where an overtaken message stands, None for one that came in time.

    Places rise with the platform's order, so that the next message in that order has the smallest of all later places.
    """
    if incoming.platform_order is None:
        return None
    later = uow.messages.first_after(identity.id, incoming.platform_order)
    return MessageId(later.order[0]) if later else None
