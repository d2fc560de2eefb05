"""Keep Rasa's working memory in the profile database, in the table ``events`` that only Rasa uses.

What differs from Rasa's own store: it works with SQLAlchemy 2, it never blocks the event loop, it finds the current session
by the order of the rows and not by the wall clock (a clock set back would hide the newest events), and it makes no
connection before the first use, so that a worker may be forked from a loaded parent.
"""

from __future__ import annotations

import asyncio
import json
from itertools import islice
from threading import Lock
from typing import Any

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.orm import Query, Session, sessionmaker

from actions import slots
from bot import settings
from bot.store.engine import open_engine

_FORGET = sa.text(
    "DELETE FROM events WHERE sender_id IN (SELECT id FROM conversations WHERE customer_id = "
    "(SELECT customer_id FROM conversations WHERE id = :sender_id))"
)
"""Drop what all conversations of a customer left here; the turn that does it stays, so that it can be repeated."""


class ProfileTrackerStore(SQLTrackerStore):
    """Store trackers beside the profile; a failed read or write raises, it never becomes a blank tracker."""

    def __init__(
        self,
        domain: Domain | None = None,
        host: str | None = None,
        event_broker: EventBroker | None = None,
        **_ignored: Any,
    ) -> None:
        # SQLTrackerStore.__init__ would connect at once, in a loop that never gives up.
        TrackerStore.__init__(self, domain, event_broker)
        # Working memory: what a power cut takes of it lies in the profile.
        self.engine = open_engine(host or settings.read().database_url, durable=False)
        self.sessionmaker = sessionmaker(bind=self.engine)
        self._readers = sessionmaker(bind=self.engine.execution_options(readonly=True))
        self._table_ready = False
        self._preparing = Lock()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Load the current session."""
        return await asyncio.to_thread(self._load, sender_id, False)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Load all sessions."""
        return await asyncio.to_thread(self._load, conversation_id, True)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Append the new events in one transaction."""
        await self.stream_events(tracker)
        if tracker.events:
            await asyncio.to_thread(self._append, tracker)

    async def probe(self) -> None:
        """Raise unless the database answers."""
        await asyncio.to_thread(self._ensure_table)
        await asyncio.to_thread(self._ask)

    def _ask(self) -> None:
        with self.engine.connect() as connection:
            connection.execute(sa.text("SELECT 1"))

    def _load(self, sender_id: str, everything: bool) -> DialogueStateTracker | None:
        self._ensure_table()
        with self._readers() as session:
            rows = self._event_query(session, sender_id, everything).all()
            events = [json.loads(row.data) for row in rows]
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots) if events else None

    def _append(self, tracker: DialogueStateTracker) -> None:
        self._ensure_table()
        with self.sessionmaker.begin() as session:
            known = self._event_query(session, tracker.sender_id, False).count()
            new = list(islice(tracker.events, known, None))
            if any(isinstance(event, SlotSet) and event.key == slots.FORGOTTEN and event.value for event in new):
                session.execute(_FORGET, {"sender_id": tracker.sender_id})
            if new:
                session.execute(sa.insert(self.SQLEvent), [_row(tracker.sender_id, event) for event in new])

    def _event_query(self, session: Session, sender_id: str, fetch_events_from_all_sessions: bool) -> Query[Any]:
        """Find the rows of one conversation in their order, by default from the newest session start on."""
        event = self.SQLEvent
        query: Query[Any] = session.query(event).filter(event.sender_id == sender_id)
        if not fetch_events_from_all_sessions:
            newest_start = (
                session.query(sa.func.max(event.id))
                .filter(event.sender_id == sender_id, event.type_name == SessionStarted.type_name)
                .scalar_subquery()
            )
            query = query.filter(event.id >= sa.func.coalesce(newest_start, 0))
        return query.order_by(event.id)

    def _ensure_table(self) -> None:
        """Create the table on first use; of several workers that try at once, one wins and the others see it."""
        if self._table_ready:
            return
        with self._preparing:
            try:
                self.Base.metadata.create_all(self.engine)
            except (sa.exc.OperationalError, sa.exc.ProgrammingError, sa.exc.IntegrityError):
                if not sa.inspect(self.engine).has_table(self.SQLEvent.__tablename__):
                    raise
            self._table_ready = True


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    content = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": content.get("timestamp"),
        "intent_name": content.get("parse_data", {}).get("intent", {}).get("name"),
        "action_name": content.get("name"),
        "data": json.dumps(content),
    }
