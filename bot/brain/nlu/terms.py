"""Turn words into numbers: TF-IDF over words and their pairs, and over the letters or characters they are made of.

Words carry the meaning; characters carry it through slips, joined words and words never seen. Measured against counts, single
words, longer runs and runs within words: see docs/understanding.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import scipy.sparse as sparse
from sklearn.feature_extraction.text import TfidfVectorizer

Words = Sequence[str]
CUE_MARK: Final = "§"
"""Begins every word that no customer wrote (see ``cues``); such a word has no letters to learn from."""

_WORDS: Final[dict[str, Any]] = {"analyzer": "word", "token_pattern": r"\S+", "ngram_range": (1, 2)}
_CHARACTERS: Final[dict[str, Any]] = {"analyzer": "char", "ngram_range": (1, 4), "min_df": 2}
_KINDS: Final = (_WORDS, _CHARACTERS)


class Terms:
    """Hold which terms count and how rare each is, as learnt from the training sentences."""

    def __init__(self, vectorizers: Sequence[TfidfVectorizer]) -> None:
        self._words, self._characters = vectorizers

    @classmethod
    def learn(cls, texts: Sequence[Words]) -> Terms:
        """Take in the terms of ``texts``."""
        words, characters = (_vectorizer(kind) for kind in _KINDS)
        words.fit([" ".join(text) for text in texts])
        characters.fit([written(text) for text in texts])
        return cls((words, characters))

    def matrix(self, texts: Sequence[Words]) -> sparse.csr_matrix:
        """Return one row per text."""
        by_word = self._words.transform([" ".join(text) for text in texts])
        by_character = self._characters.transform([written(text) for text in texts])
        return sparse.hstack([by_word, by_character], format="csr", dtype=np.float32)

    def save(self, folder: Path) -> None:
        """Write vocabularies as JSON and weights as arrays: nothing in a model file is ever executed."""
        for name, vectorizer in (("words", self._words), ("characters", self._characters)):
            (folder / f"{name}.json").write_text(json.dumps(vectorizer.get_feature_names_out().tolist()))
            np.save(folder / f"{name}.npy", vectorizer.idf_.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> Terms:
        """Read what ``save`` wrote."""
        vectorizers = []
        for name, kind in zip(("words", "characters"), _KINDS, strict=True):
            vectorizer = _vectorizer(kind | {"vocabulary": json.loads((folder / f"{name}.json").read_text())})
            vectorizer.idf_ = np.load(folder / f"{name}.npy")
            vectorizers.append(vectorizer)
        return cls(vectorizers)


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


def _vectorizer(kind: dict[str, Any]) -> TfidfVectorizer:
    return TfidfVectorizer(lowercase=False, sublinear_tf=True, dtype=np.float32, **kind)
