"""Write what a message meant into the profile at the end of every turn, so that nothing said is lost."""

from datetime import datetime
from typing import Final

from actions import slots
from actions.base import BotAction, Said
from actions.complaints import filed
from actions.further import answer_further
from actions.spoken import shop_time
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.domain.grievance_topics import topic_of
from bot.domain.hearing import consents_in, only_refuses_promotion
from bot.domain.messages import Reading
from bot.domain.sentiment import sentiment_of
from bot.errors import Refused
from bot.services import consents, handoffs, moods, preferences, readings
from bot.store.unit_of_work import UnitOfWork

SURE_ENOUGH: Final = 0.5
"""Confidence from which a complaint is opened while a person has the conversation."""

_UNHAPPY: Final = -1
"""Nobody who complains is content, however politely they put it."""
_CHIT_CHAT: Final = "out_of_scope"
"""What a customer likes in love and weather is none of the shop's business."""


class ActionWriteBack(BotAction):
    """Write down a message that the assistant does not answer, because a person has the conversation."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_write_back"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Write reading, wishes and, where it is one, the complaint."""
        if _surely_complains(turn) and not only_refuses_promotion(turn.text):
            filed(uow, turn, now)
        return write_back(uow, turn, now)

    def refused(self, turn: Turn, refusal: Refused) -> Said:
        """Fail loudly: a reading that cannot be kept is our fault, and nothing may be said here."""
        raise refusal


class ActionListen(BotAction):
    """Write the turn back, then listen: Rasa runs this last in every turn."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_listen"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Write back, bring a person to whom the talk makes ever more unhappy, else answer what was asked beside.

        A complaint has had its own action. Once a person was called, the rest is theirs to answer.
        """
        said = write_back(uow, turn, now)
        if moods.calls_for_person(uow, turn.message_id):
            return said.and_then(call_person(uow, turn, Reason.ANGRY, "mood-person", now))
        if not turn.further or handoffs.left_to_bot(uow, turn.message_id) is None:
            return said
        return said.and_then(answer_further(uow, turn, now))

    def refused(self, turn: Turn, refusal: Refused) -> Said:
        """Fail loudly, as in ``ActionWriteBack``."""
        raise refusal


def write_back(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Keep the reading, preferences and consents of a message; a repetition changes nothing.

    Preferences are heard in every message whatever its intent: people say what they like while asking for something else.
    """
    topic, feeling = turn.topic or topic_of(turn.text), sentiment_of(turn.text)
    if _surely_complains(turn):
        feeling = min(feeling, _UNHAPPY)
    reading = Reading(
        turn.message_id, turn.intent, turn.confidence, turn.language, feeling, now,
        [*([] if topic == "other" else [topic]), *(also for also in turn.further if also != topic)],
    )  # fmt: skip
    readings.write_back(uow, reading, now)
    if turn.intent != _CHIT_CHAT:
        preferences.hear(uow, turn.message_id, turn.expressed, now, shop_time())
    consents.hear(uow, turn.message_id, consents_in(turn.text), now)
    ended = {name: None for name in slots.PASSING if turn.slots.get(name) is not None and name not in turn.renewed}
    return Said(slots={slots.SENTIMENT: reading.sentiment, slots.TOPICS: reading.topics, **ended})


def _surely_complains(turn: Turn) -> bool:
    if turn.intent == "ask_human":
        return "complaint" in turn.further
    return turn.intent == "complaint" and turn.confidence >= SURE_ENOUGH
