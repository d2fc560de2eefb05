"""Name our messages and the items of our menus, and know them again. Pure.

A name is the beginning of the conversation's id, the message's number and the number of the piece: the same after a crash, and never
the same as one that another database gave out before.
https://developer.work.weixin.qq.com/document/path/94677 (``msgid``: at most 32 bytes of letters, digits, ``_`` and ``-``)
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.ids import ConversationId, MessageId

CONVERSATION_SIGNS: Final = 12
_NAME: Final = re.compile(r"([0-9a-f]{12})-([0-9]{1,15})-([0-9]{1,3})", re.ASCII)
_ITEM: Final = re.compile(r"(.{1,32}):([0-9]{1,2})", re.ASCII)


@dataclass(frozen=True)
class Named:
    """Be what a name says: how the conversation's id begins, and which message it is."""

    conversation: str
    message_id: MessageId


@dataclass(frozen=True)
class Item:
    """Be what the id of a menu's item says: under which message of ours it stands, and its number there, from 0."""

    msgid: str
    message_id: MessageId
    number: int


def msgid_of(conversation_id: ConversationId, message_id: MessageId, part: int) -> str:
    """Return the name of a piece of a message, which is that of all that is joined to it: at most 32 bytes."""
    return f"{conversation_id[:CONVERSATION_SIGNS]}-{message_id}-{part}"


def named(msgid: str) -> Named | None:
    """Return what one of our names says, None for a name that others gave."""
    found = _NAME.fullmatch(msgid)
    return Named(found[1], MessageId(int(found[2]))) if found else None


def item_id(msgid: str, number: int) -> str:
    """Return the id of a menu's item; it may have 64 bytes."""
    return f"{msgid}:{number}"


def item(menu_id: str) -> Item | None:
    """Return what the id of a menu's item says, None where the menu is not ours."""
    found = _ITEM.fullmatch(menu_id)
    ours = named(found[1]) if found else None
    return Item(found[1], ours.message_id, int(found[2])) if found and ours else None
