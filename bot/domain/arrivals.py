"""Say what a platform delivered: one delivery, recognisable when it is repeated, and what it turned out to be."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.allowance import Opening
from bot.domain.attachments import Attachment
from bot.domain.ids import MessageId
from bot.domain.messages import Incoming


@dataclass(frozen=True)
class Edit:
    """Be new words for a message that was written before; ``incoming`` is the message as it reads now.

    ``version`` rises with every edit of the same message, in the platform's order.
    """

    incoming: Incoming
    version: int


@dataclass(frozen=True)
class Press:
    """Be a press on a button that we offered: the message it stands under and its number there, from 0.

    ``incoming`` says who pressed, with no words yet: they are looked up under the button. Where the platform shows a press
    as words of the customer's own, it has these, and no press is in vain: each is a message.
    """

    incoming: Incoming
    message_id: MessageId
    button: int


@dataclass(frozen=True)
class Reach:
    """Be the news that a customer blocked us, or let us in again."""

    external_id: str
    reachable: bool


@dataclass(frozen=True)
class Recall:
    """Be the news that a customer took back a message of theirs."""

    external_id: str
    platform_id: str


@dataclass(frozen=True)
class SaidElsewhere:
    """Be words that one of our people said to a customer in the platform's own app, past our desk."""

    external_id: str
    platform_id: str
    text: str
    attachment: Attachment | None = None


@dataclass(frozen=True)
class Session:
    """Be the news of who speaks with a customer on the platform: one of our people there, or nobody any more.

    ``code`` lets us take leave of them once, if we are quick; ``at`` is when it happened.
    """

    external_id: str
    with_person: bool
    code: str | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class Entry:
    """Be the news that a customer opened the chat at a moment; ``code`` lets us greet them once, if we are quick."""

    external_id: str
    code: str | None
    at: datetime


@dataclass(frozen=True)
class Bounce:
    """Be the news that a message of ours did not arrive, although the platform had taken it under ``platform_id``.

    What was joined to it did not arrive either. ``conversation`` is how the id of its conversation begins: a message id
    alone could be one of another database.
    """

    external_id: str
    platform_id: str
    message_id: MessageId
    conversation: str
    reason: str
    unreachable: bool = False


@dataclass(frozen=True)
class Ignored:
    """Be something that is none of our business; ``kind`` is a word from the platform's own list, for counting."""

    kind: str


@dataclass(frozen=True)
class Unreadable:
    """Be something that should be readable and is not: ``payload`` is put aside for a developer, ``reason`` says why."""

    payload: str
    reason: str


Readable = Incoming | Edit | Press | Reach | Recall | SaidElsewhere | Session | Entry | Bounce | Ignored
Content = Readable | Unreadable


@dataclass(frozen=True)
class Arrival:
    """Be one delivery. ``(channel, account, key)`` names it for good; ``digest`` tells a repetition from a forgery.

    ``opens`` is the window that it opened for messages of ours, where the platform counts them.
    """

    channel: str
    account: str
    key: str
    digest: str
    content: Content
    opens: Opening | None = None
