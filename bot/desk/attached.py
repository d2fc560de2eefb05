"""Shape for the templates what came with a message, what it once said, and why it did not arrive."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from bot.desk.files import LARGEST_FETCHED
from bot.domain.attachments import Attachment
from bot.domain.messages import Author, Message, Version
from bot.edge.files import Shape, clean_file_name, shape_of

_DRAWN: Final = frozenset({
    "photo", "voice", "audio", "video", "animation", "video_note", "sticker", "document", "location", "venue",
    "contact", "poll", "dice", "story", "game", "live_photo", "checklist", "invoice", "paid_media", "link",
})  # fmt: skip
"""Kinds with words and a drawing of their own."""
_ALIASES: Final = {"image": "photo", "shortvideo": "video"}
"""What WeChat calls otherwise."""
_WORDS: Final = frozenset({"text", "command", "forwarded", "button"})
_SIZES: Final = ((1024 * 1024, "MB"), (1024, "KB"))
_FAILURES: Final = (
    (r"^(43004|50005):", "unfollowed"),
    (r"blocked|kicked|not reachable|^(43019|48002):", "blocked"),
    (r"48 hours|five messages", "window"),
    (r"^(95013|95018):|session is closed", "session"),
    (r"deactivated", "deactivated"),
    (r"chat not found|user not found|no such id|peer_id_invalid|chat_id_invalid|channel_private|^moved$", "no_chat"),
    (r"outcome unknown", "unknown"),
    (r"for too long", "given_up"),
    (r"switched off", "switched_off"),
    (r"not enough rights|have no rights|write_forbidden", "no_rights"),
    (r"^(40200|48001|48004):|may not send", "no_permission"),
    (r"^4000[458]:|takes pictures", "no_such_files"),
    (r"^40007:", "file_forgotten"),
    (r"is empty|nothing to read|no file to", "empty"),
    (r"too (big|large|long)", "too_large"),
)


@dataclass(frozen=True)
class Place:
    """Be a point on the earth, as a map reads it."""

    latitude: str
    longitude: str

    @property
    def link(self) -> str:
        """Return the address that opens it in the reader's own map."""
        return f"geo:{self.latitude},{self.longitude}"


def came(message: Message) -> str | None:
    """Return the kind of what came beside words, None where there are only words."""
    kind = message.attachment.kind if message.attachment else message.kind
    if kind in _WORDS:
        return None
    kind = _ALIASES.get(kind, kind)
    return kind if kind in _DRAWN else "unknown"


def file_shape(message: Message) -> Shape | None:
    """Return how the file of a message is shown; None where there is none to be had."""
    attachment = message.attachment
    if attachment is None or (attachment.file_ref is None and message.author is not Author.PERSON):
        return None
    return shape_of(attachment)


def is_too_big(attachment: Attachment) -> bool:
    """Say whether the platform will not give the file because of its size."""
    return attachment.file_ref is not None and (attachment.size or 0) > LARGEST_FETCHED


def place(attachment: Attachment) -> Place | None:
    """Return the point that was sent, None where the numbers are none."""
    latitude, longitude = (_degrees(attachment.details.get(name)) for name in ("latitude", "longitude"))
    return Place(latitude, longitude) if latitude and longitude else None


def _degrees(value: Any) -> str | None:
    """Return degrees with five decimals at most, which is about a metre."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= 180:
        return None
    return f"{round(value, 5) + 0.0:.5f}".rstrip("0").rstrip(".")


def readable_size(size: int | None) -> str:
    """Return a size in bytes for people, an empty text where nobody knows it."""
    if size is None:
        return ""
    for unit, name in _SIZES:
        if size >= unit:
            return f"{size / unit:.1f} {name}".replace(".0 ", " ")
    return f"{size} B"


def clock(seconds: Any) -> str:
    """Return a length of time as a player shows it, an empty text where nobody knows it."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or seconds < 0:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def earlier(message: Message, versions: Iterable[Version]) -> list[Version]:
    """Return what a message once said, oldest first, without the words that it says now."""
    kept = sorted(versions, key=lambda one: one.number)
    return kept[:-1] if kept and kept[-1].text == message.text else kept


def failure(reason: str | None) -> str | None:
    """Return the name of a reason that we have plain words for; None for any other."""
    found = (name for pattern, name in _FAILURES if re.search(pattern, reason or "", re.IGNORECASE))
    return next(found, None)


FILTERS: Final[dict[str, Any]] = {
    "came": came, "file_shape": file_shape, "is_too_big": is_too_big, "place": place, "readable_size": readable_size,
    "clock": clock, "earlier": earlier, "failure": failure, "clean_file_name": clean_file_name,
}  # fmt: skip
