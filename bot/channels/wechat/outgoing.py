"""Say in which form words and buttons go to WeChat. Pure.

Lengths are bytes of UTF-8. A button is a line of a tappable menu, or a link in a text that writes for the customer; where the
account may have neither, it is a line to be read.
"""

import unicodedata
from collections.abc import Sequence
from typing import Final
from urllib.parse import quote

from bot.channels.splitting import split
from bot.channels.wechat.payload import MORE
from bot.domain.ids import MessageId
from bot.domain.language import Language
from bot.domain.messages import Button, clean_text
from bot.domain.reply_plan import BETWEEN_BUBBLES, Menu
from bot.words import say

TEXT_BYTES: Final = 2048
MOST_LINES: Final = 10
TITLE_BYTES: Final = 120
_UNSEEN: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cn", "Mn", "Me"})


def size(text: str) -> int:
    """Return the length of a text as WeChat counts it."""
    return len(text.encode("utf-8", "surrogatepass"))


class Form:
    """Know what an account may show: ``tappable`` lines and links or not; ``leaves_hint``: every text has room for one."""

    def __init__(self, *, tappable: bool, leaves_hint: bool) -> None:
        self._tappable, self._leaves_hint = tappable, leaves_hint

    def cut(self, text: str) -> list[str]:
        """Return a text in pieces that one message each can carry; nothing where there is nothing to see."""
        room = max(size(BETWEEN_BUBBLES + self.hint(language)) for language in ("zh-Hans", "zh-Hant", "en"))
        most = TEXT_BYTES - room if self._leaves_hint else TEXT_BYTES
        return [
            piece for piece in split(text, most, size) if any(unicodedata.category(c) not in _UNSEEN for c in piece)
        ]

    def worded(self, message_id: MessageId, buttons: Sequence[Button]) -> str:
        """Return buttons as lines of text."""
        lines = [(number, title) for number, button in enumerate(buttons) if (title := title_of(button))]
        return "\n".join(self._line(f"{message_id}-{number}", title) for number, title in lines)

    def hint(self, language: Language) -> str:
        """Return the words that say that more is coming."""
        words = say(language, "more-with-your-next-word")
        return f"{words}\n{self._line(MORE, say(language, 'go-on'))}" if self._tappable else words

    def lines(self, menu: Menu) -> list[tuple[str, str]] | None:
        """Return the lines of a tappable menu, each an id and its words; None where it has to be words."""
        lines = [(f"{menu.message_id}-{number}", title_of(button)) for number, button in enumerate(menu.buttons)]
        words = menu.head + "".join(title for _, title in lines)
        fits = 0 < len(lines) <= MOST_LINES and all(title for _, title in lines) and size(words) <= TEXT_BYTES
        return lines if self._tappable and menu.head.strip() and fits else None

    def _line(self, line_id: str, title: str) -> str:
        if not self._tappable:
            return f"· {title}"
        link = f"weixin://bizmsgmenu?msgmenucontent={quote(title)}&msgmenuid={line_id}"
        return f'<a href="{link}">{title}</a>'


def title_of(button: Button) -> str:
    """Return the words on a button in one line that is not too long; empty where there is nothing to read."""
    words = " ".join(clean_text(button["title"]).translate(str.maketrans("<>", "‹›")).split())
    return words if size(words) <= TITLE_BYTES else split(words, TITLE_BYTES - size("…"), size)[0] + "…"
