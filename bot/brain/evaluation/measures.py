"""Count what was right and what was not: precision, recall, F1, confusions and calibration."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

from bot.brain.evaluation.cases import Measured, Wish
from bot.domain.preferences import CUSTOMER, Expressed, Polarity
from bot.domain.script import fold

_BINS: Final = 10


@dataclass(frozen=True)
class Counts:
    """Count hits, false alarms and misses of one thing."""

    hits: int
    alarms: int
    misses: int

    @property
    def precision(self) -> float:
        """Return which share of what was found is there; 1 where nothing was found."""
        return _share(self.hits, self.hits + self.alarms)

    @property
    def recall(self) -> float:
        """Return which share of what is there was found; 1 where nothing is there."""
        return _share(self.hits, self.hits + self.misses)

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return _share(2 * self.hits, 2 * self.hits + self.alarms + self.misses)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def counted(
    measured: Iterable[Measured], there: Callable[[Measured], bool], found: Callable[[Measured], bool]
) -> Counts:
    """Count how far ``found`` agrees with ``there``."""
    tally = Counter((there(one), found(one)) for one in measured)
    return Counts(tally[True, True], tally[False, True], tally[True, False])


def by_intent(measured: Sequence[Measured]) -> dict[str, Counts]:
    """Return the counts of each intent as the main label, of those that the cases hold."""
    intents = sorted({one.case.label for one in measured})
    return {
        intent: counted(measured, lambda one, i=intent: one.case.label == i, lambda one, i=intent: one.found.label == i)  # type: ignore[misc]
        for intent in intents
    }


def macro_f1(measured: Sequence[Measured]) -> float:
    """Return the mean F1 of all intents: a rare one weighs as much as a frequent one."""
    return fmean(counts.f1 for counts in by_intent(measured).values())


def accuracy(measured: Sequence[Measured]) -> float:
    """Return the share of right main labels."""
    return fmean(one.is_right for one in measured)


def confusions(measured: Iterable[Measured]) -> Counter[tuple[str, str]]:
    """Count every wrong pair: what it is, and what it was taken for."""
    return Counter((one.case.label, one.found.label) for one in measured if not one.is_right)


def calibration_error(measured: Sequence[Measured]) -> float:
    """Return by how much confidence and being right differ on average, over ten bins of confidence (ECE)."""
    bins: dict[int, list[Measured]] = {}
    for one in measured:
        bins.setdefault(min(_BINS - 1, int(one.found.confidence * _BINS)), []).append(one)
    apart = sum(len(own) * abs(fmean(one.found.confidence for one in own) - accuracy(own)) for own in bins.values())
    return apart / len(measured)


def wishes(measured: Iterable[Measured]) -> Counts:
    """Count preferences of the customer's own: found where one of the same polarity speaks of the same words."""
    hits = alarms = misses = 0
    for one in measured:
        own = [wish for wish in one.case.wishes if wish.is_own]
        heard = [found for found in one.found.preferences if found.subject == CUSTOMER]
        met = [wish for wish in own if any(_is_about(found, wish) for found in heard)]
        hits += len(met)
        misses += len(own) - len(met)
        alarms += sum(not any(_is_about(found, wish) for wish in own) for found in heard)
    return Counts(hits, alarms, misses)


def wrong_subjects(measured: Iterable[Measured]) -> float:
    """Return which share of the preferences taken for the customer's own is somebody else's."""
    heard = strange = 0
    for one in measured:
        others = [wish for wish in one.case.wishes if not wish.is_own]
        own = [found for found in one.found.preferences if found.subject == CUSTOMER]
        heard += len(own)
        strange += sum(any(_is_about(found, wish) for wish in others) for found in own)
    return strange / heard if heard else 0.0


def _is_about(found: Expressed, wish: Wish) -> bool:
    said, marked = fold(found.object).casefold(), fold(wish.object).casefold()
    return (said in marked or marked in said) and found.polarity not in Polarity(wish.polarity).opposes
