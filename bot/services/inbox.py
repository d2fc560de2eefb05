"""Look at the record the way somebody at the desk does: who waits, what was said, who the customer is.

Only reading; every function is one look at one moment.
"""

from dataclasses import dataclass
from typing import Final

from bot.domain.allowance import Ledger
from bot.domain.complaints import Complaint
from bot.domain.consent import Consent
from bot.domain.conversation import Conversation, Handoff, Owner
from bot.domain.customer import Customer, Identity
from bot.domain.ids import ConversationId, CustomerId, MessageId, UserId
from bot.domain.messages import Author, Message, Reading, Version
from bot.domain.orders import Order
from bot.domain.preferences import Preference
from bot.domain.promises import Promise
from bot.domain.satisfaction import Rating
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork

PAGE: Final = 30
WINDOW: Final = 100
"""Messages of a conversation shown at once."""


@dataclass(frozen=True)
class Row:
    """Be one line of the inbox."""

    conversation: Conversation
    customer: Customer
    last: Message | None
    handoff: Handoff | None
    holder: str | None


@dataclass(frozen=True)
class Inbox:
    """Be one page of the inbox with the numbers on its tabs; ``seq`` is the place in the feed it was taken at."""

    rows: list[Row]
    next: str | None
    waiting: int
    mine: int
    seq: int


@dataclass(frozen=True)
class Talk:
    """Be a conversation, opened: a window of its messages in order, what they meant, who wrote them.

    ``quotes`` are the messages that customers' messages answer, by their own ids; ``versions`` all wordings of those
    that were edited, by message. ``ledger`` is what the platform allows, where it counts messages.
    """

    conversation: Conversation
    customer: Customer
    identity: Identity
    messages: list[Message]
    readings: dict[int, Reading]
    quotes: dict[int, Message]
    versions: dict[int, list[Version]]
    names: dict[str, str]
    handoff: Handoff | None
    earlier: MessageId | None
    seq: int
    ledger: Ledger


@dataclass(frozen=True)
class Record:
    """Be all that is known of one customer. ``places`` tells in which conversation a message stands."""

    customer: Customer
    identities: list[Identity]
    conversations: list[Conversation]
    previews: dict[str, Message]
    complaints: list[Complaint]
    preferences: list[Preference]
    promises: list[Promise]
    consents: list[Consent]
    ratings: list[Rating]
    orders: list[Order]
    handoffs: list[Handoff]
    places: dict[int, str]
    names: dict[str, str]


def see_waiting(uow: UnitOfWork, user_id: UserId, cursor: str | None, limit: int = PAGE) -> Inbox:
    """Return who waits for a person, the longest first."""
    page = uow.conversations.waiting_page(cursor, limit)
    return _inbox(uow, user_id, page.items, page.next)


def see_mine(uow: UnitOfWork, user_id: UserId, cursor: str | None, limit: int = PAGE) -> Inbox:
    """Return the conversations that this agent has, the liveliest first."""
    page = uow.conversations.page(owner=Owner.PERSON, agent_id=user_id, cursor=cursor, limit=limit)
    return _inbox(uow, user_id, page.items, page.next)


def see_all(uow: UnitOfWork, user_id: UserId, owner: Owner | None, cursor: str | None, limit: int = PAGE) -> Inbox:
    """Return all conversations, or those in one state, the liveliest first."""
    page = uow.conversations.page(owner=owner, agent_id=None, cursor=cursor, limit=limit)
    return _inbox(uow, user_id, page.items, page.next)


def open_talk(uow: UnitOfWork, conversation_id: ConversationId, at: MessageId | None = None) -> Talk:
    """Return a conversation with its latest messages, or with those around ``at``; raises NotFound."""
    # Ids rise by at least one: of the 2 × WINDOW before at + WINDOW, the message itself is always one.
    before = MessageId(at + WINDOW) if at is not None else None
    limit = 2 * WINDOW if at is not None else WINDOW
    seq = uow.feed.latest()
    messages = uow.messages.of_conversation(conversation_id, before=before, limit=limit + 1)
    one_more = min(messages, key=lambda message: message.id) if len(messages) > limit else None
    messages = [message for message in messages if message is not one_more]
    return _talk(uow, conversation_id, messages, one_more.id if one_more else None, seq)


