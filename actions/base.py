"""Run an action as one transaction in a thread, and say its words only after the commit."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.profile import profile
from actions.shell import adopt
from actions.turn import Turn, turn_of
from bot.clock import Clock, utc_now
from bot.domain.messages import Button, Reply
from bot.errors import Refused
from bot.failpoints import failpoint
from bot.store.unit_of_work import UnitOfWork
from bot.words import say


@dataclass(frozen=True)
class Said:
    """Be what an action leaves behind: bubbles for the customer and slots for the next turn."""

    replies: tuple[Reply, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)

    def and_then(self, other: "Said") -> "Said":
        """Return both, one after the other."""
        return Said(self.replies + other.replies, {**self.slots, **other.slots})


class BotAction(Action, ABC):
    """Be one thing the assistant can do. A subclass writes its name out, so that a search finds it.

    ``act`` may run twice when a transaction is repeated: it changes nothing but the profile. A refusal of the domain
    becomes a kind sentence; every other exception goes up and fails the turn, loudly.
    """

    only_reads: ClassVar[bool] = False
    """True for an action that changes nothing: it does not wait in line with the writers."""

    def __init__(self, clock: Clock = utc_now) -> None:
        self.clock = clock

    @abstractmethod
    def name(self) -> str:
        """Return the name in domain.yml."""

    @abstractmethod
    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Do it, in one transaction."""

    def refused(self, turn: Turn, refusal: Refused) -> Said:
        """Say kindly that it cannot be done; override where nothing may be said."""
        return words(turn, "cannot-be-done", buttons=("ask-for-person",))

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Act on the tracker's latest message. Rasa calls this."""
        turn, now = turn_of(tracker), self.clock()
        if not turn.is_recorded:
            turn = await profile().write(adopt, turn, now)
        try:
            run = profile().read if self.only_reads else profile().write
            said = await run(self.act, turn, now)
        except Refused as refusal:
            said = self.refused(turn, refusal)
        failpoint("actions.after_write")
        for reply in said.replies:
            dispatcher.utter_message(text=reply.text, buttons=[dict(button) for button in reply.buttons])
        return [SlotSet(name, value) for name, value in said.slots.items()]


def words(
    turn: Turn, msgid: str, *, buttons: tuple[str, ...] = (), slots: Mapping[str, Any] | None = None, **values: str
) -> Said:
    """Say one bubble in the customer's language; a button sends its own title, as if the customer had written it."""
    return Said((Reply(say(turn.language, msgid, **values), buttons_of(turn, *buttons)),), slots or {})


def buttons_of(turn: Turn, *msgids: str) -> tuple[Button, ...]:
    """Make buttons of words."""
    titles = [say(turn.language, msgid) for msgid in msgids]
    return tuple(Button(title=title, payload=title) for title in titles)
