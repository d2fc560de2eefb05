"""Say what a Telegram message carries beside its words. Pure.

The fields are read as Telegram wrote them, after python-telegram-bot has seen that all are there: its own types cannot decide
whether a duration is a number.
"""

from collections.abc import Callable
from typing import Any, Final

from bot.channels.telegram.fields import detail, line, mapping, reference, whole
from bot.domain.attachments import Attachment, Detail

MOST_OPTIONS: Final = 100

_FILES: Final = {
    # An animation is also sent as a document, for apps that know no animations: so it is looked for first.
    "animation": ("width", "height", "duration"),
    "live_photo": ("width", "height", "duration"),
    "voice": ("duration",),
    "audio": ("duration", "performer", "title"),
    "video": ("width", "height", "duration"),
    "video_note": ("length", "duration"),
    "sticker": ("emoji", "set_name"),
    "document": (),
}
_THINGS: Final = {
    "contact": ("phone_number", "first_name", "last_name"),
    "dice": ("emoji", "value"),
    "game": ("title", "description"),
    "paid_media": ("star_count",),
    "invoice": ("title", "description", "currency", "total_amount"),
    "story": ("id",),
}
_PLACE: Final = ("latitude", "longitude", "horizontal_accuracy", "live_period")


def attachment_of(message: dict[str, Any]) -> Attachment | None:
    """Return what a message carries, ``unknown`` if it has no words and nothing that we know; None for plain words."""
    if message.get("photo"):
        return _photo(message["photo"])
    for kind, names in _FILES.items():
        if kind in message:
            return _file(kind, _typed(kind, mapping(message[kind])), names)
    for kind, read in _READERS.items():
        if kind in message:
            return Attachment(kind, details=read(mapping(message[kind])))
    for kind, names in _THINGS.items():
        if kind in message:
            return Attachment(kind, details=_some(mapping(message[kind]), names))
    return None if "text" in message or "caption" in message else Attachment("unknown")


def _photo(sizes: list[dict[str, Any]]) -> Attachment:
    """Return the largest of the sizes in which Telegram keeps a photo; photos are always JPEG there."""
    largest = max(map(mapping, sizes), key=lambda size: whole(size["width"]) * whole(size["height"]))
    return _file("photo", {"mime_type": "image/jpeg"} | largest, ("width", "height"))


def _file(kind: str, it: dict[str, Any], names: tuple[str, ...]) -> Attachment:
    return Attachment(
        kind,
        file_ref=reference(it["file_id"]),
        name=line(it["file_name"]) if "file_name" in it else None,
        media_type=line(it["mime_type"]) if "mime_type" in it else None,
        size=whole(it["file_size"]) if "file_size" in it else None,
        details=_some(it, names),
    )


def _typed(kind: str, it: dict[str, Any]) -> dict[str, Any]:
    """Add the media type of a sticker, of which Telegram tells only the family."""
    if kind != "sticker":
        return it
    if it.get("is_animated"):
        return it | {"mime_type": "application/x-tgsticker"}
    return it | {"mime_type": "video/webm" if it.get("is_video") else "image/webp"}


def _venue(venue: dict[str, Any]) -> dict[str, Detail]:
    return _some(venue, ("title", "address")) | _some(mapping(venue["location"]), _PLACE)


def _location(location: dict[str, Any]) -> dict[str, Detail]:
    return _some(location, _PLACE)


def _poll(poll: dict[str, Any]) -> dict[str, Detail]:
    return {"question": line(poll["question"]), "options": _texts(poll["options"])}


def _checklist(checklist: dict[str, Any]) -> dict[str, Detail]:
    return {"title": line(checklist["title"]), "tasks": _texts(checklist["tasks"])}


def _texts(rows: list[dict[str, Any]]) -> list[str]:
    return [line(row["text"]) for row in rows[:MOST_OPTIONS]]


def _some(it: dict[str, Any], names: tuple[str, ...]) -> dict[str, Detail]:
    return {name: detail(it[name]) for name in names if name in it}


_READERS: Final[dict[str, Callable[[dict[str, Any]], dict[str, Detail]]]] = {
    "venue": _venue,  # which is sent as a location, too
    "location": _location,
    "poll": _poll,
    "checklist": _checklist,
}
