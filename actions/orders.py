"""Answer questions about orders, from the orders of this customer and no others."""

import re
from datetime import datetime
from typing import Any, Final

from actions import slots
from actions.base import BotAction, Said, buttons_of, words
from actions.choosing import named_in
from actions.continuing import MeantOrder
from actions.matter import about_orders, is_public, matter_of, still_about
from actions.offers import PERSON
from actions.spoken import day
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.domain.messages import Button, Reply
from bot.domain.orders import Order, OrderState, find_order_number
from bot.services import orders
from bot.services.orders import UnknownOrder
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

_LATEST: Final = 3
_ON_THE_WAY: Final = (OrderState.SHIPPED,)
_NOT_THERE_YET: Final = (OrderState.PAID, OrderState.PACKED, OrderState.SHIPPED)
_REQUEST: Final = re.compile(
    r"帮|給我|给我|麻烦|麻煩|^请|^請|我要|我想|想要|不想要|不要了|改成|取消掉|\b(?:please|pls|i want|i'?d like|i need|my order)\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"吗|嗎|怎么|怎麼|如何|能不能|可不可以|多久|什么|什麼|^(?:how|what|when|is it|is there|can i)\b", re.IGNORECASE
)


class ActionOrderStatus(BotAction):
    """Say where an order is; a number that is not this customer's is as unknown as one that does not exist."""

    only_reads = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_order_status"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Answer for the order that is named by number or by what is in it, else for the latest orders."""
        return tell_status(uow, turn, now)


class ActionDeliveryProblem(BotAction):
    """Show what we know of the parcel and offer a person; with nothing to show, bring the person at once."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_delivery_problem"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Look for the order named, else for the one on its way; of several on their way ask once which it is.

        Who was just told what we know and is not content is not told it again: a person comes.
        """
        named = _named(uow, turn)
        on_the_way = [order for order in orders.orders_for(uow, turn.customer_id) if order.state in _ON_THE_WAY]
        if named is None and len(on_the_way) > 1:
            return _ask_which(uow, turn, on_the_way, now)
        if turn.slots.get(slots.APOLOGY) == "delivery-sorry" and slots.APOLOGY not in turn.renewed:
            return call_person(uow, turn, Reason.UNANSWERABLE, "delivery-still", now)
        order = named or orders.latest_sent(uow, turn.customer_id)
        if isinstance(order, UnknownOrder):
            return call_person(uow, turn, Reason.UNANSWERABLE, "delivery-person", now)
        return _tell_trouble(uow, turn, order, now)


def tell_status(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Say where the order is that is named by number or by what is in it, else where the latest ones are."""
    number = find_order_number(turn.text)
    if number is not None:
        return _tell_numbered(uow, turn, number, now)
    latest = orders.orders_for(uow, turn.customer_id)[:_LATEST]
    if not latest:
        return words(turn, "no-orders", buttons=("ask-for-person",), slots=PERSON)
    named = named_in(turn.text, [order.items for order in latest])
    if named is not None:
        return _tell(turn, "", [latest[named]], about_orders(uow, turn, [latest[named]], now))
    return _tell(turn, say(turn.language, "your-orders"), latest, about_orders(uow, turn, latest, now))


def wants_a_change(text: str) -> bool:
    """Tell a wish to have something changed from a question whether and how that can be done."""
    if find_order_number(text):
        return True
    return bool(_REQUEST.search(text)) and not _QUESTION.search(text)


def ask_which_to_change(uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
    """Ask once which order is to be changed, if that is in doubt, and bring the person who does it."""
    number = find_order_number(turn.text)
    named = _named(uow, turn)
    if named is not None or number is not None:
        return _change(uow, turn, named.number if named else str(number), now)
    changeable = [order for order in orders.orders_for(uow, turn.customer_id) if order.state in _NOT_THERE_YET]
    asked_before = matter_of(turn, now).question
    if len(changeable) > 1 and not asked_before and not is_public(uow, turn):
        return _ask_which(uow, turn, changeable, now)
    return _change(uow, turn, changeable[0].number if len(changeable) == 1 else "", now)


def tell_meant(uow: UnitOfWork, turn: Turn, meant: MeantOrder, now: datetime) -> Said:
    """Go on with the order that was meant: with what was asked for, else with where it is."""
    if meant.question == "order_change":
        return _change(uow, turn, meant.number, now)
    found = orders.find_order(uow, turn.customer_id, meant.number)
    if meant.question == "delivery_problem" and isinstance(found, Order):
        return _tell_trouble(uow, turn, found, now)
    return _tell_numbered(uow, turn, meant.number, now, keeping=True)


def order_line(turn: Turn, order: Order) -> str:
    """Say one order in a line: number, what is in it, how far it is and when to expect it."""
    due = order.delivered_at or order.expected_at or order.placed_at
    return say(
        turn.language, f"order-{order.state}", number=order.number, items=order.items, day=day(due, turn.language),
        carrier=order.carrier or "", tracking=order.tracking_number or "",
    )  # fmt: skip


def _named(uow: UnitOfWork, turn: Turn) -> Order | None:
    own = orders.orders_for(uow, turn.customer_id)
    number = find_order_number(turn.text)
    if number is not None:
        return next((order for order in own if order.number == number), None)
    at = named_in(turn.text, [order.items for order in own[:_LATEST]])
    return own[at] if at is not None else None


def _ask_which(uow: UnitOfWork, turn: Turn, candidates: list[Order], now: datetime) -> Said:
    titles = [f"{order.number} {order.items}" for order in candidates[:_LATEST]]
    buttons = tuple(Button(title=title, payload=title) for title in titles)
    kept = about_orders(uow, turn, candidates[:_LATEST], now, question=turn.intent)
    return Said((Reply(say(turn.language, "which-order"), buttons),), {**PERSON, **kept})


def _change(uow: UnitOfWork, turn: Turn, number: str, now: datetime) -> Said:
    why = say(turn.language, "why-change", number=number) if number else ""
    return call_person(uow, turn, Reason.UNANSWERABLE, "colleague-does", now, why=why)


def _tell_numbered(uow: UnitOfWork, turn: Turn, number: str, now: datetime, *, keeping: bool = False) -> Said:
    """Tell the order of that number; ``keeping`` the others that were told, so that the next can still be meant."""
    found = orders.find_order(uow, turn.customer_id, number)
    if isinstance(found, UnknownOrder):
        return words(turn, "order-unknown", buttons=("ask-for-person",), slots=PERSON, number=number)
    kept = about_orders(uow, turn, [found], now)
    if keeping and kept:
        kept = still_about(turn, now, order=number, entry="")
    return _tell(turn, "", [found], kept)


def _tell_trouble(uow: UnitOfWork, turn: Turn, order: Order, now: datetime) -> Said:
    said = {slots.APOLOGY: "delivery-sorry"}
    kept = {**about_orders(uow, turn, [order], now), **said}
    return _tell(turn, say(turn.language, "delivery-sorry"), [order], kept)


def _tell(turn: Turn, opening: str, found: list[Order], kept: dict[str, Any]) -> Said:
    lines = [opening] if opening else []
    lines += [order_line(turn, order) for order in found]
    lines.append(say(turn.language, "order-more"))
    return Said((Reply("\n".join(lines), buttons_of(turn, "ask-for-person")),), {**PERSON, **kept})
