"""Be honest when the brain does not answer, and bring a person when it cannot."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.domain.conversation import Conversation, Owner, Reason
from bot.domain.ids import MessageId
from bot.domain.language import Language
from bot.domain.messages import Message, Turn
from bot.errors import NotFound
from bot.services import handoffs, quick_replies, speaking
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

MOST_FAILURES: Final = 3
"""Failed turns of one message after which it goes to a person."""
BACK_OFF: Final = (timedelta(seconds=0.3), timedelta(seconds=2))
"""Waiting time after the first and the second failure."""


@dataclass(frozen=True)
class TryAgain:
    """Say that the message stays open until the moment given."""

    due_at: datetime


@dataclass(frozen=True)
class ToPerson:
    """Say that the message will not be tried again: a person has it now."""


def turn_failed(uow: UnitOfWork, turn: NextTurn, now: datetime) -> TryAgain | ToPerson:
    """Count a failed turn; after the third, put the message aside for a person and tell the customer."""
    conversation, message = _lock(uow, turn.message_id)
    message.attempts += 1
    if message.attempts < MOST_FAILURES:
        if message.attempts > 1:
            _notice(uow, conversation, message, turn.language, now)
        message.due_at = now + BACK_OFF[message.attempts - 1]
        return TryAgain(message.due_at)
    message.turn = Turn.DEAD
    message.failure = "turn failed"
    uow.record("system", "message.set_aside", f"message:{message.id}", now, attempts=message.attempts)
    handoffs.bring_person(uow, message.id, Reason.BRAIN_FAILED, say(turn.language, "could-not-answer"), now)
    return ToPerson()


def answer_is_late(uow: UnitOfWork, turn: NextTurn, now: datetime) -> None:
    """Tell the customer once that the answer takes longer, and offer a person; the message stays open."""
    conversation, message = _lock(uow, turn.message_id)
    if message.turn is Turn.OPEN:
        _notice(uow, conversation, message, turn.language, now)


def _notice(uow: UnitOfWork, conversation: Conversation, message: Message, language: Language, now: datetime) -> None:
    if conversation.notice_given or conversation.owner is not Owner.BOT:
        return
    conversation.notice_given = True
    speaking.as_system(
        uow, conversation, say(language, "answer-takes-longer"), now,
        buttons=quick_replies.for_person(language), in_reply_to=message.id,
    )  # fmt: skip


def _lock(uow: UnitOfWork, message_id: MessageId) -> tuple[Conversation, Message]:
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    conversation = handoffs.locked(uow, message.conversation_id)
    uow.session.refresh(message)
    return conversation, message
