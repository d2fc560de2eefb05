"""Say what a platform delivered: one delivery, recognisable when it is repeated, and what it turned out to be."""

from dataclasses import dataclass

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

    ``incoming`` says who pressed, with no words yet: they are looked up under the button.
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
class Ignored:
    """Be something that is none of our business; ``kind`` is a word from the platform's own list, for counting."""

    kind: str


@dataclass(frozen=True)
class Unreadable:
    """Be something that should be readable and is not: ``payload`` is put aside for a developer, ``reason`` says why."""

    payload: str
    reason: str


Content = Incoming | Edit | Press | Reach | Ignored | Unreadable


@dataclass(frozen=True)
class Arrival:
    """Be one delivery. ``(channel, account, key)`` names it for good; ``digest`` tells a repetition from a forgery."""

    channel: str
    account: str
    key: str
    digest: str
    content: Content
