"""Cut text that is too long for a platform into pieces that read well.

Where one written sign ends and the next begins is Unicode's business (UAX #29), not ours: ``wcwidth`` knows it, families
of emoji, flags and stacks of accents included.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import Final

from wcwidth import iter_graphemes

Measure = Callable[[str], int]
"""How long a platform thinks a text is; it must count a text as the sum of its parts."""

LEAST_LIMIT: Final = 4
"""One character takes up to four bytes; no piece can be shorter."""

_BORDERS: Final = (
    re.compile(r"(?=\n\s*\n)"),  # a paragraph
    re.compile(r"(?=\n)"),
    re.compile(r"""[。！？；…]+[”’」』）》]*|[.!?]+["'”’)\]]*(?=\s)"""),  # a sentence
    re.compile(r"[，、]|(?=\s)"),
)


def utf16_units(text: str) -> int:
    """Return the length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, measure: Measure) -> list[str]:
    """Return the text in pieces of at most ``limit`` by ``measure``, in order; nothing but space is lost between them.

    It is cut after a paragraph, else a line, a sentence, a word, provided that this leaves no piece half empty; else
    between two written signs, and inside one only where that sign alone is longer than the limit.
    """
    if limit < LEAST_LIMIT:
        raise ValueError(f"a limit below {LEAST_LIMIT}")
    if measure(text) <= limit:
        return [whole] if (whole := text.strip()) else []
    units = list(_units(text, limit, measure))
    at = [0, *accumulate(map(len, units))]
    sizes = [0, *accumulate(map(measure, units))]
    pieces, start = [], 0
    while start < len(units):
        if units[start].isspace():
            start += 1
            continue
        end = bisect_right(sizes, sizes[start] + limit) - 1
        if end < len(units):
            end = _good_end(text, at, start, end)
        pieces.append(text[at[start] : at[end]].rstrip())
        start = end
    return pieces


def shorten(text: str, limit: int) -> str:
    """Return the text in at most ``limit`` written signs; what is left out shows as an ellipsis."""
    signs = list(iter_graphemes(text))
    return text if len(signs) <= limit else "".join(signs[: limit - 1]).rstrip() + "…"


def _units(text: str, limit: int, measure: Measure) -> Iterator[str]:
    """Yield what must stay together."""
    for sign in iter_graphemes(text):
        if measure(sign) <= limit:
            yield sign
        else:
            yield from sign


def _good_end(text: str, at: list[int], start: int, end: int) -> int:
    """Return the best place to end a piece that may reach from unit ``start`` to before unit ``end``."""
    middle = (at[start] + at[end]) // 2
    for border in _BORDERS:
        for found in reversed(list(border.finditer(text, middle, at[end] + 1))):
            place = bisect_right(at, found.end()) - 1
            if at[place] == found.end() and start < place <= end:
                return place
    return end
