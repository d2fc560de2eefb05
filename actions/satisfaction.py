"""Take a rating to heart: keep it, thank for it, and bring a person after a bad one."""

from datetime import datetime

from actions.base import BotAction, Said, words
from actions.offers import PERSON
from actions.turn import Turn
from bot.domain.messages import Button, Reply
from bot.domain.satisfaction import find_rating
from bot.services import satisfaction
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

_CONTENT = 4


class ActionRecordRating(BotAction):
    """Record how content the customer was; without a number, ask for one instead of guessing."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_record_rating"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Rate the conversation the customer was asked about, else this one."""
        score = find_rating(turn.text)
        if score is None:
            return ask_for_rating(turn)
        conversation_id = satisfaction.rated_conversation(uow, turn.conversation_id)
        satisfaction.record_rating(uow, turn.message_id, conversation_id, score, now)
        if score >= _CONTENT:
            return words(turn, "rating-thanks", score=str(score))
        return words(turn, "rating-sorry", buttons=("ask-for-person",), slots=PERSON, score=str(score))


def ask_for_rating(turn: Turn) -> Said:
    """Ask for one to five, best first."""
    titles = [say(turn.language, "score", score=str(score)) for score in range(5, 0, -1)]
    buttons = tuple(Button(title=title, payload=title) for title in titles)
    return Said((Reply(say(turn.language, "how-many-points"), buttons),))
