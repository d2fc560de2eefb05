"""Learn from sentences which intent each word speaks for, and say how sure a reading is.

One linear support vector machine per intent: it asks "this or not this" and so can also say yes to two at once. Its scores
are turned into probabilities by one number, the temperature, which is fitted on sentences that were held out.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.special import log_softmax, softmax
from sklearn.svm import LinearSVC

from bot.brain.nlu.slips import misspelt
from bot.brain.nlu.terms import CUE_MARK, Terms, Words

STRENGTH: Final = 1.0
"""How far the machine may follow single sentences (its ``C``); measured on the development set."""
FORGOTTEN: Final = 0.3
"""Which share of the cues is kept from the model while it learns."""
_BLOCKS: Final = 4
"""One block in so many is held out."""
_NEIGHBOURS: Final = 25
"""At most so many sentences that follow each other are held out together: neighbours in a file are often variants of one."""
_TEMPERATURES: Final = (0.5, 6.0)
"""However well a small corpus is told apart, nothing is ever certain."""

Array = np.ndarray[Any, np.dtype[np.floating[Any]]]


class IntentModel:
    """Be a trained model: terms, one column of weights per intent, and the temperature."""

    def __init__(self, intents: Sequence[str], terms: Terms, weights: Array, bias: Array, temperature: float) -> None:
        self.intents = tuple(intents)
        self._terms, self._weights, self._bias, self._temperature = terms, weights, bias, temperature

    @classmethod
    def train(cls, texts: Sequence[Words], intents: Sequence[str], strength: float = STRENGTH) -> IntentModel:
        """Learn from texts and their intents, at least two different ones."""
        model = cls._fit(texts, intents, strength)
        model._temperature = _temperature(texts, intents, model.intents, strength)
        return model

    @classmethod
    def _fit(cls, texts: Sequence[Words], intents: Sequence[str], strength: float) -> IntentModel:
        terms = Terms.learn(texts)
        texts, intents = _hardened(texts, intents)
        machine = LinearSVC(C=strength, random_state=0).fit(terms.matrix(texts), np.asarray(intents))
        weights, bias = machine.coef_, machine.intercept_
        if len(machine.classes_) == 2:
            # Of two intents one column would do for scikit-learn; here each has its own.
            weights, bias = np.vstack([-weights, weights]), np.concatenate([-bias, bias])
        return cls(machine.classes_.tolist(), terms, weights.T.astype(np.float32), bias.astype(np.float32), 1.0)

    def probabilities(self, texts: Sequence[Words]) -> Array:
        """Return one row per text and one column per intent; each row sums to 1."""
        probabilities: Array = softmax(self._temperature * self._scores(texts).astype(np.float64), axis=1)
        return probabilities

    def _scores(self, texts: Sequence[Words]) -> Array:
        scores: Array = self._terms.matrix(texts) @ self._weights + self._bias
        return scores

    def save(self, folder: Path) -> None:
        """Write everything into ``folder``."""
        self._terms.save(folder)
        np.savez_compressed(folder / "weights.npz", weights=self._weights.astype(np.float16), bias=self._bias)
        (folder / "intents.json").write_text(json.dumps({"intents": self.intents, "temperature": self._temperature}))

    @classmethod
    def load(cls, folder: Path) -> IntentModel:
        """Read what ``save`` wrote."""
        told = json.loads((folder / "intents.json").read_text())
        with np.load(folder / "weights.npz") as arrays:
            weights, bias = arrays["weights"].astype(np.float32), arrays["bias"]
        return cls(told["intents"], Terms.load(folder), weights, bias, told["temperature"])


def _hardened(texts: Sequence[Words], intents: Sequence[str]) -> tuple[list[Words], list[str]]:
    """Make training harder than life: forget cues now and then, and add a misspelt copy of what is English.

    The rules behind the cues know the training sentences better than those to come; the same chances fall every time.
    """
    chance = random.Random(0)  # noqa: S311
    heard = [[w for w in text if not w.startswith(CUE_MARK) or chance.random() >= FORGOTTEN] for text in texts]
    copies = [(misspelt(text, chance), intent) for text, intent in zip(heard, intents, strict=True)]
    changed = [(copy, intent) for (copy, intent), text in zip(copies, heard, strict=True) if text != copy]
    return [*heard, *(copy for copy, _ in changed)], [*intents, *(intent for _, intent in changed)]


def _temperature(texts: Sequence[Words], intents: Sequence[str], known: Sequence[str], strength: float) -> float:
    """Fit the temperature on sentences that the model has not seen, so that "0.8" is right eight times in ten."""
    learnt, held_out = _split(intents)
    if len({intents[i] for i in learnt}) < len(known) or not held_out:
        return 1.0
    model = IntentModel._fit([texts[i] for i in learnt], [intents[i] for i in learnt], strength)
    scores = model._scores([texts[i] for i in held_out])
    truths = [known.index(intents[i]) for i in held_out]

    def surprise(temperature: float) -> float:
        return -float(log_softmax(temperature * scores, axis=1)[np.arange(len(truths)), truths].mean())

    return float(minimize_scalar(surprise, bounds=_TEMPERATURES, method="bounded").x)


def _split(intents: Sequence[str]) -> tuple[list[int], list[int]]:
    """Say which sentences are learnt and which held out: every fourth block of neighbours of one intent."""
    size = {intent: max(1, min(_NEIGHBOURS, number // _BLOCKS)) for intent, number in Counter(intents).items()}
    seen: Counter[str] = Counter()
    learnt: list[int] = []
    held_out: list[int] = []
    for number, intent in enumerate(intents):
        block = seen[intent] // size[intent]
        (held_out if block % _BLOCKS == _BLOCKS - 1 else learnt).append(number)
        seen[intent] += 1
    return learnt, held_out
