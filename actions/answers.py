"""Answer from what the shop wrote down, name the source, and bring a person where it wrote nothing."""

from datetime import datetime

from actions import slots
from actions.base import BotAction, Said, buttons_of, said_anew
from actions.choosing import is_short
from actions.knowledge.entries import Entry
from actions.knowledge.library import Sure, Torn, Unknown, library
from actions.matter import matter_of, still_about
from actions.offers import PERSON
from actions.orders import ask_which_to_change, order_line, wants_a_change
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.domain.messages import Button, Reply
from bot.domain.orders import ShopFact
from bot.services import orders
from bot.services.orders import NoFact, UnknownOrder
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

ASK_COLLEAGUE = "action_ask_colleague"
_OF_ONE_ORDER = ("refund_return", "order_change")


class ActionAnswerQuestion(BotAction):
    """Answer a question to the shop in the shop's own words; never with anything that is not written down."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_answer_question"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Find the entry that is meant; else say what the shop says of the whole topic; else pass it to a colleague.

        Which of two is meant is asked only where nothing else waits for an answer: else the likelier is told.
        """
        if turn.intent == "order_change" and wants_a_change(turn.text):
            return ask_which_to_change(uow, turn, now)
        found = library().search(turn.asked, likely=turn.intent)
        if isinstance(found, Torn) and not turn.further:
            return _offer_both(turn, found.entries, now)
        if isinstance(found, Unknown):
            return _say_what_is_known(uow, turn, now)
        return tell(uow, turn, found.entry if isinstance(found, Sure) else found.entries[0], now)


def tell(uow: UnitOfWork, turn: Turn, entry: Entry, now: datetime) -> Said:
    """Say an entry's answer and where it stands; if an order is being talked about, say what is with that one first."""
    text = entry.answer.get(turn.language, "")
    if entry.fact is not None:
        fact = orders.shop_fact(uow, entry.fact, turn.language)
        if isinstance(fact, NoFact):
            return Said(passed_to=ASK_COLLEAGUE)
        text = fact.text
    lines = [*_order_spoken_of(uow, turn, entry, now), text, _source(turn, entry)]
    reply = Reply("\n".join(lines), buttons_of(turn, "did-not-help"))
    return Said((reply,), still_about(turn, now, entry=entry.id))


def _order_spoken_of(uow: UnitOfWork, turn: Turn, entry: Entry, now: datetime) -> list[str]:
    number = matter_of(turn, now).order
    if not number or entry.intent not in _OF_ONE_ORDER or not is_short(turn.text):
        return []
    order = orders.find_order(uow, turn.customer_id, number)
    return [] if isinstance(order, UnknownOrder) else [order_line(turn, order)]


def _offer_both(turn: Turn, entries: tuple[Entry, Entry], now: datetime) -> Said:
    titles = [entry.title[turn.language] for entry in entries]
    buttons = tuple(Button(title=title, payload=title) for title in titles)
    choices = tuple(entry.id for entry in entries)
    reply = Reply(say(turn.language, "which-question"), (*buttons, *buttons_of(turn, "ask-for-person")))
    return Said((reply,), still_about(turn, now, entry="", choices=choices))


def _say_what_is_known(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Say the topic's fact, and honestly that it may not be the answer; the second time in a row a person comes."""
    general = next((entry for entry in library().entries if entry.fact == turn.intent), None)
    if general is not None and is_short(turn.text):
        return tell(uow, turn, general, now)
    fact = orders.shop_fact(uow, turn.intent, turn.language)
    if not isinstance(fact, ShopFact):
        return Said(passed_to=ASK_COLLEAGUE)
    if turn.slots.get(slots.MISUNDERSTANDINGS):
        return call_person(uow, turn, Reason.UNANSWERABLE, "colleague-knows", now)
    text, said = said_anew(turn, "not-sure", fact=fact.text)
    reply = Reply(text, buttons_of(turn, "ask-for-person"))
    return Said((reply,), {**PERSON, **said, slots.MISUNDERSTANDINGS: 1})


def _source(turn: Turn, entry: Entry) -> str:
    return say(turn.language, "source", title=entry.title[turn.language])