def messages_since(
    uow: UnitOfWork, conversation_id: ConversationId, after: MessageId, changed: list[MessageId]
) -> Talk:
    """Return what is newer than ``after`` and, as they are now, those of ``changed`` that belong here."""
    seq = uow.feed.latest()
    latest = uow.messages.of_conversation(conversation_id, limit=WINDOW)
    known = {message.id: message for message in [*uow.messages.by_ids(changed).values(), *latest]}
    asked = set(changed)
    wanted = [m for m in known.values() if m.conversation_id == conversation_id and (m.id > after or m.id in asked)]
    return _talk(uow, conversation_id, sorted(wanted, key=lambda message: message.order), None, seq)


def read_record(uow: UnitOfWork, customer_id: CustomerId) -> Record:
    """Return everything known of a customer; raises NotFound."""
    customer = uow.customers.get(customer_id)
    if customer is None:
        raise NotFound("customer")
    conversations = uow.conversations.of_customer(customer_id)
    complaints = uow.complaints.of_customer(customer_id)
    preferences = uow.preferences.of_customer(customer_id)
    spoken = [one.message_id for one in complaints] + [one.message_id for one in preferences]
    return Record(
        customer, uow.customers.identities_of(customer_id), conversations,
        uow.messages.latest_of_conversations([one.id for one in conversations]), complaints, preferences,
        uow.promises.of_customer(customer_id), uow.consents.of_customer(customer_id), uow.ratings.of_customer(customer_id),
        uow.shop.orders_of(customer_id), uow.conversations.handoffs_of(customer_id), places(uow, spoken), user_names(uow),
    )  # fmt: skip


def places(uow: UnitOfWork, message_ids: list[MessageId]) -> dict[int, str]:
    """Return the conversation of each message, so that a quote can be traced to where it was said."""
    return {id_: message.conversation_id for id_, message in uow.messages.by_ids(message_ids).items()}


def user_names(uow: UnitOfWork) -> dict[str, str]:
    """Return how each user is called."""
    return {user.id: user.display_name for user in uow.users.all()}


def customer_names(uow: UnitOfWork, ids: list[CustomerId]) -> dict[str, str | None]:
    """Return how each customer is called, None where nobody knows."""
    found = (uow.customers.get(one) for one in set(ids))
    return {customer.id: customer.name for customer in found if customer}


def _talk(
    uow: UnitOfWork, conversation_id: ConversationId, messages: list[Message], earlier: MessageId | None, seq: int
) -> Talk:
    conversation = uow.conversations.get(conversation_id)
    customer = uow.customers.get(conversation.customer_id) if conversation else None
    identity = uow.customers.identity(conversation.identity_id) if conversation else None
    if conversation is None or customer is None or identity is None:
        raise NotFound("conversation")
    answered = {one.in_reply_to for one in messages if one.author is Author.CUSTOMER and one.in_reply_to is not None}
    return Talk(
        conversation, customer, identity, messages, uow.messages.readings_of([one.id for one in messages]),
        uow.messages.by_ids(sorted(answered)), uow.versions.of([one.id for one in messages if one.edited_at is not None]),
        user_names(uow), uow.conversations.current_handoff(conversation_id), earlier, seq,
        uow.allowances.ledger(identity.id),
    )  # fmt: skip


def _inbox(uow: UnitOfWork, user_id: UserId, conversations: list[Conversation], next_: str | None) -> Inbox:
    seq = uow.feed.latest()
    names = user_names(uow)
    last = uow.messages.latest_of_conversations([one.id for one in conversations])
    rows = []
    for one in conversations:
        customer = uow.customers.get(one.customer_id)
        if customer is None:
            continue
        handoff = uow.conversations.current_handoff(one.id) if one.owner in (Owner.WAITING, Owner.PERSON) else None
        rows.append(Row(one, customer, _spoken(uow, last.get(one.id)), handoff, names.get(one.agent_id or "")))
    mine = uow.conversations.count(Owner.PERSON, user_id)
    return Inbox(rows, next_, uow.conversations.count(Owner.WAITING), mine, seq)


def _spoken(uow: UnitOfWork, last: Message | None) -> Message | None:
    """Return what somebody said last; a notice of the house would hide the very words that brought it about."""
    if last is None or last.author is not Author.SYSTEM:
        return last
    recent = uow.messages.of_conversation(last.conversation_id, limit=6)
    return next((one for one in reversed(recent) if one.author is not Author.SYSTEM), last)
