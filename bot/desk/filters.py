"""Shape values for the templates: moments, spans of time, first letters, excerpts."""

from datetime import UTC, datetime
from typing import Any, Final

from bot.domain.messages import Author

_AUTHORS: Final = frozenset(Author)


def iso(moment: datetime) -> str:
    """Return a moment for the ``datetime`` attribute; the page's script shows it in the reader's zone."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def plain_moment(moment: datetime) -> str:
    """Return a moment for readers without scripts."""
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC")


def minutes_until(since: datetime, now: datetime) -> int:
    """Return whole minutes between two moments, never less than none."""
    return max(0, int((now - since).total_seconds() // 60))


def excerpt(text: str, length: int = 90) -> str:
    """Return the beginning of a text on one line."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1] + "…"


def initial(name: str | None) -> str:
    """Return the letter shown in a customer's circle."""
    return next((c.upper() for c in name or "" if c.isalnum()), "·")


def spoken_lines(summary: str) -> list[tuple[str | None, str]]:
    """Return a hand-off's summary as (author, words) per line, None where a line names no author."""
    lines: list[tuple[str | None, str]] = []
    for line in summary.splitlines():
        author, colon, words = line.partition(": ")
        named = bool(colon) and author in _AUTHORS
        lines.append((author, words) if named else (None, line))
    return lines


FILTERS: Final[dict[str, Any]] = {
    "iso": iso, "plain_moment": plain_moment, "minutes_until": minutes_until, "excerpt": excerpt, "initial": initial,
    "spoken_lines": spoken_lines,
}  # fmt: skip
