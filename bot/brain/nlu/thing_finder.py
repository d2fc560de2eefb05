"""Find the words that name what a preference is about, in a clause that is known to state one.

A conditional random field reads the clause letter by letter of Chinese and word by word of everything else, and knows from
elsewhere how the customer feels about the thing: "no", "without" and "rather" stand at other places for each feeling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pycrfsuite

_UNIT: Final = re.compile(r"[\u3400-\u9fff]|[a-z]+(?:['-][a-z]+)*|\d+(?:[.:]\d+)*|\S")
_BEGINS, _GOES_ON, _OUTSIDE = "B", "I", "O"
_REACH: Final = 4
"""How many neighbours on each side of a unit are looked at."""
_LIKELY: Final = 0.35
"""From which probability a unit belongs to the thing where no reading of the whole clause holds one."""
_TRAINING: Final = {"c1": 0.05, "c2": 0.05, "max_iterations": 80, "feature.minfreq": 2}
_FILE: Final = "things.crfsuite"

Span = tuple[int, int]


@dataclass(frozen=True)
class Unit:
    """Be a letter or word and its place in the clause."""

    text: str
    start: int
    end: int


class ThingFinder:
    """Mark things in clauses, as learnt from marked ones."""

    def __init__(self, file: Path) -> None:
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open(str(file))

    @classmethod
    def train(cls, marked: Iterable[tuple[str, str, Sequence[Span]]], folder: Path) -> ThingFinder:
        """Learn from folded clauses, the stance each takes and the places of its things; keep it in ``folder``."""
        trainer = pycrfsuite.Trainer(params=_TRAINING, verbose=False)
        for folded, stance, things in marked:
            units = units_of(folded)
            trainer.append(_features(units, stance), [_tag(unit, things) for unit in units])
        trainer.train(str(folder / _FILE))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> ThingFinder:
        """Read what ``train`` kept."""
        return cls(folder / _FILE)

    def things(self, folded: str, stance: str) -> list[Span]:
        """Return the places of all things in a folded clause; where none is clear, of the likeliest."""
        units = units_of(folded)
        if not units:
            return []
        self._tagger.set(_features(units, stance))
        return list(_spans(units, self._tagger.tag())) or self._likeliest(units)

    def _likeliest(self, units: Sequence[Unit]) -> list[Span]:
        inside = [1 - self._tagger.marginal(_OUTSIDE, at) for at in range(len(units))]
        best = first = last = max(range(len(units)), key=inside.__getitem__)
        if inside[best] < _LIKELY / 2:
            return []
        while first > 0 and inside[first - 1] >= _LIKELY:
            first -= 1
        while last + 1 < len(units) and inside[last + 1] >= _LIKELY:
            last += 1
        return [(units[first].start, units[last].end)]


def units_of(folded: str) -> list[Unit]:
    """Cut a folded clause into single Chinese letters, words, numbers and signs."""
    return [Unit(found[0], *found.span()) for found in _UNIT.finditer(folded)]


def _tag(unit: Unit, things: Sequence[Span]) -> str:
    for start, end in things:
        if start <= unit.start < end:
            return _BEGINS if unit.start == start else _GOES_ON
    return _OUTSIDE


def _spans(units: Sequence[Unit], tags: Sequence[str]) -> Iterator[Span]:
    start, end = -1, -1
    for unit, tag in zip(units, tags, strict=True):
        if tag == _GOES_ON and start >= 0:
            end = unit.end
            continue
        if start >= 0:
            yield start, end
        start, end = (unit.start, unit.end) if tag != _OUTSIDE else (-1, -1)
    if start >= 0:
        yield start, end


def _features(units: Sequence[Unit], stance: str) -> list[list[str]]:
    words = ["<"] * _REACH + [unit.text for unit in units] + [">"] * _REACH
    return [_features_at(words, at + _REACH, stance) for at in range(len(units))]


def _features_at(words: Sequence[str], at: int, stance: str) -> list[str]:
    window = range(-_REACH, _REACH + 1)
    word = words[at]
    shape = "letters" if word.isascii() and word.isalpha() else "character" if word.isalpha() else "sign"
    features = ["bias", f"stance={stance}", f"shape={shape}"]
    features += [f"{off}={words[at + off]}" for off in window]
    features += [f"{stance}|{off}={words[at + off]}" for off in (-2, -1, 0, 1, 2)]
    features += [f"{off}|2={words[at + off]} {words[at + off + 1]}" for off in window[:-1]]
    features += [f"{off}|3={' '.join(words[at + off : at + off + 3])}" for off in (-3, -2, -1, 0, 1)]
    features += [f"end={word[-3:]}", f"start={word[:3]}"] if word.isascii() else []
    return features
