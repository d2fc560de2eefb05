"""Remember what the assistant has just offered, so that a bare "yes" or "no" has a meaning for one turn."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from actions import slots
from actions.turn import Turn


class Offered(StrEnum):
    """Name what a yes or no can refer to."""

    NOTHING = "nothing"
    PERSON = "person"
    FORGET_ME = "forget_me"
    KEEP_PREFERENCES = "keep_preferences"


@dataclass(frozen=True)
class Offer:
    """Be an offer; ``ids`` are what it is about."""

    what: Offered
    ids: tuple[str, ...] = ()

    def as_slot(self) -> dict[str, Any]:
        """Return the slot that keeps it until the next message."""
        return {slots.OFFER: {"what": self.what.value, "ids": list(self.ids)}}


def offer_of(turn: Turn) -> Offer:
    """Return what was offered in the turn before this one."""
    kept = turn.slots.get(slots.OFFER) or {}
    return Offer(Offered(kept.get("what", Offered.NOTHING)), tuple(kept.get("ids", ())))


PERSON = Offer(Offered.PERSON).as_slot()
