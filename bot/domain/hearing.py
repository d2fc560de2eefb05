"""Hear what customers say about likes and wishes, in their own words.

A text is cut into clauses (``hearing_clauses``), of which only statements count. The first way of saying it that fits
(``hearing_chinese``, ``hearing_english``) gives polarity and object, what stands before it whose taste it is
(``hearing_subjects``), and the lexicon the kind (``hearing_kinds``). Nothing is inferred: every quote and every object is a
piece of the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from bot.domain import hearing_chinese, hearing_english
from bot.domain import hearing_filters as filters
from bot.domain.consent import ConsentWish
from bot.domain.grievance_signs import mentions_grievance
from bot.domain.grievance_topics import topic_of
from bot.domain.grievances import is_angry
from bot.domain.hearing_asked import allergy_asked_about
from bot.domain.hearing_clauses import Clause, statements_in
from bot.domain.hearing_kinds import MARKETING, kind_of
from bot.domain.hearing_promotion import promotion_in
from bot.domain.hearing_subjects import Context, is_chinese, meant_for, named_in, subject_of
from bot.domain.hearing_ways import SURE, Way
from bot.domain.preferences import CUSTOMER, Expressed, Polarity, Strength
from bot.domain.script import fold
from bot.domain.time_limits import time_limit_in

LONGEST_OBJECT: Final = 60
_ADVERTISING: Final = ("spam", "other")
MOST: Final = 10
"""How many preferences of one message are kept."""
_HEDGED: Final = 0.6
_VAGUE: Final = 0.3
_SPEAKER: Final = re.compile(
    r"我|以后|请|别|不|要|希望|最好|只|都|喜欢|\b(?:i|i'm|me|my|mine|we|please|don't|prefer|only|always|never|no)\b"
)


def expressed_in(text: str) -> list[Expressed]:
    """Return the preferences that a text states, at most ten, each once."""
    found: dict[tuple[str, str, Polarity], Expressed] = {}
    for expressed in _heard_in(text, tells_news=mentions_grievance(text)):
        found.setdefault((expressed.subject, fold(expressed.object), expressed.polarity), expressed)
        if len(found) == MOST:
            break
    asked = allergy_asked_about(text)
    if asked is not None:
        found.setdefault((asked.subject, fold(asked.object), asked.polarity), asked)
    return list(found.values())[:MOST]


def as_read(read: Iterable[Mapping[str, Any]] | None, text: str) -> list[Expressed]:
    """Return what the model read in a text (``Expressed.as_json``); where none has read it, what the rules hear."""
    return expressed_in(text) if read is None else [Expressed.from_json(one) for one in read]


def vaguely_expressed_in(text: str) -> list[Expressed]:
    """Return the first statement whole, with little confidence: for a text known to be a preference by other means."""
    for clause in statements_in(text):
        start, end = trimmed(clause, 0, len(clause.folded))
        thing = clause.folded[start:end]
        if len(thing) > 1 and _SPEAKER.search(clause.folded) and not filters.FAR_FROM_TASTE.search(thing):
            return [expression(clause, (start, end), Polarity.WANT, CUSTOMER, _VAGUE)]
    return []


def consents_in(text: str) -> list[ConsentWish]:
    """Return the last yes or no to promotion that a text states."""
    wishes = []
    for clause in statements_in(text):
        stance = promotion_in(clause.folded)
        if stance and not named_in(clause.folded, clause.written):
            wishes.append(ConsentWish("marketing", stance[0] is Polarity.WANT, clause.written))
    return wishes[-1:]


def only_refuses_promotion(text: str) -> bool:
    """Say whether a text, however cross it sounds, is about nothing but an end of advertising: granted, not filed."""
    refused = any(not wish.granted for wish in consents_in(text))
    return refused and topic_of(text) in _ADVERTISING and not is_angry(text)


def _heard_in(text: str, *, tells_news: bool) -> Iterator[Expressed]:
    context = Context()
    for clause in statements_in(text):
        stance = promotion_in(clause.folded)
        if stance:
            start, end = trimmed(clause, *stance[1])
            aspect = "opt_in" if stance[0] is Polarity.WANT else "opt_out"
            yield expression(clause, (start, end), stance[0], CUSTOMER, SURE, (MARKETING, aspect))
            continue
        expressed = _read(clause, context, tells_news=tells_news)
        if expressed is not None:
            yield expressed
        named = meant_for(clause.folded, clause.written) or named_in(clause.folded, clause.written)
        is_fresh = clause.goes_on and bool(meant_for(clause.folded, clause.written) or _is_of_another(expressed))
        context = Context(named or context.last_named, is_fresh)


def _is_of_another(expressed: Expressed | None) -> bool:
    return expressed is not None and expressed.subject != CUSTOMER


def _read(clause: Clause, context: Context, *, tells_news: bool) -> Expressed | None:
    """Return what a clause states in the first way that fits.

    Where somebody tells what went wrong, or what is to be done with one order, a wish is about that and no lasting one.
    """
    is_news = tells_news or bool(filters.NEWS.search(clause.folded))
    for way in hearing_chinese.WAYS if is_chinese(clause.folded) else hearing_english.WAYS:
        if is_news and way.means is None and (way.polarity is Polarity.WANT or _is_habit(way)):
            continue
        for match in way.pattern.finditer(clause.folded):
            subject = _subject(clause, way, match.start(), context)
            if subject is None:
                continue
            span = trimmed(clause, *match.span(match.lastindex or 0), prefers="prefer" in match[0])
            if _is_acceptable(clause, way, span):
                confidence = _HEDGED if filters.HEDGE.search(clause.folded) else way.confidence
                return expression(clause, span, way.polarity, subject, confidence, way.means)
    return None


def _is_habit(way: Way) -> bool:
    return way.polarity is Polarity.AVOID and way.has_subject


def _subject(clause: Clause, way: Way, cue: int, context: Context) -> str | None:
    if not way.has_subject:
        return meant_for(clause.folded, clause.written) or CUSTOMER
    subject = subject_of(clause.written, clause.folded, cue, context)
    return (meant_for(clause.folded, clause.written) or subject) if subject == CUSTOMER else subject


def _is_acceptable(clause: Clause, way: Way, span: tuple[int, int]) -> bool:
    thing = clause.folded[slice(*span)]
    if not thing or filters.EMPTY_OBJECT.fullmatch(thing) or filters.FAR_FROM_TASTE.search(thing):
        return False
    if not way.has_subject and filters.NEWS.search(clause.folded) and not filters.FOR_GOOD.search(clause.folded):
        return False
    return not way.kinds or kind_of(thing, clause.folded)[0] in way.kinds


def expression(
    clause: Clause, span: tuple[int, int], polarity: Polarity, subject: str, confidence: float,
    means: tuple[str, str] | None = None,
) -> Expressed:  # fmt: skip
    """Put a preference together whose object stands at ``span`` of a clause; ``means`` overrides kind and aspect."""
    kind, aspect = means or kind_of(clause.folded[slice(*span)], clause.folded)
    limit = time_limit_in(clause.folded)
    return Expressed(
        kind, clause.written[slice(*span)], polarity, clause.written, confidence,
        clause.start, clause.start + len(clause.written), aspect, _strength(clause.folded), subject[:80],
        clause.written[slice(*limit)] if limit else "",
    )  # fmt: skip


def _strength(folded: str) -> Strength:
    if filters.STRONG.search(folded):
        return Strength.STRONG
    return Strength.MILD if filters.MILD.search(folded) else Strength.PLAIN


def trimmed(clause: Clause, start: int, end: int, *, prefers: bool = False) -> tuple[int, int]:
    """Return an object's place without the particles and politeness around it and without what follows it."""
    folded = clause.folded[:end]
    front = filters.LEADING.match(folded[start:])
    start += front.end() if front else 0
    cuts = [filters.CUT_CHINESE if is_chinese(folded[start:]) else filters.CUT_ENGLISH]
    cuts += [filters.CUT_PREFERRED_TO] if prefers else []
    for cut in cuts:
        found = cut.search(folded, start)
        if found and found.start() > start:
            folded = folded[: found.start()]
    end = min(len(folded), start + LONGEST_OBJECT)
    back = filters.TRAILING.search(folded, start, end)
    return start, max(start, back.start() if back else end)
