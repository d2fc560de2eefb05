"""Make a customer's words harmless for the engine: text stays text, never a command.

Rasa takes a message that begins with ``/`` as "this intent, these slots". No customer may say that, whatever they type; so
the model reads the words without the slash, and the tracker keeps them as they were written.
"""

import re
import unicodedata
from typing import Final

KEPT_CHARACTERS: Final = 4_000
"""How much the tracker remembers of one message; the whole text lies in the record."""
READ_CHARACTERS: Final = 1_000
"""How much the model reads of one message: a megabyte would occupy it for many seconds."""

_UNSPEAKABLE: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_CODE: Final = re.compile(r"[/{<$%\[\\][!-~]*")
_COMMAND_MARK: Final = re.compile(r"^[\s/]+")


def kept_text(text: str) -> str:
    """Return the words for the tracker: without control characters and broken halves of characters."""
    return _UNSPEAKABLE.sub(" ", text[:KEPT_CHARACTERS])


def read_text(text: str) -> str:
    """Return the words for the model: short, and never with the mark of a command in front."""
    return _COMMAND_MARK.sub("", kept_text(text))[:READ_CHARACTERS].strip()


def says_something(text: str) -> bool:
    """Say whether a text is worth reading; of anything else the model could only dream.

    It needs a letter, a digit or a rating's star, and must be more than one piece of code ("/restart", "{name}", "<b>").
    """
    words = kept_text(text).strip()
    if _CODE.fullmatch(words):
        return False
    return any(unicodedata.category(c)[0] in "LN" or c in "★⭐" for c in words)
