"""Find the entry that a question is about, and know when there is none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

from bm25s import BM25

from actions.knowledge.entries import Entry, read_entries
from actions.knowledge.terms import terms_of
from bot import settings
from bot.domain.language import Language

FOLDER: Final = Path(__file__).parents[2] / "data" / "faq"
BAR: Final = 7.5
"""Score from which an answer is given: measured on every other line of tests/understanding/faq.jsonl."""
_ENGLISH: Final = 0.8
"""Share of a bar that English has to reach: its questions have fewer terms to score with. Measured in the same way."""
_SHARE: Final = 3.0
"""Score that a short question, and the talk before it, each have to reach with the entry that it is taken for."""
_LONG: Final = 16
"""Terms from which a question has to score higher: common words add up by chance."""
_CLOSE: Final = 0.1
"""Share of the best score within which a second entry is as likely meant."""
_FAVOUR: Final = 1.2
"""What it counts for an entry that the message was read as a question of its topic."""


@dataclass(frozen=True)
class Sure:
    """Be the entry that was asked for."""

    entry: Entry


@dataclass(frozen=True)
class Torn:
    """Be two entries of which either may be meant, the likelier first."""

    entries: tuple[Entry, Entry]


@dataclass(frozen=True)
class Unknown:
    """Say that nothing here answers the question."""


@dataclass(frozen=True)
class Library:
    """Be all entries and their index; each stands in it twice, in Chinese and in English."""

    entries: tuple[Entry, ...]
    _index: BM25 = field(repr=False)
    _exact: Mapping[str, Entry] = field(repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "Library":
        """Index the entries."""
        known = tuple(entries)
        index = BM25(method="robertson")
        if known:
            index.index([terms_of(text) for text in _documents(known)], show_progress=False)
        return cls(known, index, _unmistakable(known))

    def entry(self, entry_id: str) -> Entry | None:
        """Return the entry of that id, if it is still here."""
        return next((entry for entry in self.entries if entry.id == entry_id), None)

    def search(self, text: str, *, likely: str = "") -> Sure | Torn | Unknown:
        """Find what a text asks; ``likely`` is the intent that it was read as."""
        exact = self._exact.get(_key(text))
        if exact is not None:
            return Sure(exact)
        return _chosen(self._scores(text, likely), BAR * _ease(terms_of(text)))

    def search_on(self, text: str, answered: Entry, language: Language, likely: str) -> Sure | Unknown:
        """Find what a short text asks right after an answer: of the same topic, else what has to do with both."""
        within = _chosen(self._scores(text, answered.intent), _SHARE)
        if isinstance(within, Sure) and within.entry.intent == answered.intent and within.entry is not answered:
            return within
        title = answered.title[language]
        own, before = (dict(map(_by_id, self._scores(part, likely))) for part in (text, title))
        together = f"{text} {text} {title}"
        scores = [
            (score, entry)
            for score, entry in self._scores(together, likely)
            if entry is not answered and min(own.get(entry.id, 0.0), before.get(entry.id, 0.0)) >= _SHARE
        ]
        found = _chosen(scores, BAR * _ease(terms_of(together)))
        return Sure(found.entries[0]) if isinstance(found, Torn) else found

    def _scores(self, text: str, likely: str) -> list[tuple[float, Entry]]:
        known = [term for term in terms_of(text) if term in self._index.vocab_dict] if self.entries else []
        if not known:
            return []
        scores = self._index.get_scores(known).reshape(len(self.entries), 2).max(axis=1)
        return [
            (float(score) * (_FAVOUR if entry.intent == likely else 1.0), entry)
            for score, entry in zip(scores, self.entries, strict=True)
        ]


@cache
def library() -> Library:
    """Return the shop's library, read when it is first asked for and then kept by this process."""
    return Library.of(read_entries(FOLDER, with_demo=settings.read().demo))


def _chosen(scores: list[tuple[float, Entry]], bar: float) -> Sure | Torn | Unknown:
    ranked = sorted(scores, key=lambda pair: -pair[0])[:2]
    if not ranked or ranked[0][0] < bar:
        return Unknown()
    (best, entry), (second, other) = ranked[0], ranked[-1]
    if other is not entry and best - second < _CLOSE * best:
        return Torn((entry, other))
    return Sure(entry)


def _by_id(scored: tuple[float, Entry]) -> tuple[str, float]:
    score, entry = scored
    return entry.id, score


def _ease(terms: list[str]) -> float:
    """Return what a bar is worth for such a question."""
    english = all(term.isascii() for term in terms)
    return max(1.0, len(terms) / _LONG) * (_ENGLISH if english else 1.0)


def _documents(entries: tuple[Entry, ...]) -> Iterable[str]:
    for entry in entries:
        yield " ".join(entry.wordings("zh-Hans", "zh-Hant"))
        yield " ".join(entry.wordings("en"))


def _unmistakable(entries: tuple[Entry, ...]) -> dict[str, Entry]:
    """Return wordings that belong to one entry alone."""
    owners: dict[str, set[str]] = {}
    for entry in entries:
        for wording in entry.wordings("zh-Hans", "zh-Hant", "en"):
            owners.setdefault(_key(wording), set()).add(entry.id)
    by_id = {entry.id: entry for entry in entries}
    return {key: by_id[next(iter(ids))] for key, ids in owners.items() if len(ids) == 1}


def _key(text: str) -> str:
    """Return a text without its order: "发票怎么开" asks what "怎么开发票" does."""
    return " ".join(sorted(terms_of(text)))
