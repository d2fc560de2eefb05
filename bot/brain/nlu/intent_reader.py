"""Read the intents of messages: the component that ``config.yml`` names.

It leaves the likeliest intent and the ranking as any classifier of Rasa does, and beside them ``labels``: every matter that
the message is about, the most pressing first.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.clauses import clauses
from bot.brain.nlu.cues import cues_in
from bot.brain.nlu.labels import Bars, Probabilities, labels_in
from bot.brain.nlu.meaning_encoder import MeaningEncoder
from bot.brain.nlu.meanings import MEANINGS, Meanings
from bot.brain.nlu.terms import Words
from bot.brain.nlu.text_classifier import STRENGTH, TextClassifier

LABELS: Final = "labels"
NOT_UNDERSTOOD: Final = "nlu_fallback"
"""Rasa's own name for a message that no intent is sure of; the rules know it."""
_RANKED: Final = 10
_BARS: Final = Bars()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentReader(GraphComponent, IntentClassifier):
    """Classify messages, whole and clause by clause."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for words and meanings in front."""
        return [Tokenizer, MeaningEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """Name what must be installed besides Rasa."""
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what may be set in ``config.yml``; see ``Bars`` for all but ``strength``."""
        return {
            "strength": STRENGTH,
            "doubt": _BARS.doubt,
            "pressing": _BARS.pressing,
            "pressing_clause": _BARS.pressing_clause,
            "second": _BARS.second,
            "clause": _BARS.clause,
        }

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: TextClassifier | None = None
    ) -> None:
        self._strength = float(config["strength"])
        self._bars = Bars(**{name: float(config[name]) for name in Bars.__dataclass_fields__})
        self._storage, self._resource, self._model = storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentReader:
        """Make an untrained one."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_others: Any,
    ) -> IntentReader:
        """Read the model that ``train`` kept. Raises ``ValueError`` where there is none."""
        with model_storage.read_from(resource) as folder:
            return cls(config, model_storage, resource, TextClassifier.load(folder))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example that has an intent."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and one.get(INTENT)]
        texts = [_heard(one.get(TEXT), _words(one)) for one in examples]
        meanings = np.vstack([one.get(MEANINGS).of([one.get(TEXT)]) for one in examples])
        self._model = TextClassifier.train(texts, meanings, [one.get(INTENT) for one in examples], self._strength)
        with self._storage.write_to(self._resource) as folder:
            self._model.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and labels on each message."""
        for message in messages:
            if message.get(TEXT):
                self._read(message)
        return messages

    def _read(self, message: Message) -> None:
        text, words = message.get(TEXT), _words(message)
        parts = clauses(text, message.get(TOKENS_NAMES[TEXT]))
        said = [(text, words), *(((part.text, part.words) for part in parts) if len(parts) > 1 else ())]
        whole, *by_part = self._probabilities(said, message.get(MEANINGS))
        labels = labels_in(whole, by_part, self._bars)
        main, sure = next(iter(labels.items()), (NOT_UNDERSTOOD, 1 - max(whole.values())))
        others = sorted((intent for intent in whole if intent != main), key=lambda intent: -whole[intent])
        ranking = [_ranked(main, sure), *(_ranked(intent, whole[intent]) for intent in others)]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking[:_RANKED], add_to_output=True)
        message.set(LABELS, [_ranked(intent, sure) for intent, sure in labels.items()], add_to_output=True)

    def _probabilities(self, said: Sequence[tuple[str, Words]], meanings: Meanings) -> list[Probabilities]:
        if self._model is None:
            raise ValueError("this reader has not been trained")
        heard = [_heard(text, words) for text, words in said]
        rows = self._model.probabilities(heard, meanings.of(text for text, _ in said)).tolist()
        return [dict(zip(self._model.classes, row, strict=True)) for row in rows]


def _words(message: Message) -> list[str]:
    return [token.text for token in message.get(TOKENS_NAMES[TEXT])]


def _heard(text: str, words: Words) -> list[str]:
    return [*words, *cues_in(text)]


def _ranked(intent: str, sure: float) -> dict[str, Any]:
    return {INTENT_NAME_KEY: intent, "confidence": sure}
