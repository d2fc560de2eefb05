"""Say what a clause states of its writer's likes and wishes: what is learnt from marked ones, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.brain.nlu.clauses import Word
from bot.brain.nlu.terms import CUE_MARK
from bot.brain.nlu.thing_finder import Span, ThingFinder
from bot.domain.hearing import MOST, expressed_in, expression, trimmed
from bot.domain.hearing_asked import allergy_asked_about
from bot.domain.hearing_clauses import Clause, clauses_in
from bot.domain.preferences import CUSTOMER, Expressed, Polarity
from bot.domain.script import fold


class Take(StrEnum):
    """Tell how a clause stands to a thing: one of the four polarities, somebody else's, or not at all."""

    LIKE = "like"
    DISLIKE = "dislike"
    WANT = "want"
    AVOID = "avoid"
    ANOTHERS = "another's"
    NONE = "none"


_FOR: Final = (Take.LIKE, Take.WANT)
_AGAINST: Final = (Take.DISLIKE, Take.AVOID)


@dataclass(frozen=True)
class Bars:
    """Set from which probability a stance is believed: ``alone``, and where a rule ``heard`` the same."""

    alone: float
    heard: float


@dataclass(frozen=True)
class Mark:
    """Be the place of a thing in a text, as somebody marked it, and its polarity; ``is_own``: the customer's."""

    start: int
    end: int
    polarity: str
    is_own: bool


@dataclass(frozen=True)
class Stated:
    """Be a clause: its words, what the rules hear in it, and where it is marked its take and things."""

    clause: Clause
    words: tuple[str, ...]
    heard: tuple[Expressed, ...]
    take: Take
    things: tuple[Span, ...]


def stated(text: str, tokens: Sequence[Word], marks: Sequence[Mark] = ()) -> Iterator[Stated]:
    """Cut a text into clauses; marks that lie in none are left out."""
    rules = expressed_in(text)
    for clause in clauses_in(text):
        start, end = clause.start, clause.start + len(clause.written)
        heard = tuple(one for one in rules if one.quote_start < end and one.quote_end > start)
        own = [mark for mark in marks if start <= mark.start < end]
        words = [token.text for token in tokens if start <= token.start < end]
        things = tuple((mark.start - start, min(mark.end, end) - start) for mark in own)
        yield Stated(clause, (*words, *_cues(heard)), heard, _take(own), things)


def _cues(heard: Sequence[Expressed]) -> Iterator[str]:
    for one in heard:
        whose = "own" if one.subject == CUSTOMER else "other"
        yield from (f"{CUE_MARK}{whose}-{one.polarity}", f"{CUE_MARK}{one.kind}", f"{CUE_MARK}sure{one.confidence}")


def _take(marks: Sequence[Mark]) -> Take:
    own = [mark for mark in marks if mark.is_own]
    if own:
        return Take(own[0].polarity)
    return Take.ANOTHERS if marks else Take.NONE


def read(
    text: str, clauses: Sequence[Stated], told: Sequence[Mapping[Take, float]], things: ThingFinder, bars: Bars
) -> list[Expressed]:
    """Return what the clauses express, given the probabilities of their takes; each once, at most ``MOST``."""
    found: dict[tuple[str, str, bool], Expressed] = {}
    for one, probabilities in zip(clauses, told, strict=True):
        for expressed in _expressed(one, probabilities, things, bars):
            found.setdefault((expressed.subject, fold(expressed.object), Take(expressed.polarity) in _FOR), expressed)
    asked = allergy_asked_about(text)
    if asked is not None:
        found.setdefault((asked.subject, fold(asked.object), False), asked)
    return list(found.values())[:MOST]


def _expressed(
    one: Stated, probabilities: Mapping[Take, float], things: ThingFinder, bars: Bars
) -> Iterator[Expressed]:
    others = [heard for heard in one.heard if heard.subject != CUSTOMER]
    if others and probabilities.get(Take.ANOTHERS, 0.0) >= bars.heard:
        yield from others
        return
    side = max((_FOR, _AGAINST), key=lambda side: _sum(probabilities, side))
    sure = _sum(probabilities, side)
    agreed = [heard for heard in one.heard if heard.subject == CUSTOMER and Take(heard.polarity) in side]
    if agreed and sure >= bars.heard:
        yield from agreed
    elif sure >= bars.alone:
        take = max(side, key=lambda take: probabilities.get(take, 0.0))
        yield from _newly_found(one.clause, take, sure, things)


def _newly_found(clause: Clause, take: Take, sure: float, things: ThingFinder) -> Iterator[Expressed]:
    for start, end in things.things(clause.folded, take):
        span = trimmed(clause, start, end)
        if span[0] < span[1]:
            yield expression(clause, span, Polarity(take), CUSTOMER, round(sure, 2))


def _sum(probabilities: Mapping[Take, float], takes: Sequence[Take]) -> float:
    return sum(probabilities.get(take, 0.0) for take in takes)
