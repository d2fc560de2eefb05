"""Shape values for the templates: moments, spans of time, first letters, excerpts."""

import re
from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.messages import Author

_AUTHORS: Final = frozenset(Author)
_PLAIN: Final = {"time": "%H:%M UTC", "day": "%Y-%m-%d"}
LONGEST_LINE: Final = 160
"""Characters of one message that a hand-off's summary keeps."""
_ENDS: Final = tuple("…。！？.!?")
_POINT: Final = re.compile(r" ([·•]) ")


def iso(moment: datetime) -> str:
    """Return a moment for the ``datetime`` attribute; the page's script shows it in the reader's zone."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def plain_moment(moment: datetime, kind: str = "full") -> str:
    """Return a moment for readers without scripts, as short as what the script puts in its place."""
    return moment.astimezone(UTC).strftime(_PLAIN.get(kind, "%Y-%m-%d %H:%M UTC"))


def minutes_until(since: datetime, now: datetime) -> int:
    """Return whole minutes between two moments, never less than none."""
    return max(0, int((now - since).total_seconds() // 60))


def excerpt(text: str, length: int = 90) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def initial(name: str | None) -> str:
    """Return the letter shown in somebody's circle, an empty text where there is none."""
    return next((c.upper() for c in name or "" if c.isalnum()), "")


def spoken_lines(summary: str) -> list[tuple[str | None, str]]:
    """Return a hand-off's summary as (author, words), None where a line names no author.

    An indented line goes on with the words before it, so that nobody's second line can pass for somebody else's words.
    Who sent something without words is left out: the conversation beside it shows what came.
    """
    lines: list[tuple[str | None, str]] = []
    for line in summary.splitlines():
        author, colon, words = line.partition(": ")
        if line.startswith(" ") and lines:
            before, begun = lines.pop()
            lines.append((before, f"{begun}\n{line.strip()}"))
        else:
            lines.append((author, words) if colon and author in _AUTHORS else (None, line))
    return [(author, _readable(words)) for author, words in lines if words.strip()]


def _readable(words: str) -> str:
    """Give the points of a list their lines back, and show where words were cut off."""
    cut = len(words) >= LONGEST_LINE and not words.endswith(_ENDS)
    return _POINT.sub(r"\n\1 ", words) + ("…" if cut else "")


FILTERS: Final[dict[str, Any]] = {
    "iso": iso, "plain_moment": plain_moment, "minutes_until": minutes_until, "excerpt": excerpt, "initial": initial,
    "spoken_lines": spoken_lines,
}  # fmt: skip
