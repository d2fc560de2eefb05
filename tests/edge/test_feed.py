"""The feed passes lines on, also those of other processes, and a slow listener harms nobody."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.domain.audit import FeedEvent
from bot.edge.feed import BACKLOG, Feed
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


@pytest.fixture
async def feed(sqlite_database: Database) -> AsyncIterator[Feed]:
    followed = Feed(sqlite_database)
    await followed.start()
    running = asyncio.create_task(followed.run())
    yield followed
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_lines_arrive_in_order(feed: Feed, sqlite_database: Database) -> None:
    with feed.listen() as lines:
        for number in range(20):
            await sqlite_database.write(lambda uow, n=number: uow.tell("test", NOW, number=n))
        arrived = [await lines.next(5) for _ in range(20)]
    assert [line.details["number"] for line in arrived if line] == list(range(20))


async def test_what_another_process_wrote_is_found_without_a_hint(feed: Feed, sqlite_url: str) -> None:
    other = Database(sqlite_url)
    with feed.listen() as lines:
        await asyncio.to_thread(build.receive, other)
        line = await lines.next(5)
    other.close()
    assert line is not None and line.kind == "customer"


async def test_a_listener_hears_only_of_its_identity(feed: Feed) -> None:
    with feed.listen("mine") as lines:
        feed.whisper(FeedEvent("typing", NOW, details={"identity_id": "other"}))
        feed.whisper(FeedEvent("typing", NOW, details={"identity_id": "mine"}))
        line = await lines.next(5)
    assert line is not None and line.details["identity_id"] == "mine"
    assert await lines.next(0.01) is None


async def test_a_whisper_is_no_line_of_the_feed(feed: Feed) -> None:
    with feed.listen() as lines:
        feed.whisper(FeedEvent("typing", NOW, details={"identity_id": "mine"}))
        assert await lines.next(0.01) is None


async def test_a_listener_that_never_reads_is_dropped_and_told(feed: Feed) -> None:
    about = {"identity_id": "mine"}
    with feed.listen("mine") as slow, feed.listen("mine") as other:
        for _ in range(BACKLOG + 1):
            feed.whisper(FeedEvent("test", NOW, details=about))
            assert await other.next(5) is not None
        assert slow.overflowed and not other.overflowed
        assert await slow.next(0.01) is None
        slow.resume()
        feed.whisper(FeedEvent("after", NOW, details=about))
        line = await slow.next(5)
    assert line is not None and line.kind == "after"
