"""Keep complaints and the promises made for them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.complaints import Complaint, ComplaintState
from bot.domain.ids import ComplaintId, CustomerId, MessageId
from bot.domain.promises import Promise
from bot.store.pages import Page, fetch_page
from bot.store.tables import complaints_ as complaints
from bot.store.tables import promises_ as promises


class Complaints:
    """Find, add, count and list complaints."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, complaint_id: ComplaintId) -> Complaint | None:
        return self._session.get(Complaint, complaint_id)

    def add(self, complaint: Complaint) -> None:
        self._session.add(complaint)
        self._session.flush()

    def from_message(self, message_id: MessageId) -> Complaint | None:
        return self._session.scalars(sa.select(Complaint).where(complaints.c.message_id == message_id)).first()

    def opened_between(self, start: datetime, end: datetime) -> int:
        """Count the complaints of a span of time, end excluded."""
        query = sa.select(sa.func.count()).where(complaints.c.opened_at >= start, complaints.c.opened_at < end)
        return self._session.scalar(query) or 0

    def of_customer(self, customer_id: CustomerId, *, open_only: bool = False) -> list[Complaint]:
        query = sa.select(Complaint).where(complaints.c.customer_id == customer_id)
        if open_only:
            query = query.where(complaints.c.state != ComplaintState.RESOLVED)
        return list(self._session.scalars(query.order_by(complaints.c.opened_at)))

    def page(self, state: ComplaintState | None, cursor: str | None, limit: int) -> Page[Complaint]:
        query = sa.select(Complaint)
        if state is not None:
            query = query.where(complaints.c.state == state)
        return fetch_page(self._session, query, complaints.c.opened_at, complaints.c.id, cursor, limit)


class Promises:
    """Add promises and find those still owed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, promise: Promise) -> None:
        self._session.add(promise)
        self._session.flush()

    def of_customer(self, customer_id: CustomerId) -> list[Promise]:
        query = sa.select(Promise).where(promises.c.customer_id == customer_id).order_by(promises.c.due_at)
        return list(self._session.scalars(query))

    def for_complaint(self, complaint_id: ComplaintId) -> list[Promise]:
        return list(self._session.scalars(sa.select(Promise).where(promises.c.complaint_id == complaint_id)))
