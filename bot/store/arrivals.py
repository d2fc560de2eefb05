"""Keep which deliveries of the platforms have arrived, so that each takes effect once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.arrivals import Arrival
from bot.store.tables import arrivals


class Arrivals:
    """Note deliveries by their keys, look them up, and forget old ones."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def digest(self, channel: str, account: str, key: str) -> str | None:
        """Return the digest of the delivery that came under this key, None if none did."""
        query = sa.select(arrivals.c.digest).where(
            arrivals.c.channel == channel, arrivals.c.account == account, arrivals.c.key == key
        )
        return self._session.scalar(query)

    def keys_since(self, channel: str, account: str, moment: datetime) -> Sequence[str]:
        """Return the keys of the deliveries that came since a moment, in no order."""
        query = sa.select(arrivals.c.key).where(
            arrivals.c.channel == channel, arrivals.c.account == account, arrivals.c.arrived_at >= moment
        )
        return self._session.scalars(query).all()

    def add(self, arrival: Arrival, at: datetime, payload: str | None = None, reason: str | None = None) -> None:
        """Note a delivery; raises IntegrityError if somebody else notes it at this very moment."""
        row = {
            "channel": arrival.channel, "account": arrival.account, "key": arrival.key, "digest": arrival.digest,
            "payload": payload, "reason": reason, "arrived_at": at,
        }  # fmt: skip
        self._session.execute(sa.insert(arrivals), row)

    def forget_before(self, moment: datetime) -> int:
        """Delete the rows of older deliveries and return how many that were."""
        result = self._session.execute(sa.delete(arrivals).where(arrivals.c.arrived_at < moment))
        return cast(sa.CursorResult[Any], result).rowcount
