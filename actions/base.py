"""Run an action as one transaction in a thread, and say its words only after the commit."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Final

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.apologies import AGAIN
from actions.continuing import continuation_of
from actions.profile import profile
from actions.shell import adopt
from actions.slots import APOLOGY
from actions.turn import Turn, turn_of
from bot.clock import Clock, utc_now
from bot.domain.messages import Button, Reply
from bot.errors import Refused
from bot.failpoints import failpoint
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

FOLLOW_UP: Final = "action_follow_up"
_SPEAK_FOR_THEMSELVES: Final = {FOLLOW_UP, "action_listen", "action_write_back", "action_request_person"}
"""Actions that run whatever was said before."""


@dataclass(frozen=True)
class Said:
    """Be what an action leaves behind: bubbles for the customer, slots for the next turn, and who goes on with this one."""

    replies: tuple[Reply, ...] = ()
    slots: Mapping[str, Any] = field(default_factory=dict)
    passed_to: str = ""

    def and_then(self, other: "Said") -> "Said":
        """Return both, one after the other."""
        return Said(self.replies + other.replies, {**self.slots, **other.slots}, other.passed_to or self.passed_to)


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
        if self.name() not in _SPEAK_FOR_THEMSELVES and continuation_of(turn, now) is not None:
            return [FollowupAction(FOLLOW_UP)]
        try:
            run = profile().read if self.only_reads else profile().write
            said = await run(self.act, turn, now)
        except Refused as refusal:
            said = self.refused(turn, refusal)
        failpoint("actions.after_write")
        for reply in said.replies:
            dispatcher.utter_message(text=reply.text, buttons=[dict(button) for button in reply.buttons])
        passed = [FollowupAction(said.passed_to)] if said.passed_to else []
        return [*(SlotSet(name, value) for name, value in said.slots.items()), *passed]


def words(
    turn: Turn, msgid: str, *, buttons: tuple[str, ...] = (), slots: Mapping[str, Any] | None = None, **values: str
) -> Said:
    """Say one bubble in the customer's language; a button sends its own title, as if the customer had written it."""
    text, said = said_anew(turn, msgid, **values)
    return Said((Reply(text, buttons_of(turn, *buttons)),), {**said, **(slots or {})})


def said_anew(turn: Turn, msgid: str, **values: str) -> tuple[str, dict[str, str]]:
    """Return words and the slot that remembers them; what was an apology in the turn before is said without it."""
    if msgid not in AGAIN:
        return say(turn.language, msgid, **values), {}
    repeated = turn.slots.get(APOLOGY) == msgid and APOLOGY not in turn.renewed
    return say(turn.language, AGAIN[msgid] if repeated else msgid, **values), {APOLOGY: msgid}


def buttons_of(turn: Turn, *msgids: str) -> tuple[Button, ...]:
    """Make buttons of words."""
    titles = [say(turn.language, msgid) for msgid in msgids]
    return tuple(Button(title=title, payload=title) for title in titles)
