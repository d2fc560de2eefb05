"""Hear what customers say about their likes and wishes, in their own words.

A text is cut into clauses. A clause counts only if it states something about the speaker here and now: questions,
suppositions, other people, the past and reported speech are left out. Then the first pattern that fits gives polarity and
object, and the lexicon gives the kind. Nothing is inferred: every quote is a piece of the text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.domain import hearing_chinese, hearing_english
from bot.domain.complaints import is_angry, topic_of
from bot.domain.consent import ConsentWish
from bot.domain.hearing_filters import (
    CLAUSE,
    EMPTY_OBJECT,
    FAR_FROM_TASTE,
    HEDGE,
    LEADING,
    NOT_ABOUT_SPEAKER,
    NOT_STATED,
    QUESTION,
    SPEAKER,
    TRAILING,
)
from bot.domain.hearing_kinds import CONSENT_NO, CONSENT_YES, KINDS
from bot.domain.preferences import Expressed, Polarity
from bot.domain.script import fold

LONGEST_OBJECT: Final = 60
_ADVERTISING: Final = ("spam", "other")
_PATTERNS: Final = hearing_chinese.PATTERNS + hearing_english.PATTERNS
_MOST: Final = 10
_SURE: Final = 0.9
_HEDGED: Final = 0.6
_VAGUE: Final = 0.3
_READ: Final = 2_000


@dataclass(frozen=True)
class Clause:
    """Be a piece of a text: as it was written, and folded for the patterns; both have the same length."""

    written: str
    folded: str


def expressed_in(text: str) -> list[Expressed]:
    """Return the preferences that a text states, at most ten; a promotion consent is none (see ``consents_in``)."""
    found: dict[tuple[str, str, Polarity], Expressed] = {}
    for clause in statements_in(text):
        if CONSENT_NO.search(clause.folded) or CONSENT_YES.search(clause.folded):
            continue
        expressed = _read(clause)
        if expressed is not None:
            found.setdefault((expressed.kind, expressed.object.casefold(), expressed.polarity), expressed)
    return list(found.values())[:_MOST]


def vaguely_expressed_in(text: str) -> list[Expressed]:
    """Return the first statement whole, with little confidence: for a text known to be a preference by other means."""
    for clause in statements_in(text):
        words = _trimmed(clause.written, clause.folded)
        if len(words) > 1 and SPEAKER.search(clause.folded) and not FAR_FROM_TASTE.search(fold(words)):
            return [Expressed(_kind_of(clause.folded), words, Polarity.WANT, clause.written, _VAGUE)]
    return []


def consents_in(text: str) -> list[ConsentWish]:
    """Return the last yes or no to promotion that a text states; a no beats a yes in the same clause."""
    wishes = [
        ConsentWish("marketing", not CONSENT_NO.search(clause.folded), clause.written)
        for clause in statements_in(text)
        if CONSENT_NO.search(clause.folded) or CONSENT_YES.search(clause.folded)
    ]
    return wishes[-1:]


def only_refuses_promotion(text: str) -> bool:
    """Say whether a text, however cross it sounds, is about nothing but an end of advertising: granted, not filed."""
    refused = any(not wish.granted for wish in consents_in(text))
    return refused and topic_of(text) in _ADVERTISING and not is_angry(text)


def statements_in(text: str) -> Iterator[Clause]:
    """Cut a text into the clauses that state something about the speaker, here and now."""
    for piece in CLAUSE.finditer(text[:_READ]):
        written = piece[0].strip()
        folded = fold(written)
        if not written or QUESTION.search(folded) or NOT_STATED.search(folded) or NOT_ABOUT_SPEAKER.search(folded):
            continue
        bare = written.rstrip(" ,，;；.。!！~～")
        yield Clause(bare, fold(bare))


def _read(clause: Clause) -> Expressed | None:
    for polarity, pattern in _PATTERNS:
        match = pattern.search(clause.folded)
        if match is None:
            continue
        start, end = match.span(match.lastgroup or 0)
        thing = _trimmed(clause.written[start:end], clause.folded[start:end])
        if not thing or EMPTY_OBJECT.fullmatch(fold(thing)) or FAR_FROM_TASTE.search(fold(thing)):
            return None
        confidence = _HEDGED if HEDGE.search(clause.folded) else _SURE
        return Expressed(_kind_of(clause.folded), thing, polarity, clause.written, confidence)
    return None


def _kind_of(folded: str) -> str:
    return next((kind for kind, pattern in KINDS if pattern.search(folded)), "other")


def _trimmed(written: str, folded: str) -> str:
    """Take particles and politeness off both ends of an object."""
    front = LEADING.match(folded)
    start = front.end() if front else 0
    back = TRAILING.search(folded, start)
    return written[start : back.start() if back else None].strip(" ,，、:：\"'“”")[:LONGEST_OBJECT].strip()
