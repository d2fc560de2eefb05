"""Encode what messages and their clauses mean, for all readers behind: the component that ``config.yml`` names."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.clauses import clauses
from bot.brain.nlu.encoders import UNIVERSAL, encode_many, encoder_of
from bot.brain.nlu.meanings import MEANINGS, Meanings, core
from bot.domain.hearing_clauses import clauses_in


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class MeaningEncoder(GraphComponent):
    """Set ``Meanings`` on each message; ``encoder`` names an encoder or a folder with one's own (``encoders``)."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for a tokenizer in front: clauses begin and end with words."""
        return [Tokenizer]

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return what may be set in ``config.yml``."""
        return {"encoder": UNIVERSAL}

    def __init__(self, config: dict[str, Any]) -> None:
        self._encoder = str(config["encoder"])

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> MeaningEncoder:
        """Make one; raises ``ValueError`` where the encoder is not to be had, before anything is trained or read."""
        encoder_of(str(config["encoder"]))
        return cls(config)

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encode whole sentences and what they state, on all cores; nobody learns from the clauses of ``clauses``."""
        examples = [one for one in training_data.training_examples if one.get(TEXT)]
        texts = [_cores([one.get(TEXT), *_stated(one.get(TEXT))]) for one in examples]
        every = list(dict.fromkeys(chain.from_iterable(texts)))
        vectors = dict(zip(every, encode_many(self._encoder, every), strict=True))
        for one, own in zip(examples, texts, strict=True):
            one.set(MEANINGS, Meanings({text: vectors[text] for text in own}))
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encode each message and every clause of it that a reader may ask for."""
        for message in messages:
            if message.get(TEXT):
                texts = _said(message)
                message.set(MEANINGS, Meanings(dict(zip(texts, encoder_of(self._encoder).encode(texts), strict=True))))
        return messages


def _said(message: Message) -> list[str]:
    text = message.get(TEXT)
    parts = (part.text for part in clauses(text, message.get(TOKENS_NAMES[TEXT])))
    return _cores([text, *parts, *_stated(text)])


def _cores(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(map(core, texts)))


def _stated(text: str) -> Iterable[str]:
    return (clause.written for clause in clauses_in(text))
