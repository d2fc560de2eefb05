"""Keep the audit and the feed that desks and channels follow."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.audit import AuditEntry, FeedEvent
from bot.store.pages import Page, fetch_page
from bot.store.tables import audit_ as audit
from bot.store.tables import feed


class Audit:
    """Add audit entries and read them back."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, entry: AuditEntry) -> None:
        self._session.add(entry)

    def of_subject(self, subject: str) -> list[AuditEntry]:
        query = sa.select(AuditEntry).where(audit.c.subject == subject).order_by(audit.c.id)
        return list(self._session.scalars(query))

    def page(self, cursor: str | None, limit: int) -> Page[AuditEntry]:
        return fetch_page(self._session, sa.select(AuditEntry), audit.c.at, audit.c.id, cursor, limit)


class Feed:
    """Read the feed from a place on, and forget what is old."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def after(self, seq: int, limit: int = 500) -> list[FeedEvent]:
        query = sa.select(FeedEvent).where(feed.c.seq > seq).order_by(feed.c.seq).limit(limit)
        return list(self._session.scalars(query))

    def latest(self) -> int:
        return self._session.scalar(sa.select(sa.func.max(feed.c.seq))) or 0

    def oldest(self) -> int:
        return self._session.scalar(sa.select(sa.func.min(feed.c.seq))) or 0

    def forget_before(self, moment: datetime) -> None:
        self._session.execute(sa.delete(feed).where(feed.c.at < moment))
