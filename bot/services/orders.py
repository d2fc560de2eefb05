"""Look into the shop: a customer's own orders, and what the shop says about itself."""

from dataclasses import dataclass

from bot.domain.ids import CustomerId
from bot.domain.language import Language
from bot.domain.orders import Order, OrderState, ShopFact
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class UnknownOrder:
    """Say that this customer has no such order; whether somebody else has is nobody's business."""


@dataclass(frozen=True)
class NoFact:
    """Say that the shop says nothing about this."""


def orders_for(uow: UnitOfWork, customer_id: CustomerId) -> list[Order]:
    """Return a customer's orders, newest first."""
    return uow.shop.orders_of(customer_id)


def find_order(uow: UnitOfWork, customer_id: CustomerId, number: str) -> Order | UnknownOrder:
    """Return the order of that number if it is this customer's.

    A number is no proof of anything: another customer's order gets the same answer as one that does not exist.
    """
    own = uow.shop.orders_of(customer_id)
    return next((order for order in own if order.number == number), UnknownOrder())


def latest_sent(uow: UnitOfWork, customer_id: CustomerId) -> Order | UnknownOrder:
    """Return the newest order that is on its way or has arrived: the one a delivery trouble is most likely about."""
    sent = (OrderState.SHIPPED, OrderState.DELIVERED)
    return next((order for order in uow.shop.orders_of(customer_id) if order.state in sent), UnknownOrder())


def shop_fact(uow: UnitOfWork, topic: str, language: Language) -> ShopFact | NoFact:
    """Return what the shop says about a topic in a language."""
    return uow.shop.fact(topic, language) or NoFact()
