"""Count: quantiles, the middle and the spread of rounds, and whether an aim was met."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


def quantile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share of the values lies (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True)
class Spread:
    """Be the rounds of one figure: the middle one, the lowest and the highest."""

    median: float
    low: float
    high: float


def spread(rounds: Sequence[float]) -> Spread:
    """Return the middle and the ends of some rounds."""
    return Spread(statistics.median(rounds), min(rounds), max(rounds))


def ratios(ours: Sequence[float], stock: Sequence[float]) -> Spread:
    """Return ours / stock, each round against the stock round beside it: what loads the machine loads both."""
    return spread([a / b for a, b in zip(ours, stock, strict=True)])


@dataclass(frozen=True)
class Aim:
    """Be what was promised, of the ratio or of our own figure."""

    of: Literal["ratio", "ours"]
    sense: Literal["≤", "≥"]
    value: float

    def met_by(self, figure: float) -> bool:
        return figure <= self.value if self.sense == "≤" else figure >= self.value


@dataclass(frozen=True)
class Measure:
    """Be one line of the table."""

    name: str
    unit: str
    ours: Spread
    stock: Spread | None = None
    ratio: Spread | None = None
    aim: Aim | None = None

    @property
    def met(self) -> bool | None:
        """Say whether the aim was met; None where there is none."""
        if self.aim is None:
            return None
        judged = self.ratio if self.aim.of == "ratio" else self.ours
        return judged is not None and self.aim.met_by(judged.median)
