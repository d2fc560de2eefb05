"""One unit of work is one transaction; its feed lines appear with it, in the order of the commits."""

import threading
from datetime import datetime

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, StatementError

from bot.domain.audit import FeedEvent
from bot.errors import RecordUnavailable
from bot.store.tables import shop_facts
from bot.store.unit_of_work import Database, UnitOfWork
from tests import build
from tests.build import NOW


def test_a_failed_unit_of_work_leaves_nothing(database: Database) -> None:
    def fail(uow: UnitOfWork) -> None:
        uow.record("system", "test", "nothing", NOW)
        uow.tell("test", NOW)
        raise LookupError

    with pytest.raises(LookupError):
        database.perform(fail)
    with database.reading() as uow:
        assert uow.audit.of_subject("nothing") == []
        assert uow.feed.latest() == 0


def test_a_reader_of_the_feed_never_misses_a_line(database: Database) -> None:
    """Follow the feed while eight writers write: a number seen late would be skipped."""
    seen: list[FeedEvent] = []
    writers = [
        threading.Thread(target=lambda: [database.perform(lambda uow: uow.tell("test", NOW)) for _ in range(25)])
        for _ in range(8)
    ]
    for writer in writers:
        writer.start()
    all_written = False
    while not all_written:
        all_written = not any(writer.is_alive() for writer in writers)  # asked before reading: the last read sees all
        with database.reading() as uow:
            seen += uow.feed.after(seen[-1].seq if seen else 0)
    assert len(seen) == 200
    assert [event.seq for event in seen] == sorted({event.seq for event in seen})


def test_the_lines_of_one_unit_of_work_keep_their_order(database: Database) -> None:
    def tell_all(uow: UnitOfWork) -> None:
        for number in range(50):
            uow.tell("test", NOW, number=number)

    database.perform(tell_all)
    with database.reading() as uow:
        assert [event.details["number"] for event in uow.feed.after(0)] == list(range(50))


def test_a_hint_is_given_after_the_commit_and_only_for_feed_lines(database: Database) -> None:
    hints: list[int] = []

    def look(events: list[FeedEvent]) -> None:
        assert [event.kind for event in events] == ["test"]
        with database.reading() as uow:
            hints.append(uow.feed.latest())

    database.on_feed = look
    database.perform(lambda uow: uow.record("system", "test", "x", NOW))
    assert hints == []
    database.perform(lambda uow: uow.tell("test", NOW))
    assert len(hints) == 1 and hints[0] > 0


def test_a_naive_time_is_refused(sqlite_database: Database) -> None:
    with pytest.raises(StatementError, match="naive"):
        sqlite_database.perform(lambda uow: uow.tell("test", datetime(2026, 1, 1)))  # noqa: DTZ001


def test_times_come_back_aware(database: Database) -> None:
    received = build.receive(database)
    [message] = build.messages(database, received.conversation_id)
    assert message.written_at == NOW and message.written_at.tzinfo is not None


def test_a_database_that_does_not_answer_is_said_so(sqlite_database: Database) -> None:
    sqlite_database.perform(lambda uow: uow.session.connection().exec_driver_sql("DROP TABLE feed"))
    with pytest.raises(RecordUnavailable):
        sqlite_database.perform(lambda uow: uow.feed.latest())


def test_an_error_of_the_database_does_not_quote_the_customer(sqlite_database: Database) -> None:
    def write_twice(uow: UnitOfWork) -> None:
        for _ in range(2):
            uow.session.execute(sa.insert(shop_facts), {"topic": "x", "language": "en", "text": "a secret"})

    with pytest.raises(IntegrityError) as refusal:
        sqlite_database.perform(write_twice)
    assert "a secret" not in str(refusal.value)


async def test_a_write_that_has_begun_survives_its_callers_cancellation(sqlite_database: Database) -> None:
    import asyncio

    began, finish = threading.Event(), threading.Event()

    def slow(uow: UnitOfWork) -> None:
        began.set()
        finish.wait(5)
        uow.record("system", "test", "slow", NOW)

    task = asyncio.create_task(sqlite_database.write(slow))
    await asyncio.to_thread(began.wait, 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    finish.set()
    entries = await sqlite_database.write(lambda uow: uow.audit.of_subject("slow"))
    assert len(entries) == 1
