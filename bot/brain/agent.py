"""Load the trained model and answer turns with it.

Loading and serving are two steps: the supervisor loads once and forks, each worker then opens its own database with
``open_profile``. Until that is called, nothing here touches the profile.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from weakref import WeakValueDictionary

from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.utils.endpoints import EndpointConfig

from bot.brain.actions import PretendActions, name_missing_actions
from bot.brain.failure import TurnAborted, report
from bot.brain.processor import TurnProcessor, message_of, refuse_endless_turn
from bot.brain.reading import Reading, reading_of
from bot.brain.recorded import replies_of, turn_events
from bot.brain.tracker_store import ProfileTrackerStore
from bot.brain.validation import check_answers_fast
from bot.errors import BadSetting, BrainFailed
from bot.failpoints import disarmed

UNDERSTAND_ACTIONS: Final = ("action_write_back",)
"""Custom actions that write down what a message meant while a person owns the conversation."""
TURN_SECONDS: Final = 9.0
"""Give up a turn after this long: a little before the front does."""


class TurnFailed(BrainFailed):
    """Report a turn that left nothing behind in the tracker; it may be tried again."""


@dataclass(frozen=True)
class Words:
    """Be one customer message as the brain gets it."""

    message_id: int
    conversation_id: str
    customer_id: str
    text: str
    language: str

    def as_message(self) -> UserMessage:
        """Wrap it for Rasa; actions find the ids in the metadata."""
        ids = {"message_id": self.message_id, "customer_id": self.customer_id, "language": self.language}
        return message_of(self.text, self.conversation_id, ids)


@dataclass(frozen=True)
class Turn:
    """Hold what the bot says to a message and what the message meant."""

    replies: list[dict[str, Any]]
    reading: Reading


class BrainAgent:
    """Own one loaded model; one instance per process, forked with its parent's memory."""

    def __init__(self, model: Path, actions: EndpointConfig) -> None:
        check_answers_fast()
        self._actions = actions
        self._processor = TurnProcessor(
            model_path=str(model),
            tracker_store=InMemoryTrackerStore(None),
            lock_store=InMemoryLockStore(),
            generator=TemplatedNaturalLanguageGenerator({}),
            action_endpoint=actions,
            on_circuit_break=refuse_endless_turn,
        )
        self.domain = self._processor.domain
        self._processor.nlg.responses = self.domain.responses
        self._use_memory()
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        name_missing_actions(self.domain, actions)

    async def warm_up(self) -> None:
        """Play one whole turn and one parse on scratch memory: dictionaries load now and not with the first customer."""
        self._processor.action_endpoint = PretendActions()
        try:
            with disarmed():
                await self.turn(Words(1, "warm-up", "nobody", "你好, hello", "zh-Hans"))
        finally:
            self._processor.action_endpoint = self._actions
            self._use_memory()

    def open_profile(self, database_url: str) -> ProfileTrackerStore:
        """Keep trackers in the profile database from now on; call it after the fork."""
        store = ProfileTrackerStore(self.domain, database_url)
        self._processor.tracker_store = store
        return store

    async def turn(self, words: Words) -> Turn:
        """Answer a message, or repeat the recorded answer if it was answered before. Raises ``TurnFailed``."""
        async with self._locks.setdefault(words.conversation_id, asyncio.Lock()), _loudly(words):
            tracker = await self._processor.get_tracker(words.conversation_id)
            events = turn_events(tracker.events, words.message_id)
            if not events:
                await self._processor.run_turn(words.as_message(), tracker)
                events = turn_events(tracker.events, words.message_id)
            return Turn(replies_of(events), reading_of(events, words.language))

    async def understand(self, words: Words) -> Reading:
        """Read a message and write down what it meant, without a dialogue turn. Raises ``TurnFailed``."""
        async with _loudly(words):
            tracker = await self._processor.run_only(UNDERSTAND_ACTIONS, words.as_message())
            return reading_of(tracker.events, words.language)

    def read(self, text: str) -> dict[str, Any]:
        """Return what the model reads in a text; no conversation and no profile is touched."""
        return self._processor.read(text)

    def _use_memory(self) -> None:
        self._processor.tracker_store = InMemoryTrackerStore(self.domain)


@asynccontextmanager
async def _loudly(words: Words) -> AsyncIterator[None]:
    """Bound a turn in time and translate whatever ends it early."""
    try:
        async with asyncio.timeout(TURN_SECONDS):
            yield
    except TurnAborted as aborted:
        raise TurnFailed(f"action {aborted} failed") from None
    except Exception as error:
        report("brain.turn_failed", error, message_id=str(words.message_id))
        raise TurnFailed(type(error).__name__) from None


def newest_model(models: Path) -> Path:
    """Find the model that was trained last. Raises ``BadSetting`` when there is none."""
    found = sorted(models.glob("*.tar.gz"), key=lambda model: (model.stat().st_mtime, model.name))
    if not found:
        raise BadSetting(f"no trained model in {models}: run `tingjian train` first")
    return found[-1]
