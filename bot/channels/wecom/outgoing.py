"""Say in which form words, menus and files go to WeCom; pure.

Lengths are bytes of UTF-8. https://developer.work.weixin.qq.com/document/path/94677
"""

import unicodedata
from collections.abc import Sequence
from typing import Any, Final

from bot.channels.splitting import split
from bot.channels.wecom import naming
from bot.domain.attachments import PICTURES, Attachment
from bot.domain.ids import MessageId
from bot.domain.messages import Button, clean_text
from bot.domain.reply_plan import Bundle, Menu
from bot.errors import Undeliverable

TEXT_BYTES: Final = 2048
HEAD_BYTES: Final = 1024
MOST_ITEMS: Final = 10
ITEM_BYTES: Final = 128
FILE_BYTES: Final = {"image": 2_000_000, "voice": 2_000_000, "video": 10_000_000, "file": 20_000_000}
_IMAGES: Final = PICTURES & {"image/jpeg", "image/png"}
_UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Mn", "Me"})


def content_of(bundle: Bundle, msgid: str) -> dict[str, Any]:
    """Return the fields of a call that sends words: as a menu where one fits, whose items carry our name for it."""
    if bundle.menu is not None and fits(bundle.menu):
        shown = {"head_content": bundle.menu.head, "list": _items(bundle.menu.buttons, msgid)}
        return {"msgtype": "msgmenu", "msgmenu": shown}
    return {"msgtype": "text", "text": {"content": bundle.text}}


def fits(menu: Menu) -> bool:
    """Say whether WeCom can show a menu: not too many words above it, not too many items, each with something to read."""
    if not 0 < size(menu.head) <= HEAD_BYTES or len(menu.buttons) > MOST_ITEMS:
        return False
    return all(_title(button["title"]) for button in menu.buttons)


def cut(text: str) -> list[str]:
    """Return a text in pieces that one call each can carry; nothing where there is nothing to see."""
    return [piece for piece in split(text, TEXT_BYTES, size) if _can_be_seen(piece)]


def worded(_message_id: MessageId, buttons: Sequence[Button]) -> str:
    """Return buttons as lines of text, for where no menu can be shown: whoever wants one writes what stands there."""
    return "\n".join(f"· {title}" for button in buttons if (title := _title(button["title"])))


def kind_of(attachment: Attachment, content: bytes) -> str:
    """Return as what a file goes: a picture or a film is shown where WeCom can, all else is a file to be saved.

    Raises Undeliverable for one that WeCom does not take.
    """
    kind = "image" if attachment.media_type in _IMAGES else "video" if attachment.media_type == "video/mp4" else "file"
    if len(content) > FILE_BYTES[kind]:
        kind = "file"
    if not 5 < len(content) <= FILE_BYTES[kind]:
        raise Undeliverable("the file is too large for WeCom" if content else "the file is empty")
    return kind


def size(text: str) -> int:
    """Return the length of a text as WeCom counts it."""
    return len(text.encode("utf-8", "surrogatepass"))


def _items(buttons: Sequence[Button], msgid: str) -> list[dict[str, Any]]:
    return [
        {"type": "click", "click": {"id": naming.item_id(msgid, number), "content": _title(button["title"])}}
        for number, button in enumerate(buttons)
    ]


def _title(title: str) -> str:
    words = " ".join(clean_text(title).split())
    return words if size(words) <= ITEM_BYTES else split(words, ITEM_BYTES - size("…"), size)[0] + "…"


def _can_be_seen(text: str) -> bool:
    return any(unicodedata.category(c) not in _UNSEEN for c in text)
