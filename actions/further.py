"""Answer what a message asks beside its main matter: "…, and when do you close?"."""

import re
from dataclasses import replace
from datetime import datetime
from typing import Final

from actions import slots
from actions.answers import tell
from actions.base import Said, words
from actions.knowledge.library import Sure, library
from actions.matter import matter_of
from actions.offers import PERSON
from actions.orders import tell_status
from actions.turn import Turn
from bot.store.unit_of_work import UnitOfWork

_COMPLAINT, _STATUS = "complaint", "order_status"
_OF_AN_ORDER: Final = frozenset({_COMPLAINT, _STATUS, "order_change", "delivery_problem", "refund_return"})
"""Intents that are one matter beside each other: something is with an order, and it has been dealt with."""
_EDGES: Final = re.compile(r"^\W+|\W+$")


def answer_further(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Answer the first further matter that words of its own ask for; where no answer is sure, admit that.

    While a question of ours is open, nothing is put between it and the customer's answer. Beside a complaint only sure
    answers are given: the case holds all its words, and people read it.
    """
    matter = matter_of(turn, now)
    if slots.MATTER in turn.renewed and (matter.question or matter.choices):
        return Said()
    beside = next((one for one in _matters(turn) if not {one.intent, turn.intent} <= _OF_AN_ORDER), None)
    if beside is None:
        return Said()
    if beside.intent == _STATUS:
        return tell_status(uow, beside, now)
    found = library().search(beside.text, likely=beside.intent)
    if isinstance(found, Sure):
        said = tell(uow, beside, found.entry, now) if found.entry.id != matter.entry else Said()
        if not said.passed_to:
            return said
    return Said() if turn.intent == _COMPLAINT else _admit(turn, beside.text)


def _matters(turn: Turn) -> list[Turn]:
    """Return a turn for each further matter that can be answered, as if the customer had asked nothing else."""
    answered = {_STATUS} | {entry.intent for entry in library().entries}
    return [
        replace(turn, intent=intent, text=asked, asked=asked)
        for intent, asked in turn.further.items()
        if intent in answered and asked != turn.asked
    ]


def _admit(turn: Turn, asked: str) -> Said:
    offer = {} if slots.OFFER in turn.renewed else PERSON
    return words(turn, "further-unsure", buttons=("ask-for-person",), slots=offer, words=_EDGES.sub("", asked))
