"""Keep the demo shop: orders and what the shop says about itself."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import CustomerId
from bot.domain.orders import Order, ShopFact
from bot.store.tables import orders_ as orders


class Shop:
    """Find orders of a customer and facts about the shop."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def orders_of(self, customer_id: CustomerId) -> list[Order]:
        """Return a customer's orders, newest first."""
        query = sa.select(Order).where(orders.c.customer_id == customer_id).order_by(orders.c.placed_at.desc())
        return list(self._session.scalars(query))

    def order_exists(self, number: str) -> bool:
        return self._session.scalar(sa.select(orders.c.id).where(orders.c.number == number)) is not None

    def add_order(self, order: Order) -> None:
        self._session.add(order)
        self._session.flush()

    def fact(self, topic: str, language: str) -> ShopFact | None:
        return self._session.get(ShopFact, (topic, language))

    def put_fact(self, fact: ShopFact) -> None:
        self._session.merge(fact)
