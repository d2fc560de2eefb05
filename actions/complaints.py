"""Open a complaint: in the customer's words, with a number, and with a promise that has a time."""

from datetime import datetime

from actions import slots
from actions.base import BotAction, Said, words
from actions.offers import PERSON
from actions.spoken import moment
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.complaints import Severity
from bot.domain.conversation import Reason
from bot.domain.grievances import is_angry
from bot.domain.hearing import consents_in, only_refuses_promotion
from bot.services import complaints, consents
from bot.services.complaints import Joined, Opened
from bot.store.unit_of_work import UnitOfWork


class ActionOpenComplaint(BotAction):
    """Take a grievance seriously: say sorry, number and time, and bring a person to whoever is angry."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_open_complaint"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Open the case or add to an open one; a mere wish for no more advertising is granted instead."""
        if only_refuses_promotion(turn.text):
            consents.hear(uow, turn.message_id, consents_in(turn.text), now)
            return words(turn, "marketing-no")
        outcome = filed(uow, turn, now)
        if outcome.complaint.severity is Severity.HIGH or is_angry(turn.text):
            return receipt(turn, outcome).and_then(call_person(uow, turn, Reason.ANGRY, "complaint-person", now))
        return receipt(turn, outcome, buttons=("ask-for-person",)).and_then(Said(slots=PERSON))


def filed(uow: UnitOfWork, turn: Turn, now: datetime) -> Opened | Joined:
    """Open a case or add to an open one, weighed as the model weighs it."""
    return complaints.open_complaint(uow, turn.message_id, now, topic=turn.topic, severity=turn.severity)


def receipt(turn: Turn, outcome: Opened | Joined, *, buttons: tuple[str, ...] = ()) -> Said:
    """Say that a complaint is written down: its number, and by when somebody answers."""
    case = outcome.complaint
    return words(
        turn, "complaint-joined" if isinstance(outcome, Joined) else "complaint-opened", buttons=buttons,
        slots={slots.OPEN_COMPLAINT: case.number}, number=case.number, due=moment(case.due_at, turn.language),
    )  # fmt: skip
