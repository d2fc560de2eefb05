"""Open the one record of a customer: whole, by id or by the name a channel knows them by, or listed page by page.

The number of queries does not grow with the length of the record: all messages of a customer come at once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Final, TypeVar

from bot.domain.conversation import Conversation
from bot.domain.customer import Customer
from bot.domain.ids import CustomerId, MessageId
from bot.domain.messages import Author, Message, Reading, Version
from bot.errors import NotFound
from bot.services import shapes
from bot.services.shapes import draw, plain
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork

F = TypeVar("F")
_AT_ONCE: Final = 5_000
"""Ids in one query; SQLite takes 32,766 at most."""


def record(uow: UnitOfWork, customer_id: CustomerId) -> shapes.RecordShape:
    """Return everything we keep of a customer, each list oldest first; raises NotFound."""
    customer = uow.customers.get(customer_id)
    if customer is None:
        raise NotFound("customer")
    return {
        **draw_customer(uow, customer),
        "conversations": _talks(uow, customer_id),
        "complaints": [draw(shapes.ComplaintShape, one) for one in uow.complaints.of_customer(customer_id)],
        "preferences": [draw(shapes.PreferenceShape, one) for one in uow.preferences.of_customer(customer_id)],
        "consents": [draw(shapes.ConsentShape, one) for one in uow.consents.of_customer(customer_id)],
        "promises": [draw(shapes.PromiseShape, one) for one in uow.promises.of_customer(customer_id)],
        "ratings": [draw(shapes.RatingShape, one) for one in uow.ratings.of_customer(customer_id)],
        "handoffs": [draw(shapes.HandoffShape, one) for one in uow.conversations.handoffs_of(customer_id)],
        "orders": [draw(shapes.OrderShape, one) for one in reversed(uow.shop.orders_of(customer_id))],
    }


def find(uow: UnitOfWork, channel: str, external_id: str, account: str | None = None) -> shapes.RecordShape | None:
    """Return the record of the customer whom a channel knows by this id, or None; ``account`` None means any."""
    identity = uow.customers.known_as(channel, account, external_id)
    return record(uow, identity.customer_id) if identity else None


def page(uow: UnitOfWork, cursor: str | None, limit: int) -> Page[shapes.CustomerShape]:
    """Return customers without their history, newest first; raises BadCursor."""
    found = uow.customers.page(cursor, limit)
    return Page([draw_customer(uow, customer) for customer in found.items], found.next)


def draw_customer(uow: UnitOfWork, customer: Customer) -> shapes.CustomerShape:
    """Return who a customer is and where they are known."""
    identities = [draw(shapes.IdentityShape, one) for one in uow.customers.identities_of(customer.id)]
    return draw(shapes.CustomerShape, customer, identities=identities)


def draw_conversation(conversation: Conversation) -> shapes.ConversationShape:
    """Return a conversation without its messages."""
    return draw(shapes.ConversationShape, conversation, state=conversation.owner)


def draw_messages(uow: UnitOfWork, messages: list[Message]) -> Iterable[shapes.MessageShape]:
    """Return messages, each with what was understood and its wordings, in the order given."""
    readings = _gather(uow.messages.readings_of, [one.id for one in messages if one.author is Author.CUSTOMER])
    versions = _gather(uow.versions.of, [one.id for one in messages if one.edited_at is not None])
    return (_draw_message(one, readings.get(one.id), versions.get(one.id, [])) for one in messages)


def _talks(uow: UnitOfWork, customer_id: CustomerId) -> list[shapes.TalkShape]:
    messages = uow.messages.of_customer(customer_id)
    words: defaultdict[str, list[shapes.MessageShape]] = defaultdict(list)
    for message, drawn in zip(messages, draw_messages(uow, messages), strict=True):
        words[message.conversation_id].append(drawn)
    conversations = reversed(uow.conversations.of_customer(customer_id))
    return [{**draw_conversation(one), "messages": words[one.id]} for one in conversations]


def _gather(find: Callable[[list[MessageId]], dict[int, F]], ids: list[MessageId]) -> dict[int, F]:
    found: dict[int, F] = {}
    for start in range(0, len(ids), _AT_ONCE):
        found |= find(ids[start : start + _AT_ONCE])
    return found


def _draw_message(message: Message, reading: Reading | None, versions: list[Version]) -> shapes.MessageShape:
    sent_at = message.written_at if message.author is Author.CUSTOMER else message.sent_at
    return draw(
        shapes.MessageShape, message, sent_at=plain(sent_at),
        intent=reading and reading.intent, confidence=reading and reading.confidence,
        language=reading and reading.language, sentiment=reading and reading.sentiment,
        topics=reading.topics if reading else [],
        attachment=message.attachment and draw(shapes.AttachmentShape, message.attachment),
        versions=[draw(shapes.VersionShape, one) for one in versions],
    )  # fmt: skip
