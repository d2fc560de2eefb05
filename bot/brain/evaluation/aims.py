"""Name what we aim at, in figures, and how each is measured."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

from bot.brain.evaluation.cases import Measured
from bot.brain.evaluation.measures import (
    accuracy,
    calibration_error,
    counted,
    macro_f1,
    wishes,
    wrong_subjects,
)
from bot.brain.evaluation.understood import OUT_OF_SCOPE

Cases = Sequence[Measured]

_THE_WORD: Final = re.compile(r"投[诉訴]|客[诉訴]|申[诉訴]|complain", re.IGNORECASE)


@dataclass(frozen=True)
class Aim:
    """Be one figure and what it should reach; ``more`` says whether more is better."""

    name: str
    target: float
    measure: Callable[[Cases], float]
    more: bool = True

    def is_met(self, value: float, bound: float | None = None) -> bool:
        """Say whether a value reaches the target, or a bound of its own."""
        bound = self.target if bound is None else bound
        return value >= bound if self.more else value <= bound


def in_language(cases: Cases, *languages: str) -> list[Measured]:
    """Return the cases in these languages."""
    return [one for one in cases if one.case.language in languages]


def _asks(one: Measured) -> bool:
    return "ask_human" in one.case.labels


def _is_asked(one: Measured) -> bool:
    return "ask_human" in one.found.labels


def _complains(one: Measured) -> bool:
    return one.case.grievance is not None


def _is_complaint(one: Measured) -> bool:
    return one.found.grievance is not None


def _chinese(cases: Cases) -> list[Measured]:
    return in_language(cases, "zh-Hans", "zh-Hant")


def _english(cases: Cases) -> list[Measured]:
    return in_language(cases, "en")


def _rate(cases: Cases, found: Callable[[Measured], bool]) -> float:
    return fmean(map(found, cases)) if cases else 0.0


def _in_scope(cases: Cases) -> list[Measured]:
    return [one for one in cases if one.case.label != OUT_OF_SCOPE]


def _is_out(one: Measured) -> bool:
    return one.found.label == OUT_OF_SCOPE


def _without_the_word(cases: Cases) -> list[Measured]:
    return [one for one in cases if _complains(one) and not _THE_WORD.search(one.case.text)]


def _calm(cases: Cases) -> list[Measured]:
    """Return praise and neutral questions: nothing is complained of, and nobody is unhappy."""
    return [one for one in cases if not _complains(one) and one.case.sentiment >= 0]


def _complaint_f1(cases: Cases) -> float:
    return counted(cases, _complains, _is_complaint).f1


AIMS: Final = (
    Aim("ask_human recall", 0.98, lambda cases: counted(cases, _asks, _is_asked).recall),
    Aim("ask_human false alarms", 0.01, lambda cases: _rate([c for c in cases if not _asks(c)], _is_asked), more=False),
    Aim("complaint F1 zh", 0.90, lambda cases: _complaint_f1(_chinese(cases))),
    Aim("complaint F1 en", 0.90, lambda cases: _complaint_f1(_english(cases))),
    Aim("complaint recall without the word", 0.85, lambda cases: _rate(_without_the_word(cases), _is_complaint)),
    Aim("complaint false alarms on praise and questions", 0.05, lambda cases: _rate(_calm(cases), _is_complaint), more=False),
    Aim("intents macro-F1 zh", 0.90, lambda cases: macro_f1(_chinese(cases))),
    Aim("intents macro-F1 en", 0.88, lambda cases: macro_f1(_english(cases))),
    Aim("out_of_scope recall", 0.80, lambda cases: _rate([c for c in cases if c.case.label == OUT_OF_SCOPE], _is_out)),
    Aim("in scope but rejected", 0.05, lambda cases: _rate(_in_scope(cases), _is_out), more=False),
    Aim("preference precision", 0.95, lambda cases: wishes(cases).precision),
    Aim("preference recall", 0.80, lambda cases: wishes(cases).recall),
    Aim("preference of the wrong subject", 0.01, wrong_subjects, more=False),
    Aim(
        "zh-Hant behind zh-Hans", 0.02,
        lambda cases: accuracy(in_language(cases, "zh-Hans")) - accuracy(in_language(cases, "zh-Hant")), more=False,
    ),
    Aim("calibration error", 0.05, calibration_error, more=False),
    Aim("parse p50 in ms", 15.0, lambda cases: median(one.milliseconds for one in cases), more=False),
)  # fmt: skip
