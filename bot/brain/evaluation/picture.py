"""Draw what is taken for what."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.brain.evaluation.cases import Measured

_INCHES: Final = 11
_INK: Final = "Blues"


def draw_confusions(measured: Sequence[Measured], path: Path) -> None:
    """Draw one row per intent and what its messages were taken for, in shares of the row, into a PNG file."""
    import matplotlib as mpl
    import numpy as np

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    intents = sorted({one.case.label for one in measured} | {one.found.label for one in measured})
    place = {intent: number for number, intent in enumerate(intents)}
    counts = np.zeros((len(intents), len(intents)))
    for one in measured:
        counts[place[one.case.label], place[one.found.label]] += 1
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)

    figure, axes = plt.subplots(figsize=(_INCHES, _INCHES))
    axes.imshow(shares, cmap=_INK, vmin=0, vmax=1)
    axes.set_xticks(range(len(intents)), intents, rotation=60, ha="right")
    axes.set_yticks(range(len(intents)), intents)
    axes.set_xlabel("taken for")
    axes.set_ylabel("it is")
    for row, column in zip(*np.nonzero(counts), strict=True):
        ink = "white" if shares[row, column] > 0.5 else "black"
        axes.text(column, row, int(counts[row, column]), ha="center", va="center", color=ink, fontsize=7)
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=90)
    plt.close(figure)
