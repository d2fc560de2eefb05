"""Call a person in the course of a turn, and say the truth about the wait."""

from datetime import datetime

from actions.base import Said, words
from actions.turn import Turn
from bot.domain.conversation import Owner, Reason
from bot.errors import NotFound
from bot.services import handoffs
from bot.store.unit_of_work import UnitOfWork


def call_person(uow: UnitOfWork, turn: Turn, reason: Reason, msgid: str, now: datetime, *, why: str = "") -> Said:
    """Record the request with a summary for the agent, headed by ``why``; it takes effect together with these words."""
    conversation = uow.conversations.get(turn.conversation_id)
    if conversation is None:
        raise NotFound("conversation")
    summary = handoffs.summarise(uow, conversation)
    handoffs.request_person(uow, turn.message_id, reason, f"{why}\n{summary}" if why else summary, now)
    said = words(turn, msgid)
    waiting = uow.conversations.count(Owner.WAITING)
    return said.and_then(words(turn, "others-wait", count=str(waiting))) if waiting else said
