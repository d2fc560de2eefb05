"""Bring a person: on a wish, where the shop has no answer, or when an offer is taken up."""

from datetime import datetime
from typing import Final

from actions.base import BotAction, Said, words
from actions.complaints import filed, receipt
from actions.offers import Offered, offer_of
from actions.privacy import ask_before_forgetting, forget_at_once
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.domain.ids import PreferenceId
from bot.services import preferences
from bot.store.unit_of_work import UnitOfWork

SURE_TO_FORGET: Final = 0.8
"""Confidence below which a yes is not taken as leave to delete everything: it is asked again."""
_TO_BE_DONE: Final = ("order_change", "account")


class ActionRequestPerson(BotAction):
    """Call a person because the customer wants one: no questions asked, no second try to keep them.

    Who complains in the same breath gets a case too: the wish for a person must not cost them the number and the promise.
    """

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_request_person"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Record the wish and say who comes."""
        if "complaint" not in turn.further:
            return call_person(uow, turn, Reason.WISH, "person-coming", now)
        said = receipt(turn, filed(uow, turn, now))
        return said.and_then(call_person(uow, turn, Reason.WISH, "person-coming", now))


class ActionAskColleague(BotAction):
    """Pass on what only people of the shop can know or change: products, prices, accounts, changes of an order."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_ask_colleague"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Say honestly that this needs a person, and call one."""
        msgid = "colleague-does" if turn.intent in _TO_BE_DONE else "colleague-knows"
        return call_person(uow, turn, Reason.UNANSWERABLE, msgid, now)


class ActionTakeUpOffer(BotAction):
    """Do what was offered in the turn before, now that the customer said yes."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_take_up_offer"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Follow the offer; a yes to nothing gets a friendly word."""
        offer = offer_of(turn)
        if offer.what is Offered.PERSON:
            return call_person(uow, turn, Reason.WISH, "person-coming", now)
        if offer.what is Offered.FORGET_ME:
            return forget_at_once(uow, turn, now) if turn.confidence >= SURE_TO_FORGET else ask_before_forgetting(turn)
        if offer.what is Offered.KEEP_PREFERENCES:
            return words(turn, "preference-kept")
        return words(turn, "go-on")


class ActionDeclineOffer(BotAction):
    """Leave what was offered, now that the customer said no; "no" to a noted preference takes it back."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_decline_offer"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Follow the no."""
        offer = offer_of(turn)
        if offer.what is Offered.FORGET_ME:
            return words(turn, "nothing-forgotten")
        if offer.what is Offered.KEEP_PREFERENCES:
            for preference_id in offer.ids:
                preferences.withdraw(uow, PreferenceId(preference_id), turn.customer_id, now)
            return words(turn, "preference-taken-back")
        if offer.what is Offered.PERSON:
            return words(turn, "no-person-then")
        return words(turn, "all-right")
