"""Say what a message of WeCom carries: words, a file, a place, or a card that somebody passes on. Pure.

Cards (links, mini programs, goods, menus, other people's talk) are not the customer's own words: they are kept as forwarded.
https://developer.work.weixin.qq.com/document/path/94670
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.domain.attachments import Attachment, Detail
from bot.errors import UnreadablePayload

MOST_ITEMS: Final = 100
LONGEST_ID: Final = 512
FILES: Final = {
    "image": ("photo", "image/jpeg"),
    "voice": ("voice", "audio/amr"),
    "video": ("video", "video/mp4"),
    "file": ("document", None),
}
"""Our word for each kind of file, and the media type that it always has there."""
CARDS: Final = {
    "link": ("title", "desc", "url"),
    "miniprogram": ("title", "appid", "pagepath"),
    "channels": ("nickname", "title"),
    "channels_shop_product": ("title", "sales_price", "shop_nickname"),
    "channels_shop_order": ("product_titles", "price_wording", "state", "shop_nickname"),
}
"""What is worth reading of each card."""


@dataclass(frozen=True)
class Came:
    """Be what a message says; ``menu_id`` names the item of a menu that was tapped."""

    text: str
    kind: str = "text"
    attachment: Attachment | None = None
    menu_id: str | None = None


def read(raw: Mapping[str, Any]) -> Came:
    """Return what a customer or a servicer wrote.

    A kind that we do not know is kept as ``unknown``: a person can look at it. Raises UnreadablePayload for a known kind of
    another shape than it should have.
    """
    named = raw.get("msgtype")
    kind = named if isinstance(named, str) else ""
    if kind in FILES:
        return _file(*FILES[kind], mapping(raw, kind))
    if kind in CARDS:
        return _forwarded(_line(mapping(raw, kind), name) for name in CARDS[kind])
    reader = _READERS.get(kind)
    return reader(mapping(raw, kind)) if reader else Came("", "unknown", Attachment("unknown"))


def mapping(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """Return a part that must be there and have fields; raises UnreadablePayload."""
    found = raw.get(name)
    if not isinstance(found, Mapping):
        raise UnreadablePayload(f"{name} is missing")
    return found


def _text(it: Mapping[str, Any]) -> Came:
    content, menu_id = it.get("content"), it.get("menu_id")
    if not isinstance(content, str):
        raise UnreadablePayload("a text without words")
    return Came(content, menu_id=menu_id if isinstance(menu_id, str) and menu_id else None)


def _file(kind: str, media_type: str | None, it: Mapping[str, Any]) -> Came:
    media_id = it.get("media_id")
    if not isinstance(media_id, str) or not 0 < len(media_id) <= LONGEST_ID:
        raise UnreadablePayload("a file without its id")
    return Came("", kind, Attachment(kind, file_ref=media_id, media_type=media_type))


def _location(it: Mapping[str, Any]) -> Came:
    details: dict[str, Detail] = {name: it[name] for name in ("latitude", "longitude") if _is_number(it.get(name))}
    details |= {
        ours: words for ours, theirs in (("title", "name"), ("address", "address")) if (words := _line(it, theirs))
    }
    return Came("", "location", Attachment("location", details=details))


def _business_card(it: Mapping[str, Any]) -> Came:
    return Came("", "contact", Attachment("contact", details={"name": _line(it, "userid")}))


def _menu(it: Mapping[str, Any]) -> Came:
    items = it.get("list")
    shown = (_item_words(item) for item in items[:MOST_ITEMS]) if isinstance(items, list) else ()
    return _forwarded([_line(it, "head_content"), *shown, _line(it, "tail_content")])


def _item_words(item: object) -> str:
    """Return what stands on an item of a menu: each kind of item has its words in a part that is named like it."""
    kind = item.get("type") if isinstance(item, Mapping) else None
    part = item.get(kind) if isinstance(item, Mapping) and isinstance(kind, str) else None
    return _line(part, "content") if isinstance(part, Mapping) else ""


def _merged(it: Mapping[str, Any]) -> Came:
    items = it.get("item")
    said = (_merged_line(item) for item in items[:MOST_ITEMS]) if isinstance(items, list) else ()
    return _forwarded([_line(it, "title"), *said])


def _merged_line(item: object) -> str:
    """Return who said what; the words of each message come as JSON within the JSON."""
    if not isinstance(item, Mapping):
        return ""
    words = f"[{_line(item, 'msgtype')}]"
    try:
        inner = json.loads(_line(item, "msg_content"))
    except (ValueError, RecursionError):
        inner = None
    text = inner.get("text") if isinstance(inner, dict) else None
    if isinstance(text, dict) and _line(text, "content"):
        words = _line(text, "content")
    return f"{_line(item, 'sender_name')}: {words}"


def _forwarded(lines: Iterator[str] | list[str]) -> Came:
    text = "\n".join(line for line in lines if line)
    return Came(text, "forwarded") if text else Came("", "unknown", Attachment("unknown"))


def _line(it: Mapping[str, Any], name: str) -> str:
    """Return a text of a card, empty where there is none; numbers are texts there at times."""
    found = it.get(name)
    if isinstance(found, str):
        return found.strip()
    return str(found) if _is_number(found) else ""


def _is_number(found: object) -> bool:
    return isinstance(found, int | float) and not isinstance(found, bool)


_READERS: Final[dict[str, Callable[[Mapping[str, Any]], Came]]] = {
    "text": _text, "location": _location, "business_card": _business_card, "msgmenu": _menu, "merged_msg": _merged,
}  # fmt: skip
