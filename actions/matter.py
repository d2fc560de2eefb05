"""Remember what is being talked about, so that "那第二个呢？" and "and to Taiwan?" have a meaning for some minutes."""

from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from actions import slots
from actions.turn import Turn
from bot.domain.conversation import Conversation
from bot.domain.orders import Order
from bot.store.unit_of_work import UnitOfWork

HOLDS: Final = timedelta(minutes=30)
"""How long after it was last spoken of a matter can be meant by half a sentence."""
_ORDERS: Final = 5
"""So many orders at most can be told apart by their place."""


@dataclass(frozen=True)
class Matter:
    """Be what the last answer was about.

    ``orders`` are numbers with what is in them, in the order they were told; ``order`` is the one spoken of last.
    ``question`` is the intent for which the customer was asked which order: it is asked once. ``choices`` are entries that
    were offered as buttons, ``entry`` is the one that answered.
    """

    at: str
    orders: tuple[tuple[str, str], ...] = ()
    order: str = ""
    question: str = ""
    entry: str = ""
    choices: tuple[str, ...] = ()

    @property
    def items(self) -> list[str]:
        """Return what is in each order."""
        return [items for _, items in self.orders]

    def as_slot(self) -> dict[str, Any]:
        """Return the slot that keeps it."""
        return {slots.MATTER: asdict(self)}


def matter_of(turn: Turn, now: datetime) -> Matter:
    """Return what is being talked about; nothing in particular when that was long ago."""
    kept = turn.slots.get(slots.MATTER)
    if not kept or now - datetime.fromisoformat(kept["at"]) > HOLDS:
        return Matter(now.isoformat())
    orders = tuple((number, items) for number, items in kept["orders"])
    return Matter(kept["at"], orders, kept["order"], kept["question"], kept["entry"], tuple(kept["choices"]))


def about_orders(
    uow: UnitOfWork, turn: Turn, told: list[Order], now: datetime, *, question: str = ""
) -> dict[str, Any]:
    """Return the slot after orders were told; where others read along nothing is kept that a later answer might say aloud."""
    if is_public(uow, turn):
        return {}
    orders = tuple((order.number, order.items) for order in told[:_ORDERS])
    return Matter(now.isoformat(), orders, told[0].number if len(told) == 1 else "", question).as_slot()


def still_about(turn: Turn, now: datetime, **changes: Any) -> dict[str, Any]:
    """Return the slot after an answer that goes on with the same orders."""
    changed: Matter = replace(matter_of(turn, now), at=now.isoformat(), question="", **{"choices": (), **changes})
    return changed.as_slot()


def is_public(uow: UnitOfWork, turn: Turn) -> bool:
    """Say whether others read along."""
    conversation: Conversation | None = uow.conversations.get(turn.conversation_id)
    identity = uow.customers.identity(conversation.identity_id) if conversation else None
    return identity is not None and identity.is_public
