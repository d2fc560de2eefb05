"""Keep what platforms allow: windows, the calls that count against them, and what was given in reply to a push."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.allowance import Allowance, Ledger, Occasion, Spend
from bot.domain.ids import IdentityId
from bot.domain.reply_plan import Given
from bot.store.tables import allowances_, given, spends


class Allowances:
    """Find the ledger of an identity and write into it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def window(self, identity_id: IdentityId, occasion: Occasion) -> Allowance | None:
        """Return the newest window that was opened on such an occasion."""
        return self._session.get(Allowance, (identity_id, occasion))

    def ledger(self, identity_id: IdentityId) -> Ledger:
        """Return all windows of an identity and the calls that may count against them."""
        windows = sa.select(Allowance).where(allowances_.c.identity_id == identity_id)
        return Ledger(list(self._session.scalars(windows)), list(self._session.scalars(_spends_of(identity_id))))

    def add(self, row: Allowance | Spend | Given) -> None:
        self._session.add(row)
        self._session.flush()

    def replace(self, window: Allowance) -> None:
        """Let a window take the place of the one before it."""
        self._session.merge(window)
        self._session.flush()

    def spend_under_way(self, identity_id: IdentityId) -> Spend | None:
        """Return the call whose answer has not come; there is one at a time."""
        return self._session.scalars(_spends_of(identity_id).where(spends.c.settled_at.is_(None))).first()

    def take_back(self, spend: Spend) -> None:
        """Forget a call that the platform certainly did not count."""
        self._session.delete(spend)
        self._session.flush()

    def settle_all(self, now: datetime) -> None:
        """Count every call whose answer nobody waits for any more."""
        self._session.execute(sa.update(spends).where(spends.c.settled_at.is_(None)).values(settled_at=now))

    def forget_spends_before(self, identity_id: IdentityId, moment: datetime) -> None:
        self._session.execute(
            sa.delete(spends).where(spends.c.identity_id == identity_id, spends.c.settled_at < moment)
        )

    def given_to(self, identity_id: IdentityId, push: str) -> list[Given]:
        """Return what was given in reply to a push, in order."""
        query = sa.select(Given).where(given.c.identity_id == identity_id, given.c.push == push)
        return list(self._session.scalars(query.order_by(given.c.message_id)))

    def forget_given(self, row: Given) -> None:
        self._session.delete(row)
        self._session.flush()

    def forget_given_before(self, moment: datetime) -> None:
        """Forget replies to pushes that cannot come again."""
        self._session.execute(sa.delete(given).where(given.c.given_at < moment))


def _spends_of(identity_id: IdentityId) -> sa.Select[Spend]:
    return sa.select(Spend).where(spends.c.identity_id == identity_id).order_by(spends.c.id)
