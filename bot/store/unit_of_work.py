"""Do one thing wholly or not at all: a unit of work is one transaction over the whole profile."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from bot.domain.audit import AuditEntry, FeedEvent
from bot.errors import RecordUnavailable
from bot.store.allowances import Allowances
from bot.store.arrivals import Arrivals
from bot.store.cases import Complaints, Promises
from bot.store.conversations import Conversations
from bot.store.cursors import Cursors
from bot.store.customers import Customers
from bot.store.enclosures import Receipts, Uploads, Versions
from bot.store.engine import open_engine
from bot.store.lines import Lines
from bot.store.messages import Messages
from bot.store.platform_tokens import PlatformTokens
from bot.store.records import Audit, Feed
from bot.store.shop import Shop
from bot.store.users import Users
from bot.store.wishes import Consents, Preferences, Ratings

P = ParamSpec("P")
R = TypeVar("R")
TRIES: Final = 3
_FEED_LOCK: Final = 7_104_001
logger = logging.getLogger(__name__)


class UnitOfWork:
    """Give services every repository of one transaction, and let them leave audit and feed lines behind."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.customers = Customers(session)
        self.conversations = Conversations(session)
        self.arrivals = Arrivals(session)
        self.allowances = Allowances(session)
        self.cursors = Cursors(session)
        self.messages = Messages(session)
        self.versions = Versions(session)
        self.receipts = Receipts(session)
        self.uploads = Uploads(session)
        self.complaints = Complaints(session)
        self.promises = Promises(session)
        self.preferences = Preferences(session)
        self.consents = Consents(session)
        self.ratings = Ratings(session)
        self.shop = Shop(session)
        self.users = Users(session)
        self.platform_tokens = PlatformTokens(session)
        self.audit = Audit(session)
        self.feed = Feed(session)
        self._untold: list[FeedEvent] = []

    def tell(self, kind: str, at: datetime, *, conversation_id: str | None = None,
             customer_id: str | None = None, **details: Any) -> None:  # fmt: skip
        """Leave a line for everybody who follows the feed; it appears with the commit."""
        self._untold.append(FeedEvent(kind, at, conversation_id, customer_id, details))

    def record(self, actor: str, action: str, subject: str, at: datetime, **details: Any) -> None:
        """Leave an audit entry in the same transaction as the change."""
        self.audit.add(AuditEntry(actor, action, subject, at, details))

    def finish(self) -> list[FeedEvent]:
        """Write the feed lines last, so that their numbers rise in commit order; return them.

        On PostgreSQL a number is drawn before the commit: the lock keeps a later number from being seen first.
        """
        self.session.flush()
        if not self._untold:
            return []
        if self.session.get_bind().dialect.name == "postgresql":
            self.session.execute(sa.select(sa.func.pg_advisory_xact_lock(_FEED_LOCK)))
        self.session.add_all(self._untold)
        self.session.flush()  # numbers them in the order in which they were added
        return self._untold


class Database:
    """Open units of work on one database, from threads and from coroutines.

    ``on_feed`` is called with the feed lines that a commit has left, in the thread that committed; it is only a hint.
    """

    def __init__(self, url: str, *, threads: int = 8) -> None:
        self.url = url
        self.engine = open_engine(url)
        self.on_feed: Callable[[list[FeedEvent]], None] | None = None
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        self._read_sessions = sessionmaker(self.engine.execution_options(readonly=True), expire_on_commit=False)
        # One writing thread on SQLite: it has one writer anyway, and a queue is fairer than its busy loop.
        writers = 1 if self.engine.dialect.name == "sqlite" else threads
        self._writers = Lines(writers, "write")
        self._readers = ThreadPoolExecutor(threads, "read")

    @contextmanager
    def transaction(self) -> Iterator[UnitOfWork]:
        """Open a unit of work that commits at the end of the block and rolls back on any exception."""
        with self._sessions() as session:
            uow = UnitOfWork(session)
            yield uow
            told = uow.finish()
            session.commit()
        if told and self.on_feed:
            self.on_feed(told)

    @contextmanager
    def reading(self) -> Iterator[UnitOfWork]:
        """Open a unit of work for looking only; nothing is committed."""
        with self._read_sessions() as session:
            yield UnitOfWork(session)

    def perform(self, service: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a service in one transaction; again when a connection broke or somebody else inserted the same row.

        Raises RecordUnavailable when the database does not answer.
        """
        for attempt in range(1, TRIES + 1):
            try:
                with self.transaction() as uow:
                    return service(uow, *args, **kwargs)
            except DBAPIError as error:
                if attempt == TRIES or not _worth_another_try(error):
                    raise _translated(error) from error
                logger.warning("transaction repeated", extra={"reason": type(error.orig).__name__})
        raise AssertionError("unreachable")

    async def write(self, service: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a writing service in a thread, as one transaction.

        The caller's cancellation does not undo it: a transaction that has begun is finished.
        """
        job = self._writers.submit(lambda: self.perform(service, *args, **kwargs))
        return await asyncio.shield(asyncio.wrap_future(job))

    async def write_first(
        self, service: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Do as ``write`` does, before everything that waits there: a platform or a customer waits to be told "ok"."""
        job = self._writers.submit(lambda: self.perform(service, *args, **kwargs), is_urgent=True)
        return await asyncio.shield(asyncio.wrap_future(job))

    async def read(self, service: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a reading service in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._readers, lambda: self._look(service, *args, **kwargs))

    def close(self) -> None:
        """Finish what is under way and let go of every connection."""
        self._writers.close()
        self._readers.shutdown(wait=True)
        self.engine.dispose()

    def _look(self, service: Callable[Concatenate[UnitOfWork, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        try:
            with self.reading() as uow:
                return service(uow, *args, **kwargs)
        except DBAPIError as error:
            raise _translated(error) from error


def _translated(error: DBAPIError) -> Exception:
    """Return what callers may know: a database that does not answer is an incident, anything else is our bug."""
    if isinstance(error, OperationalError | InterfaceError):
        return RecordUnavailable(type(error.orig).__name__)
    return error


def _worth_another_try(error: DBAPIError) -> bool:
    serialization = getattr(error.orig, "sqlstate", None) in ("40001", "40P01")
    return isinstance(error, IntegrityError) or error.connection_invalidated or serialization
