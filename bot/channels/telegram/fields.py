"""Read single values out of what Telegram sends, and believe none of them. Pure.

python-telegram-bot checks that fields are there, not what they hold: a text may be a number, an id may be a word. Whatever is
of another kind than the Bot API says raises TypeError or ValueError.
"""

import math
from typing import Any, Final

from bot.domain.attachments import Detail
from bot.domain.messages import clean_text

BEYOND: Final = 2**52
"""The first number that Telegram says it never uses: its ids have at most 52 significant bits."""
LONGEST_DETAIL: Final = 1_000
LONGEST_REFERENCE: Final = 512


def words(value: object) -> str:
    """Return a text as it is."""
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    return value


def whole(value: object) -> int:
    """Return a whole number within Telegram's range."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError("a whole number is expected")
    if abs(value) >= BEYOND:
        raise ValueError("a number out of range")
    return value


def positive(value: object) -> int:
    """Return a whole number above 0 within Telegram's range."""
    if (number := whole(value)) <= 0:
        raise ValueError("a number above 0 is expected")
    return number


def line(value: object) -> str:
    """Return a text fit to be kept beside a message: without control characters, not endless."""
    return clean_text(words(value))[:LONGEST_DETAIL]


def reference(value: object) -> str:
    """Return the id of a file: printable ASCII of a sensible length, exactly as it came."""
    text = words(value)
    if not text.isascii() or not text.isprintable() or not 0 < len(text) <= LONGEST_REFERENCE:
        raise ValueError("not the id of a file")
    return text


def mapping(value: object) -> dict[str, Any]:
    """Return an object of the Bot API; what is null there is as good as left out."""
    if not isinstance(value, dict):
        raise TypeError("an object is expected")
    return {name: part for name, part in value.items() if part is not None}


def detail(value: object) -> Detail:
    """Return something worth reading about an attachment."""
    if isinstance(value, bool):
        return value
    if isinstance(value, int):
        return whole(value)
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError("a number out of range")
        return value
    return line(value)
