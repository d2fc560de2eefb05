"""Say in our words what an ``errcode`` means for a message: try later, wait for the customer, or never again.

https://developers.weixin.qq.com/doc/offiaccount/Getting_Started/Global_Return_Code.html ·
https://developer.work.weixin.qq.com/document/path/90313
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from bot.errors import BotError, ChannelError, TryLater, Undeliverable, Unreachable, WindowClosed

BUSY: Final = -1
TOKEN_REFUSED: Final = frozenset({40001, 40014, 42001})
_LATER: Final = {
    BUSY: timedelta(seconds=5),
    40001: timedelta(minutes=1), 40014: timedelta(minutes=1), 42001: timedelta(minutes=1),  # the new token, too
    40164: timedelta(minutes=1), 60020: timedelta(minutes=1),  # our address is not listed: the operator can mend that
    45009: timedelta(minutes=10), 45011: timedelta(minutes=1), 45033: timedelta(seconds=5),
}  # fmt: skip
_WINDOW: Final = frozenset({45015, 45047, 95001, 95002})
_UNREACHABLE: Final = frozenset({40003, 43004, 43019, 48002, 50005})


class Unanswered(BotError):
    """Report a call of which nobody knows whether the platform acted on it."""


def translated(errcode: int, words: Mapping[int, str]) -> ChannelError:
    """Return our error for a code; ``words`` are for the desk, and nothing of the platform's own text is repeated."""
    reason = f"{errcode}: {words.get(errcode, 'refused by the platform')}"
    if errcode in _LATER:
        return TryLater(reason, _LATER[errcode])
    if errcode in _WINDOW:
        return WindowClosed(reason)
    return Unreachable(reason) if errcode in _UNREACHABLE else Undeliverable(reason)
