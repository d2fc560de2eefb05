"""Read what complaints are about and how grave they are: the component that ``config.yml`` names.

Both are learnt from the sentences in ``data/nlu/*/complaints.yml``, whose blocks say topic and severity. What the house's rules
make of a sentence (``bot.domain.grievance_topics``, ``bot.domain.grievances``) is one word more beside the customer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.intent_reader import LABELS
from bot.brain.nlu.meaning_encoder import MeaningEncoder
from bot.brain.nlu.meanings import MEANINGS
from bot.brain.nlu.terms import CUE_MARK
from bot.brain.nlu.text_classifier import TextClassifier
from bot.domain.grievance_topics import topic_of
from bot.domain.grievances import severity_of

GRIEVANCE: Final = "grievance"
_ASPECTS: Final = ("topic", "severity")
_STRENGTH: Final = 0.5
_COMPLAINT: Final = "complaint"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GrievanceReader(GraphComponent):
    """Set ``grievance`` on messages with the label ``complaint``: ``{"topic", "severity"}``."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for meanings in front. Labels too: but Rasa trains the readers side by side, so that cannot be asked for."""
        return [MeaningEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """Name what must be installed besides Rasa."""
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return nothing: there is nothing to set."""
        return {}

    def __init__(self, storage: ModelStorage, resource: Resource, aspects: dict[str, TextClassifier]) -> None:
        self._storage, self._resource, self._aspects = storage, resource, aspects

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> GrievanceReader:
        """Make an untrained one."""
        return cls(model_storage, resource, {})

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_others: Any,
    ) -> GrievanceReader:
        """Read what ``train`` kept, if there was anything to learn."""
        with model_storage.read_from(resource) as folder:
            known = {one: TextClassifier.load(folder / one) for one in _ASPECTS if (folder / one).exists()}
        return cls(model_storage, resource, known)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every example whose block tells topic and severity."""
        told = [(one, (one.get("metadata") or {}).get("intent") or {}) for one in training_data.intent_examples]
        told = [(one, said) for one, said in told if all(said.get(aspect) for aspect in _ASPECTS)]
        with self._storage.write_to(self._resource) as folder:
            for aspect in _ASPECTS:
                classes = [str(said[aspect]) for _, said in told]
                if len(set(classes)) > 1:
                    meanings = np.vstack([one.get(MEANINGS).of([one.get(TEXT)]) for one, _ in told])
                    words = [_heard(one) for one, _ in told]
                    self._aspects[aspect] = TextClassifier.train(words, meanings, classes, _STRENGTH)
                    self._aspects[aspect].save(folder / aspect)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Weigh each complaint; without anything learnt, leave that to the rules."""
        for message in messages:
            complains = any(label["name"] == _COMPLAINT for label in message.get(LABELS) or ())
            if complains and self._aspects:
                message.set(GRIEVANCE, self._weighed(message), add_to_output=True)
        return messages

    def _weighed(self, message: Message) -> dict[str, str]:
        words, meanings = [_heard(message)], message.get(MEANINGS).of([message.get(TEXT)])
        return {
            aspect: known.classes[int(known.probabilities(words, meanings)[0].argmax())]
            for aspect, known in self._aspects.items()
        }


def _heard(message: Message) -> Sequence[str]:
    text = message.get(TEXT)
    words = [token.text for token in message.get(TOKENS_NAMES[TEXT])]
    return [*words, f"{CUE_MARK}about-{topic_of(text)}", f"{CUE_MARK}{severity_of(text)}"]
