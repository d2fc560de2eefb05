"""Answer what a message asks beside its main matter: "…, and when do you close?"."""

from dataclasses import replace
from datetime import datetime
from typing import Final

from actions import slots
from actions.answers import tell
from actions.base import Said
from actions.knowledge.library import Sure, library
from actions.matter import matter_of
from actions.orders import tell_status
from actions.turn import Turn
from bot.store.unit_of_work import UnitOfWork

_STATUS: Final = "order_status"
_OF_AN_ORDER: Final = frozenset({"complaint", _STATUS, "order_change", "delivery_problem", "refund_return"})
"""Intents that are one matter beside each other: something is with an order, and it has been dealt with."""


def answer_further(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Answer the first further matter that the shop has a sure answer to; about anything else be silent.

    A matter counts when words of its own ask for it. While a question of ours is open, nothing is put between it and the
    customer's answer.
    """
    matter = matter_of(turn, now)
    if slots.MATTER in turn.renewed and (matter.question or matter.choices):
        return Said()
    for intent, words in turn.further.items():
        if words == turn.asked or {intent, turn.intent} <= _OF_AN_ORDER:
            continue
        beside = replace(turn, intent=intent, text=words, asked=words)
        if intent == _STATUS:
            return tell_status(uow, beside, now)
        found = library().search(words, likely=intent)
        if isinstance(found, Sure) and found.entry.id != matter.entry:
            said = tell(uow, beside, found.entry, now)
            if not said.passed_to:
                return said
    return Said()
