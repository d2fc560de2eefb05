"""Read the intents of messages: the component that ``config.yml`` names.

It leaves the likeliest intent and the ranking as any classifier of Rasa does, and beside them ``labels``: every matter that
the message is about, the most pressing first, each with the words that say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.clauses import clauses
from bot.brain.nlu.cues import cues_in
from bot.brain.nlu.labels import Bars, Probabilities, labels_in, place_of
from bot.brain.nlu.meanings import MEANINGS, Meanings
from bot.brain.nlu.terms import Words
from bot.brain.nlu.text_classifier import STRENGTH, TextClassifier
from bot.brain.nlu.trained_reader import TrainedReader, words_of

LABELS: Final = "labels"
NOT_UNDERSTOOD: Final = "nlu_fallback"
"""Rasa's own name for a message that no intent is sure of; the rules know it."""
_RANKED: Final = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentReader(TrainedReader, IntentClassifier):
    """Classify messages, whole and clause by clause."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what may be set in ``config.yml``; see ``Bars`` for all but ``strength``."""
        return {"strength": STRENGTH, **asdict(Bars())}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._bars = Bars(**{name: float(config[name]) for name in Bars.__dataclass_fields__})
        self._model: TextClassifier | None = None

    def learn(self, training_data: TrainingData, folder: Path) -> None:
        """Learn from every example that has an intent."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT)]
        texts = [_heard(one.get(TEXT), words_of(one)) for one in examples]
        meanings = np.vstack([one.get(MEANINGS).of([one.get(TEXT)]) for one in examples])
        intents = [one.get(INTENT) for one in examples]
        TextClassifier.train(texts, meanings, intents, float(self._config["strength"])).save(folder)

    def recall(self, folder: Path) -> None:
        """Read what was learnt. Raises ``FileNotFoundError`` where there is nothing."""
        self._model = TextClassifier.load(folder)

    def read(self, message: Message) -> None:
        """Set intent, ranking and labels."""
        text, words = message.get(TEXT), words_of(message)
        parts = clauses(text, message.get(TOKENS_NAMES[TEXT]))
        said = [(text, words), *(((part.text, part.words) for part in parts) if len(parts) > 1 else ())]
        whole, *by_part = self._probabilities(said, message.get(MEANINGS))
        labels = labels_in(whole, by_part, self._bars)
        main, sure = next(iter(labels.items()), (NOT_UNDERSTOOD, 1 - max(whole.values())))
        others = sorted((intent for intent in whole if intent != main), key=lambda intent: -whole[intent])
        ranking = [_ranked(main, sure), *(_ranked(intent, whole[intent]) for intent in others)]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[:_RANKED], add_to_output=True)
        said_in = {intent: said[place_of(intent, by_part)][0] if len(labels) > 1 else text for intent in labels}
        told = [_ranked(intent, sure) | {"words": said_in[intent]} for intent, sure in labels.items()]
        message.set(LABELS, told, add_to_output=True)

    def _probabilities(self, said: Sequence[tuple[str, Words]], meanings: Meanings) -> list[Probabilities]:
        if self._model is None:
            raise ValueError("this reader has not been trained")
        heard = [_heard(text, words) for text, words in said]
        rows = self._model.probabilities(heard, meanings.of(text for text, _ in said)).tolist()
        return [dict(zip(self._model.classes, row, strict=True)) for row in rows]


def _heard(text: str, words: Words) -> list[str]:
    return [*words, *cues_in(text)]


def _ranked(intent: str, sure: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: intent, "confidence": sure}
