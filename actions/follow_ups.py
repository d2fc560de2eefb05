"""Answer words that only make sense with what was said just before."""

from datetime import datetime

from actions.answers import tell
from actions.base import FOLLOW_UP, BotAction, Said
from actions.continuing import AskedMore, DidNotHelp, MeantOrder, continuation_of
from actions.orders import tell_meant
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork
from bot.words import say


class ActionFollowUp(BotAction):
    """Go on with the matter; every other action steps aside for this one when the words lean on it."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return FOLLOW_UP

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Do what the words mean in the light of the matter. Raises NotFound where there is none."""
        match continuation_of(turn, now):
            case DidNotHelp(entry):
                why = say(turn.language, "why-no-help", title=entry.title[turn.language])
                return call_person(uow, turn, Reason.UNANSWERABLE, "no-help-person", now, why=why)
            case AskedMore(entry):
                return tell(uow, turn, entry, now)
            case MeantOrder() as meant:
                return tell_meant(uow, turn, meant, now)
            case None:
                raise NotFound("matter")
