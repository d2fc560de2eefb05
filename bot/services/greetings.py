"""Keep in the record how a customer was greeted who had only opened the chat."""

from datetime import datetime

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
