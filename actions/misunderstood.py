"""Be honest about not understanding: once with suggestions, the second time with a person."""

from datetime import datetime

from actions import slots
from actions.answers import tell
from actions.base import BotAction, Said, words
from actions.knowledge.library import Sure, library
from actions.matter import matter_of
from actions.turn import NOT_UNDERSTOOD, Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.store.unit_of_work import UnitOfWork

_SUGGESTIONS = ("suggest-order", "suggest-return", "ask-for-person")


class ActionMisunderstood(BotAction):
    """Say that these words were not understood; also where no rule knows what to do next."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_misunderstood"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Look once more among the shop's answers; else count, and bring a person at the second time in a row."""
        found = library().search(turn.text) if turn.intent == NOT_UNDERSTOOD else None
        if isinstance(found, Sure):
            return tell(uow, turn, found.entry, now)
        return _admit(uow, turn, "not-understood", now)


class ActionOutOfScope(BotAction):
    """Say that this is nothing the shop can help with; it counts as not understood."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_out_of_scope"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Count, and bring a person at the second time in a row."""
        return _admit(uow, turn, "out-of-scope", now)


def _admit(uow: UnitOfWork, turn: Turn, msgid: str, now: datetime) -> Said:
    """Admit it; who was just asked which order and is not understood is not asked again."""
    if matter_of(turn, now).question:
        return call_person(uow, turn, Reason.MISUNDERSTOOD, "which-order-person", now)
    if turn.slots.get(slots.MISUNDERSTANDINGS):
        return call_person(uow, turn, Reason.MISUNDERSTOOD, "misunderstood-twice", now)
    return words(turn, msgid, buttons=_SUGGESTIONS, slots={slots.MISUNDERSTANDINGS: 1})
