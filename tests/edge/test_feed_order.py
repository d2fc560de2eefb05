"""Lines of this process are passed on without being read again; the order of the commits stands all the same."""

import asyncio

from bot.edge.feed import Feed
from bot.store.unit_of_work import Database, UnitOfWork
from tests.build import NOW


def _line(kind: str, database: Database) -> None:
    def tell(uow: UnitOfWork) -> None:
        uow.tell(kind, NOW)

    database.perform(tell)


async def test_own_lines_do_not_overtake_those_of_another_process(sqlite_database: Database, sqlite_url: str) -> None:
    other, feed = Database(sqlite_url), Feed(sqlite_database)
    await feed.start()
    with feed.listen() as lines:
        for kind, writer in (
            ("first", other),
            ("second", sqlite_database),
            ("third", other),
            ("fourth", sqlite_database),
        ):
            await asyncio.to_thread(_line, kind, writer)
        running = asyncio.create_task(feed.run())
        arrived = [await lines.next(5) for _ in range(4)]
        assert await lines.next(0.01) is None
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    other.close()
    assert [line.kind for line in arrived if line] == ["first", "second", "third", "fourth"]


async def test_own_lines_need_no_reader(sqlite_database: Database) -> None:
    feed = Feed(sqlite_database)
    await feed.start()
    with feed.listen() as lines:
        await asyncio.to_thread(_line, "own", sqlite_database)
        line = await lines.next(5)
    assert line is not None and line.kind == "own"
