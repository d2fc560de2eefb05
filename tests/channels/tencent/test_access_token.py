"""Several processes share one token: it is fetched by one, waited for by the others, and replaced once when refused."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.tencent import access_token
from bot.channels.tencent.access_token import AccessToken, Fetched
from bot.errors import TryLater, Undeliverable
from bot.services import platform_tokens
from bot.store.unit_of_work import Database
from tests.build import NOW

TWO_HOURS = timedelta(hours=2)


class Counter:
    """Be the platform's counter where tokens are given out; ``gate`` holds up everybody."""

    def __init__(self) -> None:
        self.asked: list[bool] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self.was_asked = asyncio.Event()
        self.present = 0
        self.refusal: Exception | None = None

    async def fetch(self, force: bool) -> Fetched:
        self.asked.append(force)
        self.was_asked.set()
        await self.gate.wait()
        if self.refusal is not None:
            raise self.refusal
        self.present += force or not self.present
        return Fetched(f"token-{self.present}", TWO_HOURS)


@pytest.fixture
async def processes(database: Database) -> AsyncIterator[list[Database]]:
    """Open the same record three times, as three processes do."""
    others = [Database(database.url), Database(database.url)]
    yield [database, *others]
    for other in others:
        other.close()


def tokens(processes: list[Database], counter: Counter) -> list[AccessToken]:
    return [AccessToken(database, lambda: NOW, "wechat", "wx1", counter.fetch) for database in processes]


async def test_many_who_ask_in_several_processes_cause_one_fetch(processes: list[Database]) -> None:
    counter = Counter()
    counter.gate.clear()
    asking = [asyncio.ensure_future(token.get()) for token in tokens(processes, counter) for _ in range(20)]
    async with asyncio.timeout(10):
        await counter.was_asked.wait()
        counter.gate.set()
        assert set(await asyncio.gather(*asking)) == {"token-1"}
    assert counter.asked == [False]


async def test_a_token_refused_in_one_process_is_replaced_for_all_with_one_force(processes: list[Database]) -> None:
    counter = Counter()
    here, there, _ = tokens(processes, counter)
    assert await here.get() == await there.get() == "token-1"
    await here.refused("token-1")
    assert await here.get() == "token-2"
    await there.refused("token-1")
    assert await there.get() == "token-2"
    assert counter.asked == [False, False, True]


async def test_where_somebody_else_has_a_newer_one_nothing_is_forced(processes: list[Database]) -> None:
    counter = Counter()
    here, *_ = tokens(processes, counter)
    await here.get()
    counter.present = 7
    await here.refused("token-1")
    assert await here.get() == "token-7"
    assert counter.asked == [False, False]


async def test_whoever_fetched_too_late_takes_what_the_other_has_brought(processes: list[Database]) -> None:
    """A process that stood still while it held the lease must not overwrite what came after it."""
    counter = Counter()
    counter.gate.clear()
    here, *_ = tokens(processes, counter)
    late = asyncio.ensure_future(here.get())
    await counter.was_asked.wait()
    after = NOW + timedelta(seconds=21)
    turn = await processes[1].write(platform_tokens.obtain, "wechat", "wx1", after)
    assert isinstance(turn, platform_tokens.ToFetch)
    await processes[1].write(platform_tokens.keep, "wechat", "wx1", turn.version, "newer", TWO_HOURS, after)
    counter.gate.set()
    assert await late == "newer"


@pytest.mark.parametrize("refusal", [Undeliverable("40125: no"), TryLater("busy"), RuntimeError("a bug")])
async def test_a_fetch_that_fails_makes_nobody_wait_for_its_lease(
    refusal: Exception, sqlite_database: Database
) -> None:
    counter = Counter()
    (token,) = tokens([sqlite_database], counter)
    counter.refusal = refusal
    with pytest.raises(RuntimeError if isinstance(refusal, RuntimeError) else TryLater, match=str(refusal)):
        await token.get()
    counter.refusal = None
    assert await token.get() == "token-1"


async def test_those_who_stood_in_line_for_a_fetch_that_failed_do_not_try_one_after_another(
    sqlite_database: Database,
) -> None:
    counter = Counter()
    counter.gate.clear()
    counter.refusal = TryLater("40164: not listed", timedelta(seconds=7))
    (token,) = tokens([sqlite_database], counter)
    line = [asyncio.ensure_future(token.get()) for _ in range(20)]
    await counter.was_asked.wait()
    counter.gate.set()
    found = await asyncio.gather(*line, return_exceptions=True)
    assert {(type(one), str(one), one.after) for one in found if isinstance(one, TryLater)} == {
        (TryLater, "40164: not listed", timedelta(seconds=7))
    }
    assert len(counter.asked) == 1


async def test_nobody_waits_for_ever_for_a_fetcher_that_has_died(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(access_token, "WAIT_S", 0.3)
    sqlite_database.perform(platform_tokens.obtain, "wechat", "wx1", NOW)
    (token,) = tokens([sqlite_database], Counter())
    with pytest.raises(TryLater, match="in time"):
        await token.get()


async def test_a_record_that_does_not_answer_means_later_and_not_in_doubt(sqlite_database: Database) -> None:
    (token,) = tokens([sqlite_database], Counter())
    with sqlite_database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE platform_tokens RENAME TO elsewhere")
    with pytest.raises(TryLater):
        await token.get()
    with pytest.raises(TryLater):
        await token.refused("token-1")
