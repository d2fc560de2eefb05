"""Do by rule, without the brain, what was plainly asked for."""

from datetime import datetime

from bot.domain.ids import ConversationId
from bot.domain.messages import Reading
from bot.services import handoffs, messaging, readings, satisfaction, speaking
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import UnitOfWork
from bot.words import say


def take_rating(uow: UnitOfWork, turn: NextTurn, rated: ConversationId, score: int, now: datetime) -> None:
    """Keep the rating that the customer was asked for, say thank you, and count the message as dealt with."""
    satisfaction.record_rating(uow, turn.message_id, rated, score, now)
    readings.write_back(uow, Reading(turn.message_id, "rating", 1.0, turn.language, score - 3, now), now)
    conversation = handoffs.locked(uow, turn.conversation_id)
    speaking.as_system(uow, conversation, say(turn.language, "thanks-for-rating"), now, in_reply_to=turn.message_id)
    messaging.set_aside(uow, turn.message_id)
