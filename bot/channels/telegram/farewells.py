"""Tell a customer's farewell from one that was overtaken by their return. Pure.

Somebody blocks us, thinks better of it and writes. Where the three updates change places, the old farewell would leave them
without an answer: whom we think gone is sent nothing.
"""

from dataclasses import replace
from typing import Final

from bot.domain.arrivals import Arrival, Ignored, Reach
from bot.domain.messages import Incoming

MOST: Final = 10_000


class Farewells:
    """Remember the last update by which each of the latest chats was heard."""

    def __init__(self) -> None:
        self._heard: dict[str, int] = {}

    def checked(self, arrival: Arrival) -> Arrival:
        """Return an arrival as it is, but a farewell after which the customer was heard as none of our business."""
        content, update_id = arrival.content, int(arrival.key)
        if isinstance(content, Reach) and not content.reachable:
            is_old = self._heard.get(content.external_id, -1) > update_id
            return replace(arrival, content=Ignored("my_chat_member")) if is_old else arrival
        if isinstance(content, Incoming | Reach):
            last = max(update_id, self._heard.pop(content.external_id, update_id))
            self._heard[content.external_id] = last
            if len(self._heard) > MOST:
                del self._heard[next(iter(self._heard))]
        return arrival
