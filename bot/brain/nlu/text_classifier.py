"""Learn from texts which class their words and meanings speak for, and say how sure a reading is.

One linear support vector machine per class: it asks "this or not this" and so can also say yes to two at once. Its scores
are turned into probabilities by one number, the temperature, which is fitted on texts that were held out. Intents are told
apart by one of these, what a clause says of a preference by another, what a complaint is about by a third.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import scipy.sparse as sparse
from joblib import parallel_backend
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

from bot.brain.nlu.encoders import Array
from bot.brain.nlu.meanings import centred
from bot.brain.nlu.slips import misspelt
from bot.brain.nlu.terms import CUE_MARK, Terms, Words

STRENGTH: Final = 1.0
"""How far the machine may follow single sentences (its ``C``); measured on the development set."""
_TOLERANCE: Final = 0.01
"""How nearly the machine has settled when it stops; a hundred times nearer changes no reading and takes twice as long."""
FORGOTTEN: Final = 0.3
"""Which share of the cues is kept from the model while it learns."""
_BLOCKS: Final = 4
"""One block in so many is held out."""
_NEIGHBOURS: Final = 25
"""At most so many sentences that follow each other are held out together: neighbours in a file are often variants of one."""
_TEMPERATURES: Final = (0.5, 6.0)
"""However well a small corpus is told apart, nothing is ever certain."""


class TextClassifier:
    """Be a trained one: terms, the centre of all meanings, one column of weights per class, and the temperature.

    A text comes as its words and a row of numbers for its meaning; rows of no numbers leave it at the words.
    """

    def __init__(
        self, classes: Sequence[str], terms: Terms, centre: Array, weights: Array, bias: Array, temperature: float
    ) -> None:
        self.classes = tuple(classes)
        self._terms, self._centre = terms, centre
        # One row of weights after the other: else every reading would copy all of them.
        self._weights, self._bias, self._temperature = np.ascontiguousarray(weights), bias, temperature

    @classmethod
    def train(
        cls, texts: Sequence[Words], meanings: Array, classes: Sequence[str], strength: float = STRENGTH
    ) -> TextClassifier:
        """Learn from texts, one row of ``meanings`` each, and their classes, at least two different ones."""
        model = cls._fit(texts, meanings, classes, strength)
        model._temperature = _temperature(texts, meanings, classes, model.classes, strength)
        return model

    @classmethod
    def _fit(cls, texts: Sequence[Words], meanings: Array, classes: Sequence[str], strength: float) -> TextClassifier:
        terms, centre = Terms.learn(texts), meanings.mean(axis=0)
        texts, origins = _hardened(texts)
        rows = _rows(terms, texts, centred(meanings, centre)[origins]).astype(np.float64)
        rows.sum_duplicates()  # In place and once: below, every thread reads these rows.
        machine = OneVsRestClassifier(LinearSVC(C=strength, tol=_TOLERANCE, random_state=0), n_jobs=-1)
        with parallel_backend("threading"):
            machine.fit(rows, np.asarray(classes)[origins])
        weights = np.vstack([one.coef_ for one in machine.estimators_])
        bias = np.concatenate([one.intercept_ for one in machine.estimators_])
        if len(machine.estimators_) == 1:
            # Of two classes one column would do for scikit-learn; here each has its own.
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        weights, bias = weights.T.astype(np.float32), bias.astype(np.float32)
        return cls(machine.classes_.tolist(), terms, centre, weights, bias, 1.0)

    def probabilities(self, texts: Sequence[Words], meanings: Array) -> Array:
        """Return one row per text and one column per class; each row sums to 1."""
        probabilities: Array = softmax(self._temperature * self._scores(texts, meanings).astype(np.float64), axis=1)
        return probabilities

    def _scores(self, texts: Sequence[Words], meanings: Array) -> Array:
        scores: Array = _rows(self._terms, texts, centred(meanings, self._centre)) @ self._weights + self._bias
        return scores

    def save(self, folder: Path) -> None:
        """Write everything into ``folder``, which is made."""
        folder.mkdir(parents=True, exist_ok=True)
        self._terms.save(folder)
        arrays = {"weights": self._weights.astype(np.float16), "bias": self._bias, "centre": self._centre}
        np.savez_compressed(folder / "weights.npz", **arrays)
        (folder / "classes.json").write_text(json.dumps({"classes": self.classes, "temperature": self._temperature}))

    @classmethod
    def load(cls, folder: Path) -> TextClassifier:
        """Read what ``save`` wrote."""
        told = json.loads((folder / "classes.json").read_text())
        with np.load(folder / "weights.npz") as arrays:
            weights, bias, centre = arrays["weights"].astype(np.float32), arrays["bias"], arrays["centre"]
        return cls(told["classes"], Terms.load(folder), centre, weights, bias, told["temperature"])


def _rows(terms: Terms, texts: Sequence[Words], directions: Array) -> sparse.csr_matrix:
    return sparse.hstack([terms.matrix(texts), sparse.csr_matrix(directions)], format="csr", dtype=np.float32)


def _hardened(texts: Sequence[Words]) -> tuple[list[Words], list[int]]:
    """Make training harder than life: forget cues now and then, and add a misspelt copy of what is English.

    The rules behind the cues know the training sentences better than those to come; the same chances fall every time.
    The second list says which text each one comes from.
    """
    chance = random.Random(0)  # noqa: S311
    heard = [[w for w in text if not w.startswith(CUE_MARK) or chance.random() >= FORGOTTEN] for text in texts]
    copies = [misspelt(text, chance) for text in heard]
    changed = [number for number, text in enumerate(heard) if text != copies[number]]
    return [*heard, *(copies[number] for number in changed)], [*range(len(texts)), *changed]


def _temperature(
    texts: Sequence[Words], meanings: Array, classes: Sequence[str], known: Sequence[str], strength: float
) -> float:
    """Fit the temperature on texts that the model has not seen, so that "0.8" is right eight times in ten."""
    learnt, held_out = _split(classes)
    if len({classes[i] for i in learnt}) < len(known) or not held_out:
        return 1.0
    model = TextClassifier._fit([texts[i] for i in learnt], meanings[learnt], [classes[i] for i in learnt], strength)
    scores = model._scores([texts[i] for i in held_out], meanings[held_out])
    truths = [known.index(classes[i]) for i in held_out]

    def surprise(temperature: float) -> float:
        return -float(log_softmax(temperature * scores, axis=1)[np.arange(len(truths)), truths].mean())

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)


def _split(classes: Sequence[str]) -> tuple[list[int], list[int]]:
    """Say which texts are learnt and which held out: every fourth block of neighbours of one class."""
    size = {one: max(1, min(_NEIGHBOURS, number // _BLOCKS)) for one, number in Counter(classes).items()}
    seen: Counter[str] = Counter()
    learnt: list[int] = []
    held_out: list[int] = []
    for number, one in enumerate(classes):
        block = seen[one] // size[one]
        (held_out if block % _BLOCKS == _BLOCKS - 1 else learnt).append(number)
        seen[one] += 1
    return learnt, held_out
