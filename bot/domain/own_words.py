"""Tell whether a message says something in the customer's own words; only such words are ever taken as theirs."""

import unicodedata
from enum import StrEnum
from typing import Final


class Words(StrEnum):
    """Name whose words a message holds. Forwarded ones are somebody else's, and a sticker has none."""

    OWN = "own"
    FORWARDED = "forwarded"
    NONE = "wordless"


_WRITTEN: Final = frozenset({"text", "command", "button"})
_THINGS: Final = {
    "photo": "photo", "image": "photo", "animation": "photo", "sticker": "sticker",
    "voice": "voice", "audio": "voice", "video": "video", "video_note": "video", "shortvideo": "video",
    "document": "file", "file": "file", "location": "place", "venue": "place", "contact": "contact", "poll": "poll",
}  # fmt: skip


def words_in(kind: str, text: str) -> Words:
    """Return whose words a message of this kind holds; a caption needs a letter, a digit or a rating's star to be one."""
    if kind == "forwarded":
        return Words.FORWARDED
    if kind in _WRITTEN or any(unicodedata.category(c)[0] in "LN" or c in "★⭐" for c in text):
        return Words.OWN
    return Words.NONE


def thing_of(kind: str) -> str:
    """Return our word for what came without words: photo, sticker, voice, video, file, place, contact, poll or other."""
    return _THINGS.get(kind, "other")
