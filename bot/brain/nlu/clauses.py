"""Cut a message into the clauses that may each be about a matter of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Protocol

MOST: Final = 12
"""Read at most so many clauses of a message on their own; the rest counts in the reading of the whole."""
_ENDS: Final = frozenset("，。！？；,.!?;\n…~～")
_OPENERS: Final = frozenset(
    "另外 还有 顺便 而且 并且 再者 再有 此外 对了 但是 但 不过 可是 然后 also but plus btw besides anyway".split()
)
"""Words that open a new matter even where the customer wrote no comma."""
_AND: Final = frozenset({"and", "还"})
_AFTER_AND: Final = frozenset(
    "can could please pls how what when where i my do does is are will would 想 要 能 可以 请 帮 麻烦".split()
)


class Word(Protocol):
    """Be a token that knows where it stood in the text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Clause:
    """Be a piece of a message: its text and its words."""

    text: str
    words: tuple[str, ...]


def clauses(text: str, words: Sequence[Word]) -> list[Clause]:
    """Return the clauses in their order; one of a single word goes with the next: alone it says too little."""
    joined: list[list[Word]] = []
    short: list[Word] = []
    for clause in _cut(text, words):
        short = [*short, *clause]
        if len(short) > 1:
            joined.append(short)
            short = []
    if joined:
        joined[-1] = [*joined[-1], *short]
    elif short:
        joined.append(short)
    return [_clause(text, words) for words in joined[:MOST]]


def _clause(text: str, words: Sequence[Word]) -> Clause:
    return Clause(text[words[0].start : words[-1].end], tuple(word.text for word in words))


def _cut(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    clause: list[Word] = []
    for word, following in zip_longest(words, words[1:]):
        opens = word.text in _OPENERS or (word.text in _AND and following is not None and following.text in _AFTER_AND)
        if opens and clause:
            yield clause
            clause = []
        clause.append(word)
        # Question and exclamation marks are words of their own; all other marks stand between words.
        if word.text in _ENDS or (following is not None and _ENDS.intersection(text[word.end : following.start])):
            yield clause
            clause = []
    if clause:
        yield clause
