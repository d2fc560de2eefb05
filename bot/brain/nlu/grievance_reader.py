"""Read what complaints are about and how grave they are: the component that ``config.yml`` names.

Both are learnt from the sentences in ``data/nlu/*/complaints.yml``, whose blocks say topic and severity. What the house's rules
make of a sentence (``bot.domain.grievance_topics``, ``bot.domain.grievances``) is one word more beside the customer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.intent_reader import LABELS
from bot.brain.nlu.meanings import MEANINGS
from bot.brain.nlu.terms import CUE_MARK
from bot.brain.nlu.text_classifier import TextClassifier
from bot.brain.nlu.trained_reader import TrainedReader, words_of
from bot.domain.grievance_topics import topic_of
from bot.domain.grievances import severity_of

GRIEVANCE: Final = "grievance"
_ASPECTS: Final = ("topic", "severity")
_STRENGTH: Final = 0.5
_COMPLAINT: Final = "complaint"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class GrievanceReader(TrainedReader):
    """Set ``grievance`` on messages with the label ``complaint``: ``{"topic", "severity"}``.

    It stands behind ``IntentReader``, whose labels it looks at; Rasa trains the two side by side, so it cannot ask for it.
    """

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._aspects: dict[str, TextClassifier] = {}

    def learn(self, training_data: TrainingData, folder: Path) -> None:
        """Learn from every example whose block tells topic and severity."""
        told = [(one, (one.get("metadata") or {}).get("intent") or {}) for one in training_data.intent_examples]
        told = [(one, said) for one, said in told if all(said.get(aspect) for aspect in _ASPECTS)]
        for aspect in _ASPECTS:
            classes = [str(said[aspect]) for _, said in told]
            if len(set(classes)) > 1:
                meanings = np.vstack([one.get(MEANINGS).of([one.get(TEXT)]) for one, _ in told])
                words = [_heard(one) for one, _ in told]
                TextClassifier.train(words, meanings, classes, _STRENGTH).save(folder / aspect)

    def recall(self, folder: Path) -> None:
        """Read what was learnt, if there was anything to learn."""
        self._aspects = {one: TextClassifier.load(folder / one) for one in _ASPECTS if (folder / one).exists()}

    def read(self, message: Message) -> None:
        """Weigh a complaint; without anything learnt, leave that to the rules."""
        complains = any(label["name"] == _COMPLAINT for label in message.get(LABELS) or ())
        if complains and self._aspects:
            message.set(GRIEVANCE, self._weighed(message), add_to_output=True)

    def _weighed(self, message: Message) -> dict[str, str]:
        words, meanings = [_heard(message)], message.get(MEANINGS).of([message.get(TEXT)])
        return {
            aspect: known.classes[int(known.probabilities(words, meanings)[0].argmax())]
            for aspect, known in self._aspects.items()
        }


def _heard(message: Message) -> Sequence[str]:
    text = message.get(TEXT)
    return [*words_of(message), f"{CUE_MARK}about-{topic_of(text)}", f"{CUE_MARK}{severity_of(text)}"]
