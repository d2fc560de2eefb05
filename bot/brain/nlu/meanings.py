"""Hold what the texts of a message mean, as vectors, and bring such vectors to a form that a linear machine learns from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

import numpy as np

from bot.brain.nlu.encoders import Array

MEANINGS = "meanings"
"""Where a message keeps them, between ``MeaningEncoder`` and the readers behind it."""

_STOPS: Final = " ,，、;；.。~～…\n\t"


def core(text: str) -> str:
    """Return a text without the stops around it: what lies between two commas is encoded once, whoever cut it out."""
    return text.strip(_STOPS) or text


class Meanings:
    """Be the vectors of a message and of its clauses, by the core of their text."""

    def __init__(self, vectors: Mapping[str, Array]) -> None:
        self._vectors = vectors

    def of(self, texts: Iterable[str]) -> Array:
        """Return one row per text. Raises ``KeyError`` for a text that was not encoded."""
        return np.vstack([self._vectors[core(text)] for text in texts])

    def fingerprint(self) -> str:
        """Say nothing new: the vectors follow from the text beside them (Rasa asks this of whatever a message holds)."""
        return MEANINGS


def centred(meanings: Array, centre: Array) -> Array:
    """Return vectors as directions from the ``centre``: what all texts have in common says nothing about any of them."""
    apart = meanings - centre
    lengths = np.linalg.norm(apart, axis=1, keepdims=True)
    directions: Array = (apart / np.where(lengths == 0, 1, lengths)).astype(np.float32)
    return directions


def side_by_side(*meanings: Array) -> Array:
    """Return one row per text with the numbers of all ``meanings`` in it."""
    return np.hstack(meanings)
