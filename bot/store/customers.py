"""Keep customers and their identities."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.customer import Customer, Identity
from bot.domain.ids import CustomerId, IdentityId
from bot.store.pages import Page, fetch_page
from bot.store.tables import customers, identities


class Customers:
    """Find and add customers; find and add the identities by which channels know them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, customer_id: CustomerId) -> Customer | None:
        return self._session.get(Customer, customer_id)

    def add(self, customer: Customer, identity: Identity) -> None:
        self._session.add(customer)
        self._session.flush()
        self._session.add(identity)
        self._session.flush()

    def identity(self, identity_id: IdentityId, *, lock: bool = False) -> Identity | None:
        query = sa.select(Identity).where(identities.c.id == identity_id)
        return self._session.scalars(_locked(query)).first() if lock else self._session.get(Identity, identity_id)

    def known_as(self, channel: str, account: str | None, external_id: str, *, lock: bool = False) -> Identity | None:
        """Return the identity a channel speaks of; ``account`` None means any. ``lock`` serialises its writers."""
        query = sa.select(Identity).where(identities.c.channel == channel, identities.c.external_id == external_id)
        if account is not None:
            query = query.where(identities.c.account == account)
        return self._session.scalars(_locked(query) if lock else query).first()

    def identities_of(self, customer_id: CustomerId, *, lock: bool = False) -> list[Identity]:
        query = sa.select(Identity).where(identities.c.customer_id == customer_id)
        query = query.order_by(identities.c.created_at, identities.c.id)
        return list(self._session.scalars(_locked(query) if lock else query))

    def page(self, cursor: str | None, limit: int) -> Page[Customer]:
        """Return customers, newest first; forgotten ones are left out."""
        query = sa.select(Customer).where(customers.c.forgotten_at.is_(None))
        return fetch_page(self._session, query, customers.c.created_at, customers.c.id, cursor, limit)


def _locked(query: sa.Select[Identity]) -> sa.Select[Identity]:
    """Lock the rows, fresh, against other writers; messages that point to them may be added meanwhile.

    A stronger lock would wait for those, while they wait for the conversation that its holder wants next.
    """
    return query.with_for_update(key_share=True).execution_options(populate_existing=True)
