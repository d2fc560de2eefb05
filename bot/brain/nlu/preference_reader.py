"""Read the preferences that messages state: the component that ``config.yml`` names.

Two things are learnt from sentences in which preferences are marked (``data/nlu/*/tastes.yml``): what stance a clause takes,
and which of its words name the thing. What the house's rules hear in a clause (``bot.domain.hearing``) is one of the words of
the stance; where they agree with it, they also name the thing, and they tell kind, strength and time of everything found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu import stances
from bot.brain.nlu.encoders import Array
from bot.brain.nlu.meaning_encoder import MeaningEncoder
from bot.brain.nlu.meanings import MEANINGS, side_by_side
from bot.brain.nlu.stances import Bars, Mark, Stated, Take
from bot.brain.nlu.text_classifier import TextClassifier
from bot.brain.nlu.thing_finder import ThingFinder
from bot.domain.hearing import expressed_in
from bot.domain.preferences import Expressed, Polarity

PREFERENCES: Final = "preferences"
_STANCES, _THINGS = "stances", "things"
_STRENGTH: Final = 0.5
_ALONE, _HEARD = 0.6, 0.4
_MARKED: Final = "preference"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PreferenceReader(GraphComponent):
    """Set ``preferences`` on each message: those it states, as ``Expressed.as_json`` writes them."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for meanings in front."""
        return [MeaningEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """Name what must be installed besides Rasa, as far as a package is called as it is imported."""
        return ["sklearn", "scipy"]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what may be set in ``config.yml``; see ``Bars``."""
        return {"alone": _ALONE, "heard": _HEARD}

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, learnt: Learnt | None = None
    ) -> None:
        self._bars = Bars(float(config["alone"]), float(config["heard"]))
        self._storage, self._resource, self._learnt = storage, resource, learnt

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> PreferenceReader:
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
    ) -> PreferenceReader:
        """Read what ``train`` kept, if there was anything to learn."""
        with model_storage.read_from(resource) as folder:
            if not (folder / _STANCES).exists():
                return cls(config, model_storage, resource)
            learnt = Learnt(TextClassifier.load(folder / _STANCES), ThingFinder.load(folder / _THINGS))
        return cls(config, model_storage, resource, learnt)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from every sentence but those of the intent ``preference`` in which nothing is marked."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and _is_marked(one)]
        stated = [(one, list(_stated(one, _marks(one)))) for one in examples]
        clauses = [clause for _, own in stated for clause in own]
        takes = [clause.take for clause in clauses]
        with self._storage.write_to(self._resource) as folder:
            if any(one.get(ENTITIES) for one in examples) and len(set(takes)) > 1:
                meanings = np.vstack([_meanings(one, own) for one, own in stated if own])
                words = [clause.words for clause in clauses]
                TextClassifier.train(words, meanings, [take.value for take in takes], _STRENGTH).save(folder / _STANCES)
                (folder / _THINGS).mkdir()
                marked = [(one.clause.folded, one.take.value, one.things) for one in clauses if one.things]
                ThingFinder.train(marked, folder / _THINGS)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set what each message states; without anything learnt, what the rules hear."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                clauses = list(_stated(message)) if self._learnt else []
                found = self._learnt.read(message, clauses, self._bars) if self._learnt else expressed_in(text)
                message.set(PREFERENCES, [one.as_json() for one in found], add_to_output=True)
        return messages


@dataclass(frozen=True)
class Learnt:
    """Be what was learnt: to tell stances apart, and to find things."""

    stances: TextClassifier
    things: ThingFinder

    def read(self, message: Message, clauses: Sequence[Stated], bars: Bars) -> list[Expressed]:
        """Return what the clauses of a message express."""
        if not clauses:
            return []
        rows = self.stances.probabilities([clause.words for clause in clauses], _meanings(message, clauses))
        told = [dict(zip((Take(one) for one in self.stances.classes), row, strict=True)) for row in rows.tolist()]
        return stances.read(message.get(TEXT), clauses, told, self.things, bars)


def _is_marked(example: Message) -> bool:
    return example.get(INTENT) != _MARKED or bool(example.get(ENTITIES))


def _marks(example: Message) -> list[Mark]:
    """Return what is marked as liked or not; entities without such a role are somebody else's business."""
    return [
        Mark(one["start"], one["end"], one["role"], is_own=not one.get("group"))
        for one in example.get(ENTITIES) or ()
        if one.get("role") in set(Polarity)
    ]


def _stated(message: Message, marks: Sequence[Mark] = ()) -> Iterator[Stated]:
    return stances.stated(message.get(TEXT), message.get(TOKENS_NAMES[TEXT]), marks)


def _meanings(message: Message, clauses: Sequence[Stated]) -> Array:
    known = message.get(MEANINGS)
    whole = known.of([message.get(TEXT)] * len(clauses))
    return side_by_side(known.of(clause.clause.written for clause in clauses), whole)
