"""Be a component of Rasa's pipeline that learns from the training sentences and keeps what it learnt with the model."""

from __future__ import annotations

from abc import abstractmethod
from pathlib import Path
from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.brain.nlu.meaning_encoder import MeaningEncoder


class TrainedReader(GraphComponent):
    """Read something in messages, by classifiers over their words and meanings that lie in a folder of the model."""

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource) -> None:
        self._config, self._storage, self._resource = config, storage, resource

    @abstractmethod
    def learn(self, training_data: TrainingData, folder: Path) -> None:
        """Learn from the examples, and write what was learnt into ``folder``; nothing where there is nothing to learn."""

    @abstractmethod
    def recall(self, folder: Path) -> None:
        """Read what ``learn`` wrote."""

    @abstractmethod
    def read(self, message: Message) -> None:
        """Set on a message that has a text what was read in it."""

    @classmethod
    def required_components(cls) -> list[type]:
        """Ask for words and meanings in front."""
        return [MeaningEncoder]

    @staticmethod
    def required_packages() -> list[str]:
        """Name what must be installed besides Rasa."""
        return ["sklearn", "scipy"]

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
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
    ) -> Self:
        """Make one that knows what was learnt."""
        reader = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            reader.recall(folder)
        return reader

    def train(self, training_data: TrainingData) -> Resource:
        """Learn, and keep it with the model."""
        with self._storage.write_to(self._resource) as folder:
            self.learn(training_data, folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Read every message that has a text."""
        for message in messages:
            if message.get(TEXT):
                self.read(message)
        return messages


def words_of(message: Message) -> list[str]:
    """Return the words that the tokenizer cut a message into."""
    return [token.text for token in message.get(TOKENS_NAMES[TEXT])]
