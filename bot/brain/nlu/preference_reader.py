"""Read the preferences that messages state: the component that ``config.yml`` names.

Two things are learnt from sentences in which preferences are marked (``data/nlu/*/tastes.yml``): what stance a clause takes,
and which of its words name the thing. What the house's rules hear in a clause (``bot.domain.hearing``) is one of the words of
the stance; where they agree with it, they also name the thing, and they tell kind, strength and time of everything found.
A stance is believed sooner in a message that ``IntentReader``, which stands in front, took for a preference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu import stances
from bot.brain.nlu.encoders import Array
from bot.brain.nlu.meanings import MEANINGS, side_by_side
from bot.brain.nlu.stances import Bars, Mark, Stated, Take
from bot.brain.nlu.text_classifier import TextClassifier
from bot.brain.nlu.thing_finder import ThingFinder
from bot.brain.nlu.trained_reader import TrainedReader
from bot.domain.hearing import expressed_in
from bot.domain.preferences import Expressed, Polarity

PREFERENCES: Final = "preferences"
_STANCES, _THINGS = "stances", "things"
_STRENGTH: Final = 0.5
_READ_AS_ONE: Final = Bars(alone=0.5, heard=0.2)
_ELSEWHERE: Final = Bars(alone=0.8, heard=0.2)
_PREFERENCE: Final = "preference"
_LIKELY: Final = 0.5
"""Probability of that intent from which a message was read as one that states preferences."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class PreferenceReader(TrainedReader):
    """Set ``preferences`` on each message: those it states, as ``Expressed.as_json`` writes them."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what may be set in ``config.yml``: ``Bars`` for messages of the intent ``preference``, and for all others."""
        elsewhere = {f"{name}_elsewhere": bar for name, bar in asdict(_ELSEWHERE).items()}
        return {**asdict(_READ_AS_ONE), **elsewhere}

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        super().__init__(config, storage, resource)
        self._read_as_one = Bars(float(config["alone"]), float(config["heard"]))
        self._elsewhere = Bars(float(config["alone_elsewhere"]), float(config["heard_elsewhere"]))
        self._learnt: Learnt | None = None

    def learn(self, training_data: TrainingData, folder: Path) -> None:
        """Learn from every sentence but those of the intent ``preference`` in which nothing is marked."""
        examples = [one for one in training_data.intent_examples if one.get(TEXT) and _is_marked(one)]
        stated = [(one, list(_stated(one, _marks(one)))) for one in examples]
        clauses = [clause for _, own in stated for clause in own]
        takes = [clause.take.value for clause in clauses]
        if not any(one.get(ENTITIES) for one in examples) or len(set(takes)) < 2:
            return
        meanings = np.vstack([_meanings(one, own) for one, own in stated if own])
        TextClassifier.train([one.words for one in clauses], meanings, takes, _STRENGTH).save(folder / _STANCES)
        (folder / _THINGS).mkdir()
        marked = [(one.clause.folded, one.take.value, one.things) for one in clauses if one.things]
        ThingFinder.train(marked, folder / _THINGS)

    def recall(self, folder: Path) -> None:
        """Read what was learnt, if there was anything to learn."""
        if (folder / _STANCES).exists():
            self._learnt = Learnt(TextClassifier.load(folder / _STANCES), ThingFinder.load(folder / _THINGS))

    def read(self, message: Message) -> None:
        """Set what a message states; without anything learnt, what the rules hear."""
        learnt, bars = self._learnt, self._read_as_one if _is_read_as_one(message) else self._elsewhere
        found = learnt.read(message, bars) if learnt else expressed_in(message.get(TEXT))
        message.set(PREFERENCES, [one.as_json() for one in found], add_to_output=True)


@dataclass(frozen=True)
class Learnt:
    """Be what was learnt: to tell stances apart, and to find things."""

    stances: TextClassifier
    things: ThingFinder

    def read(self, message: Message, bars: Bars) -> list[Expressed]:
        """Return what the clauses of a message express."""
        clauses = list(_stated(message))
        if not clauses:
            return []
        rows = self.stances.probabilities([clause.words for clause in clauses], _meanings(message, clauses))
        told = [dict(zip((Take(one) for one in self.stances.classes), row, strict=True)) for row in rows.tolist()]
        return stances.read(message.get(TEXT), clauses, told, self.things, bars)


def _is_read_as_one(message: Message) -> bool:
    ranked = message.get(INTENT_RANKING_KEY) or ()
    ranking = {str(one[INTENT_NAME_KEY]): float(one["confidence"]) for one in ranked}
    return ranking.get(_PREFERENCE, 0.0) >= _LIKELY


def _is_marked(example: Message) -> bool:
    return example.get(INTENT) != _PREFERENCE or bool(example.get(ENTITIES))


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
