"""Say what a message is: what came in, what it meant, and how far an answer has got."""

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypedDict

from bot.domain.attachments import Attachment, Detail
from bot.domain.ids import ConversationId, CustomerId, IdentityId, MessageId, UserId
from bot.domain.language import Language


class Author(StrEnum):
    """Name who wrote a message. The system speaks for the house: notices, not dialogue."""

    CUSTOMER = "customer"
    BOT = "bot"
    PERSON = "person"
    SYSTEM = "system"


class Turn(StrEnum):
    """Tell how far a customer's message has been dealt with."""

    OPEN = "open"
    DONE = "done"
    DEAD = "dead"


class Delivery(StrEnum):
    """Tell how far an outgoing message has got.

    ``AMBIGUOUS``: the process died between giving it to the platform and noting the receipt; it may or may not have
    arrived. ``KEPT``: the platform allows no more messages for now; it waits for the customer's next one. ``WITHHELD``: the
    bot wrote it, but a person took over before it went out.
    """

    PENDING = "pending"
    KEPT = "kept"
    SENDING = "sending"
    SENT = "sent"
    AMBIGUOUS = "ambiguous"
    FAILED = "failed"
    WITHHELD = "withheld"


class Button(TypedDict):
    """Be a quick reply: the words on it and the text it sends in the customer's name."""

    title: str
    payload: str


@dataclass(frozen=True)
class Incoming:
    """Be one message as a channel parsed it: nothing looked up, nothing decided.

    ``platform_id`` identifies it on the platform for good; a second delivery carries the same one. ``platform_order``
    rises with every message of the same customer, in the order in which they wrote: deliveries may overtake each other.
    ``kind`` is ``text``, ``command`` (a text that the channel takes as one of our commands), ``forwarded`` (somebody else's
    words) or what was attached. ``reply_to`` is the platform id of the message that this one answers. ``is_public``:
    others read along, as in a group.
    """

    channel: str
    account: str
    external_id: str
    platform_id: str
    text: str
    kind: str = "text"
    language_hint: Language | None = None
    display_name: str | None = None
    username: str | None = None
    attachment: Attachment | None = None
    reply_to: str | None = None
    platform_order: int | None = None
    is_public: bool = False


@dataclass(frozen=True)
class Reply:
    """Be one bubble that the bot wants to say."""

    text: str
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True)
class Address:
    """Be where a customer is reached: an identity as its channel knows it. ``is_public``: others read along there."""

    identity_id: IdentityId
    channel: str
    account: str
    external_id: str
    is_public: bool = False


@dataclass(frozen=True)
class Outgoing:
    """Be one message on its way to a platform, with all that a channel needs to send it.

    ``part`` counts from 0 the pieces into which a channel cuts what is too long for it; those before it have arrived.
    ``content`` is the file that is attached. ``answers`` is the platform id of the customer's message that this answers.
    """

    message_id: MessageId
    conversation_id: ConversationId
    to: Address
    author: Author
    text: str
    buttons: tuple[Button, ...]
    attempt: int
    part: int = 0
    attachment: Attachment | None = None
    content: bytes | None = None
    answers: str | None = None


@dataclass(eq=False)
class Reading:
    """Be what one customer message meant; ``sentiment`` runs from -2 (furious) to +2 (delighted)."""

    message_id: MessageId
    intent: str
    confidence: float
    language: Language
    sentiment: int
    read_at: datetime
    topics: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Message:
    """Be one row of a conversation, in or out.

    Of a customer's message ``turn`` says whether it still waits for its answer; of all others ``delivery`` says
    whether they have gone out. ``epoch`` is set on bot words only: they go out while the conversation's epoch is still
    the same. ``due_at`` is the earliest moment of the next try, ``attempts`` counts failed turns or tries to send,
    ``parts_sent`` the pieces of it that have arrived. ``in_reply_to`` is what it answers. ``edited_at`` is set when the
    customer changed their words; the earlier ones are kept as versions. ``recalled_at`` is set when they took the message
    back: it stays in the record and is not answered any more. ``anchor`` and ``platform_order``: see ``order``.
    """

    conversation_id: ConversationId
    customer_id: CustomerId
    identity_id: IdentityId
    author: Author
    text: str
    written_at: datetime
    kind: str = "text"
    platform_id: str | None = None
    buttons: list[Button] = field(default_factory=list)
    agent_id: UserId | None = None
    in_reply_to: MessageId | None = None
    turn: Turn | None = None
    delivery: Delivery | None = None
    epoch: int | None = None
    attempts: int = 0
    due_at: datetime | None = None
    sent_at: datetime | None = None
    failure: str | None = None
    attachment: Attachment | None = None
    edited_at: datetime | None = None
    platform_order: int | None = None
    anchor: MessageId | None = None
    parts_sent: int = 0
    recalled_at: datetime | None = None
    id: MessageId = field(init=False)

    @property
    def order(self) -> tuple[int, int, int]:
        """Return the place of the message in its conversation, to sort by.

        It is the place of arrival, unless the message was overtaken: then it stands with the later one that came first
        (its ``anchor``), and the platform's own order decides between the two.
        """
        return (self.anchor or self.id, self.platform_order or 0, self.id)


@dataclass(eq=False)
class Version:
    """Be the words of a message as they once stood; ``number`` 0 is how it was first written."""

    message_id: MessageId
    number: int
    text: str
    written_at: datetime


def clean_text(text: str) -> str:
    """Return the text as every database can keep it: NUL, other C0/C1 controls and lone surrogates become U+FFFD.

    Line feeds and tabs stay. Nothing else is changed: the record keeps the customer's own words.
    """
    return "".join("\ufffd" if _unstorable(c) else c for c in text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_attachment(attachment: Attachment | None) -> Attachment | None:
    """Return what a message carries with every word in it cleaned as ``clean_text`` does."""
    if attachment is None:
        return None
    name = attachment.name and clean_text(attachment.name)
    return replace(attachment, name=name, details={key: _clean(value) for key, value in attachment.details.items()})


def _clean(value: Detail) -> Detail:
    if isinstance(value, list):
        return [clean_text(one) for one in value]
    return clean_text(value) if isinstance(value, str) else value


def _unstorable(c: str) -> bool:
    return c not in "\n\t" and unicodedata.category(c) in ("Cc", "Cs")
