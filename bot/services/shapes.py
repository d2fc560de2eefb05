"""Say in which shapes the record leaves the house; the JSON API, its description and an export share them.

Keys carry the names of the domain's own fields, so that nobody has to learn two words for one thing and ``draw`` can
fill a shape from the thing itself. Every value is plain JSON: moments and amounts of money are text.
"""

from collections.abc import Hashable
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any, NewType, TypedDict, TypeVar, cast, get_type_hints

from bot.domain.attachments import Detail
from bot.domain.complaints import ComplaintState, Severity
from bot.domain.conversation import Owner, Reason
from bot.domain.language import Language
from bot.domain.messages import Author, Button, Delivery, Turn
from bot.domain.orders import OrderState
from bot.domain.preferences import Polarity, PreferenceState, Strength

Moment = NewType("Moment", str)
"""A moment in UTC, written as RFC 3339 wants it."""
S = TypeVar("S")


class IdentityShape(TypedDict):
    """Be one way in which a channel knows the customer; ``is_public`` where others read along, as in a group."""

    id: str
    channel: str
    account: str
    external_id: str
    display_name: str | None
    username: str | None
    reachable: bool
    is_public: bool
    created_at: Moment


class CustomerShape(TypedDict):
    """Be a customer in a list: who, and where they are known."""

    id: str
    name: str | None
    language: Language
    created_at: Moment
    forgotten_at: Moment | None
    tags: list[str]
    identities: list[IdentityShape]


class AttachmentShape(TypedDict):
    """Be what a message carries beside its words; ``details`` depend on the ``kind``: seconds, pixels, degrees."""

    kind: str
    name: str | None
    media_type: str | None
    size: int | None
    details: dict[str, Detail]


class VersionShape(TypedDict):
    """Be the words of a message as they once stood; number 0 is how it was first written."""

    number: int
    text: str
    written_at: Moment


class MessageShape(TypedDict):
    """Be one message with what was understood. ``sent_at`` of the customer's own words is when they reached us.

    ``text`` is how it reads now; ``versions`` are all its wordings, oldest first, and none when it was never edited.
    ``recalled_at`` is when the customer took it back; the record keeps it.
    """

    id: int
    author: Author
    text: str
    kind: str
    intent: str | None
    confidence: float | None
    language: Language | None
    sentiment: int | None
    topics: list[str]
    written_at: Moment
    edited_at: Moment | None
    recalled_at: Moment | None
    sent_at: Moment | None
    turn: Turn | None
    delivery: Delivery | None
    failure: str | None
    in_reply_to: int | None
    agent_id: str | None
    buttons: list[Button]
    attachment: AttachmentShape | None
    versions: list[VersionShape]


class ConversationShape(TypedDict):
    """Be a conversation in a list; ``state`` says who has it."""

    id: str
    customer_id: str
    identity_id: str
    channel: str
    state: Owner
    agent_id: str | None
    opened_at: Moment
    waiting_since: Moment | None
    last_message_at: Moment | None
    closed_at: Moment | None


class TalkShape(ConversationShape):
    """Be a conversation with every word of it, oldest first."""

    messages: list[MessageShape]


class ComplaintShape(TypedDict):
    """Be a complaint in the customer's words; ``joined`` names later messages about the same grievance.

    ``wants`` says what the customer asks for: refund, replacement, apology, fix, explanation, compensation.
    """

    id: str
    number: str
    customer_id: str
    conversation_id: str
    message_id: int
    topic: str
    severity: Severity
    words: str
    state: ComplaintState
    opened_at: Moment
    due_at: Moment
    owner_id: str | None
    root_cause: str | None
    outcome: str | None
    resolved_at: Moment | None
    joined: list[int]
    wants: list[str]


class PreferenceShape(TypedDict):
    """Be a preference with its proof: the quote, its place in the message, and the message it comes from.

    ``subject`` is "customer", or who else it is about in the customer's words: "my son". ``aspect`` narrows the kind
    (size, carrier); ``time_limit`` quotes the words that bound it. Both are empty where nothing was said.
    """

    id: str
    customer_id: str
    message_id: int
    kind: str
    object: str
    aspect: str
    polarity: Polarity
    strength: Strength
    subject: str
    time_limit: str
    quote: str
    quote_start: int
    quote_end: int
    confidence: float
    state: PreferenceState
    heard_at: Moment
    valid_from: Moment
    valid_until: Moment | None
    reviewed_by: str | None
    reviewed_at: Moment | None
    superseded_by: str | None


class ConsentShape(TypedDict):
    """Be one yes or no; the latest for a purpose and channel counts."""

    id: str
    purpose: str
    channel: str
    granted: bool
    quote: str
    given_at: Moment
    message_id: int | None


class PromiseShape(TypedDict):
    """Be what we said we would do, and by when."""

    id: str
    conversation_id: str
    complaint_id: str | None
    what: str
    made_at: Moment
    due_at: Moment
    kept_at: Moment | None


class RatingShape(TypedDict):
    """Be how content the customer was with one conversation, 1 to 5."""

    id: str
    conversation_id: str
    message_id: int | None
    agent_id: str | None
    score: int
    words: str
    given_at: Moment


class HandoffShape(TypedDict):
    """Be one way from the bot to a person and back."""

    id: str
    conversation_id: str
    message_id: int | None
    reason: Reason
    summary: str
    requested_at: Moment
    opened_at: Moment | None
    claimed_at: Moment | None
    claimed_by: str | None
    ended_at: Moment | None
    outcome: str | None


class OrderShape(TypedDict):
    """Be an order; ``amount`` is exact, hence text."""

    id: str
    number: str
    state: OrderState
    items: str
    amount: str
    currency: str
    placed_at: Moment
    carrier: str | None
    tracking_number: str | None
    expected_at: Moment | None
    delivered_at: Moment | None


class RecordShape(CustomerShape):
    """Be everything we keep of one customer, each list oldest first."""

    conversations: list[TalkShape]
    complaints: list[ComplaintShape]
    preferences: list[PreferenceShape]
    consents: list[ConsentShape]
    promises: list[PromiseShape]
    ratings: list[RatingShape]
    handoffs: list[HandoffShape]
    orders: list[OrderShape]


def draw(shape: type[S], thing: object, **others: Any) -> S:
    """Fill a shape from a thing's fields of the same names; ``others`` are given where the thing has no such field."""
    drawn = {name: plain(getattr(thing, name)) for name in _names(cast(Hashable, shape)) if name not in others}
    return cast(S, drawn | others)


def plain(value: object) -> object:
    """Return a value of the domain as JSON knows it."""
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


@cache
def _names(shape: Hashable) -> tuple[str, ...]:
    return tuple(get_type_hints(shape))
