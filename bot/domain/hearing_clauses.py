"""Cut a text into clauses, and leave out those that state nothing about anybody here and now."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain import hearing_filters as filters
from bot.domain.script import fold

READ: Final = 2_000
"""How many characters of a text are read."""
_LONGEST: Final = 240
"""How many characters of a clause are read; without a bound, hostile text could hold up a turn."""
_HAN: Final = "\u3400-\u9fff"
_END: Final = re.compile(
    r"[!?;,\n…~]+|\.+(?![0-9a-z])|"
    r"\b(?:but|though|however|although)\b|但是|但(?!凡)|不过(?!是)|可是|"
    r"[\u2600-\u27bf\U0001f300-\U0001faff\ufe0f]+|"
    rf"(?<=[{_HAN}]{{2}})(?<![喜欢爱要用买吃喝穿对是的])\s+(?=[{_HAN}]{{2}})|"
    r"\s(?:and|so|because|cos|plus|also)(?=\s(?:i|i'm|im|we|please|pls|don'?t|do not|no|never|my|only|always|can you|"
    r"could you|leave|call|text|e-?mail|hates?|loves?|can'?t|doesn'?t|prefers?|dislikes?|allergic)\b)|"
    r"(?<=\S)\s(?=(?:please|pls) (?:don'?t|do not|only|always|never|stop|leave|call|text|e-?mail|use)\b)|"
    r"(?<=[^而])(?:因为|所以)"
)
_STOPS: Final = re.compile(r"""[^\w"'”’)\]}」』+%#€£$]+$""")
_ASKING: Final = re.compile(r"\W*[吗嘛么]?\W*$")
_QUOTED: Final = re.compile(r'"[^"]{0,200}"|「[^」]{0,200}」|\'(?=i\b)[^\']{0,200}\'')
_SPEAKER: Final = re.compile(r"我|\b(?:i|i'm|me|my)\b")
_SAYING: Final = re.compile(r"(?:说|讲|写|问|道|喊|told \w+|said|says|saying|wrote|:)[,: ]*$")


@dataclass(frozen=True)
class Clause:
    """Be a piece of a text as it was written, and folded for the patterns: both have the same length.

    ``start`` is its place in the text; ``goes_on`` says that the sentence does not end with it.
    """

    written: str
    folded: str
    start: int
    goes_on: bool


def statements_in(text: str) -> Iterator[Clause]:
    """Yield the clauses that state something: no question, supposition, quotation, past, or what somebody else said."""
    supposed_before = False
    for clause in clauses_in(text):
        supposed = bool(filters.SUPPOSED.search(clause.folded)) and not filters.IF_NOBODY_HOME.search(clause.folded)
        carried = supposed_before and bool(
            re.match(r"\W*(?:我(?:就|会|可能|大概|应该|一定)|就|那|i'?d|i would|we'?d|would)", clause.folded)
        )
        supposed_before = supposed and clause.goes_on
        if not supposed and not carried and not _is_left_out(clause.folded):
            yield _bare(clause)


def clauses_in(text: str) -> Iterator[Clause]:
    """Cut a text at stops, at words that turn, and where somebody begins anew."""
    text = text[:READ]
    folded = _without_politeness(_without_quotations(fold(text)))
    start = 0
    for end in _END.finditer(folded):
        yield from _clause(text, folded, start, end.end(), end[0])
        start = end.end()
    yield from _clause(text, folded, start, len(text), "")


def _clause(text: str, folded: str, start: int, end: int, stop: str) -> Iterator[Clause]:
    while start < end and text[start].isspace():
        start += 1
    if start < end:
        end = min(end, start + _LONGEST)
        yield Clause(text[start:end], folded[start:end], start, not any(mark in stop for mark in "!?;\n."))


def _is_left_out(folded: str) -> bool:
    if filters.QUESTION.search(folded) and not _asks_politely(folded):
        return True
    if filters.PAST.search(folded) and not filters.STILL.search(folded):
        return True
    return any(
        pattern.search(folded) for pattern in (filters.NOT_SAID, filters.SOMEBODY_SAID, filters.NOBODY_IN_PARTICULAR)
    )


def _asks_politely(folded: str) -> bool:
    return bool(filters.ASKED_POLITELY.match(folded) and filters.LASTS.search(folded))


def _bare(clause: Clause) -> Clause:
    """Take stops, questioning particles and polite openings off."""
    opening = filters.ASKED_POLITELY.match(clause.folded)
    start = opening.end() if opening else 0
    length = len((_ASKING if opening else _STOPS).sub("", clause.folded))
    while start < length and clause.folded[start] == " ":
        start += 1
    return Clause(clause.written[start:length], clause.folded[start:length], clause.start + start, clause.goes_on)


def _without_quotations(folded: str) -> str:
    """Blank what is quoted if somebody speaks in it; a thing in quotes stays."""

    def blanked(quoted: re.Match[str]) -> str:
        speaks = _SPEAKER.search(quoted[0]) or _SAYING.search(folded[max(0, quoted.start() - 12) : quoted.start()])
        return " " * len(quoted[0]) if speaks else quoted[0]

    return _QUOTED.sub(blanked, folded)


def _without_politeness(folded: str) -> str:
    """Blank "if possible": it supposes nothing."""
    return filters.IF_POSSIBLE.sub(lambda found: " " * len(found[0]), folded)
