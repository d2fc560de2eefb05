"""Answer questions about orders, from the orders of this customer and no others."""

from datetime import datetime

from actions.base import BotAction, Said, buttons_of, words
from actions.offers import PERSON
from actions.spoken import day
from actions.turn import Turn
from actions.waiting import call_person
from bot.domain.conversation import Reason
from bot.domain.messages import Reply
from bot.domain.orders import Order, find_order_number
from bot.services import orders
from bot.services.orders import UnknownOrder
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

_LATEST = 3


class ActionOrderStatus(BotAction):
    """Say where an order is; a number that is not this customer's is as unknown as one that does not exist."""

    only_reads = True

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_order_status"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Answer for the number in the words, else for the latest orders."""
        number = find_order_number(turn.text)
        if number is not None:
            found = orders.find_order(uow, turn.customer_id, number)
            if isinstance(found, UnknownOrder):
                return words(turn, "order-unknown", buttons=("ask-for-person",), slots=PERSON, number=number)
            return _tell(turn, "", [found])
        latest = orders.orders_for(uow, turn.customer_id)[:_LATEST]
        if not latest:
            return words(turn, "no-orders", buttons=("ask-for-person",), slots=PERSON)
        return _tell(turn, say(turn.language, "your-orders"), latest)


class ActionDeliveryProblem(BotAction):
    """Show what we know of the parcel and offer a person; with nothing to show, bring the person at once."""

    def name(self) -> str:
        """Return the name in domain.yml."""
        return "action_delivery_problem"

    def act(self, uow: UnitOfWork, turn: Turn, now: datetime) -> Said:
        """Look for the order named, else for the latest that is or was on its way."""
        number = find_order_number(turn.text)
        named = orders.find_order(uow, turn.customer_id, number) if number else None
        order = named if isinstance(named, Order) else orders.latest_sent(uow, turn.customer_id)
        if isinstance(order, UnknownOrder):
            return call_person(uow, turn, Reason.UNANSWERABLE, "delivery-person", now)
        return _tell(turn, say(turn.language, "delivery-sorry"), [order])


def _tell(turn: Turn, opening: str, found: list[Order]) -> Said:
    lines = [opening] if opening else []
    lines += [order_line(turn, order) for order in found]
    lines.append(say(turn.language, "order-more"))
    return Said((Reply("\n".join(lines), buttons_of(turn, "ask-for-person")),), PERSON)


def order_line(turn: Turn, order: Order) -> str:
    """Say one order in a line: number, what is in it, how far it is and when to expect it."""
    due = order.delivered_at or order.expected_at or order.placed_at
    return say(
        turn.language, f"order-{order.state}", number=order.number, items=order.items, day=day(due, turn.language),
        carrier=order.carrier or "", tracking=order.tracking_number or "",
    )  # fmt: skip
