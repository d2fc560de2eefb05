"""Run actions as the brain does, on a real database, with nothing of Rasa's engine around them."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import profile
from actions.base import BotAction
from actions.follow_ups import ActionFollowUp
from actions.knowledge.library import library
from actions.person import ActionAskColleague
from actions.write_back import ActionListen
from bot import demo
from bot.domain.ids import ConversationId, CustomerId, MessageId
from bot.store.unit_of_work import Database, UnitOfWork
from tests import build

PASSED_TO: dict[str, type[BotAction]] = {
    "action_follow_up": ActionFollowUp,
    "action_ask_colleague": ActionAskColleague,
}


@dataclass
class Talk:
    """Be one customer's talk: words go in, one action answers; slots are kept as Rasa would keep them."""

    database: Database
    who: str = "v1"

    def __post_init__(self) -> None:
        self.slots: dict[str, Any] = {}
        self.events: list[dict[str, Any]] = []
        self.now = build.NOW
        self.message_id = MessageId(0)
        self.conversation_id = ConversationId("")

    def say(
        self,
        text: str,
        *actions: type[BotAction],
        intent: str = "x",
        language: str = "zh-Hans",
        confidence: float = 0.9,
        asked: str = "",
        further: Mapping[str, str] | None = None,
    ) -> list[dict[str, Any]]:
        """Have a message received and let actions answer it; return the bubbles. Each matter has its own words."""
        received = build.receive(self.database, text, who=self.who, now=self.now)
        self.message_id, self.conversation_id = received.message_id, received.conversation_id
        self.events = [{"event": "user"}]
        self.latest = {
            "text": text,
            "intent": {"name": intent, "confidence": confidence},
            "labels": [
                {"name": label, "confidence": confidence, "words": words}
                for label, words in {intent: asked or text, **(further or {})}.items()
            ],
            "metadata": {"message_id": received.message_id, "customer_id": self.customer_id, "language": language},
        }
        return self.again(*actions)

    def again(self, *actions: type[BotAction]) -> list[dict[str, Any]]:
        """Let actions answer the latest message (once more)."""
        said: list[dict[str, Any]] = []
        for action in actions:
            dispatcher = CollectingDispatcher()
            tracker = Tracker(
                self.conversation_id, dict(self.slots), self.latest, list(self.events), False, None, {}, None
            )
            events = asyncio.run(action(clock=lambda: self.now).run(dispatcher, tracker, {}))
            self.slots |= {event["name"]: event["value"] for event in events if event["event"] == "slot"}
            self.events += events
            said += dispatcher.messages
            for passed in (event["name"] for event in events if event["event"] == "followup"):
                return said + self.again(PASSED_TO[passed])
        return said

    def answered(self, text: str, action: type[BotAction], intent: str, language: str = "zh-Hans") -> dict[str, Any]:
        """Have a whole turn played, write-back included; return its only bubble."""
        [said] = self.say(text, action, intent=intent, language=language)
        self.again(ActionListen)
        return said

    @property
    def customer_id(self) -> CustomerId:
        return build.identity(self.database, self.who).customer_id

    def read(self, look: Callable[[UnitOfWork], Any]) -> Any:
        with self.database.reading() as uow:
            return look(uow)


@pytest.fixture
def talk(sqlite_database: Database) -> Talk:
    """Begin a talk on SQLite; the database behind the services is tested on both kinds elsewhere."""
    profile.use(sqlite_database)
    library.cache_clear()
    return Talk(sqlite_database)


@pytest.fixture
def shop(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Talk]:
    """Be a talk in the demo shop: it has facts and answers, and gave its customer orders."""
    monkeypatch.setenv("TINGJIAN_DEMO", "1")
    library.cache_clear()
    talk.say("在吗", ActionListen)
    talk.database.perform(demo.seed, talk.now)
    talk.database.perform(demo.give_orders, talk.customer_id, talk.now)
    yield talk
    library.cache_clear()
