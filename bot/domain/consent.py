"""Say what a customer allowed us, for which purpose and on which channel, with proof. Silence means no."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.ids import ConsentId, CustomerId, MessageId


@dataclass(eq=False)
class Consent:
    """Be one yes or no. The latest one for a purpose and channel counts; older ones stay as history."""

    id: ConsentId
    customer_id: CustomerId
    purpose: str
    channel: str
    granted: bool
    quote: str
    given_at: datetime
    message_id: MessageId | None = None


@dataclass(frozen=True)
class ConsentWish:
    """Be a yes or no found in a text. ``quote`` is a verbatim piece of it."""

    purpose: str
    granted: bool
    quote: str


_FORGET: Final = re.compile(
    r"(?:删|刪|抹|清空|清除|消除|注销|註銷|销毁|銷毀|移除)|忘(?:了|记|記|掉|光)|被[遗遺]忘|(?:别|別|不要|不[许許准]|不用)(?:再)?(?:保存|保留|"
    r"[储儲]存|存|留|[记記])|"
    r"\b(?:delete|erase|forget|remove|wipe|clear|purge|scrub)\b|\bright to be forgotten\b|\bstop (?:storing|keeping)\b|"
    r"\b(?:don'?t|do not) (?:keep|store|save)\b",
    re.IGNORECASE,
)
_NOT_FORGET: Final = re.compile(
    r"(?:不要|别|別|不想|不用|没|沒)(?:要)?(?:你们|你們)?(?:删|刪|忘|清)|(?:don'?t|do not|never) (?:delete|erase|forget|remove)",
    re.IGNORECASE,
)


def wants_to_be_forgotten(text: str) -> bool:
    """Say whether words about one's own data ask for deletion rather than for a look; only ever a first sign.

    It is asked only of words that were understood as being about the customer's data, and nothing is deleted before
    they confirmed it.
    """
    return bool(_FORGET.search(text.replace("\u2019", "'"))) and not _NOT_FORGET.search(text)
