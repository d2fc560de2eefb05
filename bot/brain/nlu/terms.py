"""Turn words into numbers: TF-IDF over words and their pairs, and over the letters or characters they are made of.

Words carry the meaning; characters carry it through slips, joined words and words never seen. Measured against counts, single
words, longer runs and runs within words: see docs/understanding.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.preprocessing import normalize

from bot.brain.nlu.encoders import Array

Words = Sequence[str]
CUE_MARK: Final = "§"
"""Begins every word that no customer wrote (see ``cues``); such a word has no letters to learn from."""

_AS_WRITTEN: Final[dict[str, Any]] = {"lowercase": False, "dtype": np.float32}
_WORDS: Final[dict[str, Any]] = {"analyzer": "word", "token_pattern": r"\S+", "ngram_range": (1, 2)}
_CHARACTERS: Final[dict[str, Any]] = {"analyzer": "char", "ngram_range": (1, 4), "min_df": 2}


@dataclass(frozen=True)
class Known:
    """Count the known terms of a text; ``rarity`` has one number for each of them."""

    counter: CountVectorizer
    rarity: Array

    @classmethod
    def learn(cls, kind: dict[str, Any], texts: Sequence[str]) -> Known:
        """Take in the terms of ``texts``."""
        learnt = TfidfVectorizer(sublinear_tf=True, **_AS_WRITTEN, **kind).fit(texts)
        return cls(_counter(kind, learnt.get_feature_names_out().tolist()), learnt.idf_.astype(np.float32))

    def matrix(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Return one row of length 1 per text: TF-IDF with logarithmic counts.

        scikit-learn's own ``transform`` comes to the same, and looks through all rarities anew for every message.
        """
        counts = self.counter.transform(texts)
        counts.data = (np.log(counts.data) + 1) * self.rarity[counts.indices]
        return normalize(counts, copy=False)


class Terms:
    """Hold which terms count and how rare each is, as learnt from the training sentences."""

    def __init__(self, words: Known, characters: Known) -> None:
        self._words, self._characters = words, characters

    @classmethod
    def learn(cls, texts: Sequence[Words]) -> Terms:
        """Take in the terms of ``texts``."""
        words = Known.learn(_WORDS, [" ".join(text) for text in texts])
        return cls(words, Known.learn(_CHARACTERS, [written(text) for text in texts]))

    def matrix(self, texts: Sequence[Words]) -> sparse.csr_matrix:
        """Return one row per text."""
        by_word = self._words.matrix([" ".join(text) for text in texts])
        by_character = self._characters.matrix([written(text) for text in texts])
        return sparse.hstack([by_word, by_character], format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write vocabularies as JSON and weights as arrays: nothing in a model file is ever executed."""
        for name, known in (("words", self._words), ("characters", self._characters)):
            (folder / f"{name}.json").write_text(json.dumps(known.counter.vocabulary))
            np.save(folder / f"{name}.npy", known.rarity)

    @classmethod
    def load(cls, folder: Path) -> Terms:
        """Read what ``save`` wrote."""
        words, characters = (
            Known(_counter(kind, json.loads((folder / f"{name}.json").read_text())), np.load(folder / f"{name}.npy"))
            for name, kind in (("words", _WORDS), ("characters", _CHARACTERS))
        )
        return cls(words, characters)


def _counter(kind: dict[str, Any], terms: Sequence[str]) -> CountVectorizer:
    rules = {name: rule for name, rule in kind.items() if name != "min_df"}
    return CountVectorizer(**_AS_WRITTEN, **rules, vocabulary=terms)


def written(words: Words) -> str:
    """Write words as a customer would: Chinese ones side by side, others apart, with an edge at both ends."""
    pieces = [" "]
    for word in words:
        if word.startswith(CUE_MARK):
            continue
        if pieces[-1] != " " and (word[0].isascii() or pieces[-1][-1].isascii()):
            pieces.append(" ")
        pieces.append(word)
    return "".join(pieces) + " "
