"""Leave words pending for the customer: those of the bot, of a person and of the house."""

from datetime import datetime

from bot.domain.attachments import Attachment
from bot.domain.conversation import Conversation
from bot.domain.ids import MessageId, UserId
from bot.domain.messages import Author, Button, Delivery, Message, Reply, clean_attachment
from bot.store.unit_of_work import UnitOfWork


def as_bot(
    uow: UnitOfWork, conversation: Conversation, reply: Reply, to: MessageId, now: datetime, *,
    epoch: int | None, delivery: Delivery = Delivery.PENDING,
) -> Message:  # fmt: skip
    """Say a bubble of the bot; with an ``epoch`` it goes out only while the conversation still has that epoch."""
    return _say(uow, conversation, Author.BOT, reply.text, now,
                buttons=reply.buttons, in_reply_to=to, epoch=epoch, delivery=delivery)  # fmt: skip


def as_system(
    uow: UnitOfWork, conversation: Conversation, text: str, now: datetime, *,
    buttons: tuple[Button, ...] = (), in_reply_to: MessageId | None = None, kind: str = "text",
) -> Message:  # fmt: skip
    """Say a sentence of the house; it goes out whoever owns the conversation. ``kind`` ``rating`` asks for one."""
    return _say(uow, conversation, Author.SYSTEM, text, now, buttons=buttons, in_reply_to=in_reply_to, kind=kind)


def as_person(
    uow: UnitOfWork, conversation: Conversation, agent: UserId, text: str, platform_id: str | None, now: datetime, *,
    attachment: Attachment | None = None,
) -> Message:  # fmt: skip
    """Say the words of an agent, with or below a file; ``platform_id`` makes a repetition recognisable.

    The content of the file goes to ``uow.uploads`` under the message's id.
    """
    conversation.last_message_at = now
    return _say(uow, conversation, Author.PERSON, text, now,
                agent_id=agent, platform_id=platform_id, attachment=attachment)  # fmt: skip


def tell(uow: UnitOfWork, message: Message, now: datetime) -> None:
    """Let everybody who follows the feed know of a message, new or changed."""
    uow.tell(
        "message", now, conversation_id=message.conversation_id, customer_id=message.customer_id,
        message_id=message.id, author=message.author, identity_id=message.identity_id, delivery=message.delivery,
    )  # fmt: skip


def _say(
    uow: UnitOfWork, conversation: Conversation, author: Author, text: str, now: datetime, *,
    buttons: tuple[Button, ...] = (), in_reply_to: MessageId | None = None, epoch: int | None = None,
    delivery: Delivery = Delivery.PENDING, agent_id: UserId | None = None, platform_id: str | None = None,
    attachment: Attachment | None = None, kind: str = "text",
) -> Message:  # fmt: skip
    message = Message(
        conversation.id, conversation.customer_id, conversation.identity_id, author, text, now,
        buttons=list(buttons), in_reply_to=in_reply_to, epoch=epoch, delivery=delivery, agent_id=agent_id,
        platform_id=platform_id, sent_at=now if delivery is Delivery.SENT else None,
        attachment=clean_attachment(attachment), kind=attachment.kind if attachment else kind,
    )  # fmt: skip
    uow.messages.add(message)
    tell(uow, message, now)
    return message
