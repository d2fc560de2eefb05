"""Start a session knowing who comes, and note the language of every message before anything is answered."""

from datetime import datetime
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import slots
from actions.base import BotAction, Said, words
from actions.offers import PERSON
from actions.profile import profile
from actions.spoken import moment
from actions.turn import Opening, Turn, opening_of, turn_of
from bot.clock import utc_now
from bot.services import preferences
from bot.store.unit_of_work import UnitOfWork


class ActionSessionStart(Action):
    """Fill the slots from the profile: what a customer told us once is known in every later session."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_session_start"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Begin; the last event makes the assistant listen."""
        now = utc_now()
        opening = opening_of(tracker, now)
        known = await profile().read(recollect, opening, now)
        remembered = [SlotSet(name, value) for name, value in {**known, **opening.left_open}.items()]
        return [SessionStarted(), *remembered, ActionExecuted("action_listen")]


class ActionHearLanguage(Action):
    """Set the language slot while Rasa extracts slots: the answer of this very turn is chosen by it.

    No look into the profile here: an error at this point would lose the customer's message.
    """

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_hear_language"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        """Tell Rasa the language of the latest message."""
        return [SlotSet(slots.LANGUAGE, turn_of(tracker).language)]


class ActionGreet(BotAction):
    """Greet by name, and speak of an open complaint first: whoever waits for us must not have to ask."""

    only_reads = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_greet"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Look for the newest open case and say where it stands."""
        name = turn.slots.get(slots.CUSTOMER_NAME)
        hello = words(turn, "greet-by-name", name=name) if name else words(turn, "greet")
        cases = uow.complaints.of_customer(turn.customer_id, open_only=True)
        if not cases:
            return hello
        case = cases[-1]
        news = words(
            turn, "greet-case-late" if now > case.due_at else "greet-case", buttons=("ask-for-person",), slots=PERSON,
            number=case.number, due=moment(case.due_at, turn.language),
        )  # fmt: skip
        return hello.and_then(news)


def recollect(uow: UnitOfWork, opening: Opening, now: datetime) -> dict[str, Any]:
    """Return the slots of a customer; those of an unknown one are empty, and so is what may not be used."""
    customer = uow.customers.get(opening.customer_id) if opening.customer_id else None
    known: dict[str, Any] = {slots.LANGUAGE: opening.language}
    if customer is None:
        return known
    cases = uow.complaints.of_customer(customer.id, open_only=True)
    wishes = preferences.usable(uow, customer.id, now)
    return known | {
        slots.CUSTOMER_NAME: customer.name,
        slots.OPEN_COMPLAINT: cases[-1].number if cases else None,
        slots.PREFERENCES: [f"{wish.polarity}: {wish.object}" for wish in wishes[-20:]],
    }
