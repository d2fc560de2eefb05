"""Say in which pieces a message goes to Telegram, with which buttons; pure.

Lengths are UTF-16 units, as Telegram counts them. https://core.telegram.org/bots/api#sendmessage
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from wcwidth import wcswidth

from bot.channels.splitting import shorten, split, utf16_units
from bot.domain.attachments import Attachment
from bot.domain.ids import MessageId
from bot.domain.messages import Button, Outgoing, clean_text
from bot.errors import Undeliverable

TEXT_UNITS: Final = 4096
CAPTION_UNITS: Final = 1024
PHOTO_BYTES: Final = 10_000_000
FILE_BYTES: Final = 50_000_000
PHOTOS: Final = frozenset({"image/jpeg", "image/png", "image/webp"})
MOST_BUTTONS: Final = 100
BUTTONS_IN_A_ROW: Final = 8
ROW_WIDTH: Final = 36
"""Columns of a terminal font that a narrow phone shows in one row of buttons; a Chinese character takes two."""

BUTTON_PADDING: Final = 2
TITLE_SIGNS: Final = 48
_SEEN_AS_NOTHING: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_UNSEEN_KINDS: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Mn", "Me"})


@dataclass(frozen=True)
class Piece:
    """Be what one call sends: words, or a file with a caption."""

    text: str
    attachment: Attachment | None = None
    keyboard: InlineKeyboardMarkup | None = None


def pieces(outgoing: Outgoing) -> list[Piece]:
    """Return what to send, one after another; buttons stand under the last piece.

    A file whose caption would be too long goes before its words: should Telegram refuse it, nothing has been said yet that
    speaks of it. Raises Undeliverable when there is nothing to read: Telegram refuses what cannot be seen.
    """
    texts = [text for text in split(clean_text(outgoing.text), TEXT_UNITS, utf16_units) if _can_be_seen(text)]
    if outgoing.attachment is None:
        found = [Piece(text) for text in texts]
    elif not texts or (len(texts) == 1 and utf16_units(texts[0]) <= CAPTION_UNITS):
        found = [Piece("".join(texts), outgoing.attachment)]
    else:
        found = [Piece("", outgoing.attachment), *(Piece(text) for text in texts)]
    if not found:
        raise Undeliverable("there is nothing to read in it")
    return [*found[:-1], replace(found[-1], keyboard=keyboard(outgoing.message_id, outgoing.buttons))]


def goes_as_photo(attachment: Attachment, content: bytes) -> bool:
    """Say whether Telegram may show it as a photo; anything else goes as a file."""
    return attachment.media_type in PHOTOS and len(content) <= PHOTO_BYTES


def keyboard(message_id: MessageId, buttons: Sequence[Button]) -> InlineKeyboardMarkup | None:
    """Return the buttons in rows that can be read; each carries our message id and its number, from 0, and no more."""
    rows: list[list[InlineKeyboardButton]] = []
    widest = 0
    for number, button in enumerate(buttons[:MOST_BUTTONS]):
        title = shorten(re.sub(r"\s+", " ", clean_text(button["title"])).strip(), TITLE_SIGNS)
        if not _can_be_seen(title):
            continue
        shown = InlineKeyboardButton(title, callback_data=f"b:{message_id}:{number}")
        width = max(wcswidth(title), len(title)) + BUTTON_PADDING
        if rows and len(rows[-1]) < BUTTONS_IN_A_ROW and max(widest, width) * (len(rows[-1]) + 1) <= ROW_WIDTH:
            rows[-1].append(shown)
            widest = max(widest, width)
        else:
            rows.append([shown])
            widest = width
    return InlineKeyboardMarkup(rows) if rows else None


def _can_be_seen(text: str) -> bool:
    return any(unicodedata.category(c) not in _UNSEEN_KINDS and c not in _SEEN_AS_NOTHING for c in text)
