"""Keep in the record how a customer was greeted who had only opened the chat, and how we took leave of one."""

from datetime import datetime

from bot.domain.conversation import Owner
from bot.domain.language import Language
from bot.domain.messages import Author, Delivery, Incoming, Message
from bot.services import identities, recording, speaking
from bot.store.unit_of_work import UnitOfWork


def language_for(uow: UnitOfWork, channel: str, account: str, external_id: str) -> Language:
    """Return the language in which to greet: theirs, or the one of most customers."""
    identity = uow.customers.known_as(channel, account, external_id)
    customer = uow.customers.get(identity.customer_id) if identity is not None else None
    return customer.language if customer is not None else "zh-Hans"


def note_greeting(uow: UnitOfWork, channel: str, account: str, external_id: str, words: str, now: datetime) -> None:
    """Write down a greeting that has arrived; whoever was greeted is a customer from then on."""
    came = Incoming(channel, account, external_id, "", "", kind="command")
    identity = identities.writer_of(uow, came, now)
    conversation = recording.open_conversation(uow, identity, now)
    message = Message(
        conversation.id, conversation.customer_id, identity.id, Author.SYSTEM, words, now, delivery=Delivery.SENT, sent_at=now
    )  # fmt: skip
    uow.messages.add(message)
    speaking.tell(uow, message, now)


def note_leave(uow: UnitOfWork, channel: str, account: str, external_id: str, words: str, now: datetime) -> None:
    """Write down that a customer was asked, by words that have arrived, how it was with a person elsewhere.

    Who has somebody else already, or wrote to nobody, is not waited for.
    """
    identity = identities.known(uow, channel, account, external_id)
    conversation = uow.conversations.open_of(identity.id) if identity is not None else None
    if identity is None or conversation is None:
        return
    conversation.rating_wanted = conversation.owner is Owner.BOT
    message = Message(
        conversation.id, conversation.customer_id, identity.id, Author.SYSTEM, words, now, kind="rating",
        delivery=Delivery.SENT, sent_at=now,
    )  # fmt: skip
    uow.messages.add(message)
    speaking.tell(uow, message, now)
