"""Say what the demo shop knows of an order, and find an order number in a customer's words."""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from bot.domain.ids import CustomerId, OrderId

_NUMBER: Final = re.compile(r"(?<![A-Z0-9])(TJ)[\s\-#]*(\d{4,8})(?!\d)", re.IGNORECASE)


class OrderState(StrEnum):
    """Tell how far an order has got."""

    PAID = "paid"
    PACKED = "packed"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


@dataclass(eq=False)
class Order:
    """Be one order of one customer; amounts are in the currency named."""

    id: OrderId
    number: str
    customer_id: CustomerId
    state: OrderState
    items: str
    amount: Decimal
    currency: str
    placed_at: datetime
    carrier: str | None = None
    tracking_number: str | None = None
    expected_at: datetime | None = None
    delivered_at: datetime | None = None


@dataclass(eq=False)
class ShopFact:
    """Be one thing the shop says about itself: opening hours, returns, shipping, invoices, payment."""

    topic: str
    language: str
    text: str


def find_order_number(text: str) -> str | None:
    """Return the first order number in the text in its canonical form (``TJ1024``), or None."""
    found = _NUMBER.search(text.upper())
    return f"TJ{found[2]}" if found else None
