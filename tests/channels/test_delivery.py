"""The sender: each identity in order, all side by side, and what became of every message is written down."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.delivery import Sender
from bot.channels.notes import FIRST_PAUSE, LONGEST_PAUSE, back_off
from bot.channels.registry import Channel, Registry
from bot.clock import utc_now
from bot.domain.messages import Address, Outgoing
from bot.errors import RecordUnavailable, TryLater
from bot.store.unit_of_work import Database
from tests.channels.outboxes import queue, said, states, until


class Platform:
    """Be a platform of ours: every customer's door can be shut, and everybody who passes is written down."""

    takes_files = False

    def __init__(self, name: str = "telegram", *, at_once: int = 2, parts: int = 1) -> None:
        self.name, self.at_once, self._parts = name, at_once, parts
        self.shut: dict[str, asyncio.Event] = {}
        self.resting: set[str] = set()
        self.inside: Counter[str] = Counter()
        self.most_inside = 0
        self.arrived: list[tuple[str, str, int]] = []

    def add_routes(self, app: web.Application) -> None:
        """Have no page."""

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show nothing."""

    def parts(self, outgoing: Outgoing) -> int:
        return self._parts

    async def ready_for(self, to: Address) -> None:
        if to.external_id in self.resting:
            raise TryLater("resting", timedelta(hours=1))

    async def send(self, outgoing: Outgoing) -> str | None:
        who = outgoing.to.external_id
        self.inside[who] += 1
        self.most_inside = max(self.most_inside, self.inside.total())
        try:
            if who in self.shut:
                await self.shut[who].wait()
            await asyncio.sleep(0)
        finally:
            self.inside[who] -= 1
        self.arrived.append((who, outgoing.text, outgoing.part))
        return f"p{len(self.arrived)}"


@asynccontextmanager
async def sending(database: Database, *channels: Channel) -> AsyncIterator[Sender]:
    sender = Sender(database, Registry(*channels), utc_now)
    await sender.sweep()
    try:
        yield sender
    finally:
        await sender.stop(0.2)


def all_sent(database: Database, *conversations: str) -> Callable[[], bool]:
    return lambda: all(set(states(database, c)) == {"sent"} for c in conversations)  # type: ignore[arg-type]


async def test_every_customer_gets_their_messages_in_order(database: Database) -> None:
    platform = Platform(at_once=3)
    conversations = [queue(database, f"c{n}", "one", "two", "three")[0] for n in range(8)]
    async with sending(database, platform):
        await until(all_sent(database, *conversations))
    for number in range(8):
        assert [text for who, text, _ in platform.arrived if who == f"c{number}"] == ["one", "two", "three"]


async def test_so_many_are_under_way_at_once_and_never_more(sqlite_database: Database) -> None:
    platform = Platform(at_once=3)
    platform.shut = {f"c{n}": asyncio.Event() for n in range(6)}
    conversations = [queue(sqlite_database, who, "one")[0] for who in platform.shut]
    async with sending(sqlite_database, platform):
        await until(lambda: platform.inside.total() == 3)
        for door in platform.shut.values():
            door.set()
        await until(all_sent(sqlite_database, *conversations))
    assert platform.most_inside == 3


async def test_a_chat_that_hangs_takes_one_place_and_no_more(sqlite_database: Database) -> None:
    platform = Platform(at_once=2)
    platform.shut["slow"] = asyncio.Event()
    slow, _ = queue(sqlite_database, "slow", "one", "two")
    others = [queue(sqlite_database, f"c{n}", "one", "two")[0] for n in range(6)]
    async with sending(sqlite_database, platform):
        await until(all_sent(sqlite_database, *others))
        assert states(sqlite_database, slow) == ["sending", "pending"]
        platform.shut["slow"].set()
        await until(all_sent(sqlite_database, slow))


async def test_a_chat_that_must_rest_is_left_alone_and_its_message_is_not_in_doubt(sqlite_database: Database) -> None:
    platform = Platform(at_once=1)
    platform.resting.add("limited")
    limited, identity_id = queue(sqlite_database, "limited", "one")
    other, _ = queue(sqlite_database, "other", "one", "two")
    async with sending(sqlite_database, platform) as sender:
        await until(all_sent(sqlite_database, other))
        [waiting] = said(sqlite_database, limited)
        assert (waiting.delivery, waiting.attempts, waiting.due_at) == ("pending", 0, None)
        platform.resting.clear()
        sender.wake(identity_id)
        await until(all_sent(sqlite_database, limited))


async def test_channels_do_not_wait_for_each_other(sqlite_database: Database) -> None:
    stuck, free = Platform("stuck", at_once=1), Platform("free", at_once=1)
    stuck.shut["c"] = asyncio.Event()
    in_stuck, _ = queue(sqlite_database, "c", "one", channel="stuck")
    in_free, _ = queue(sqlite_database, "c", "one", "two", channel="free")
    async with sending(sqlite_database, stuck, free):
        await until(all_sent(sqlite_database, in_free))
        assert states(sqlite_database, in_stuck) == ["sending"]


async def test_a_message_in_pieces_arrives_whole_before_the_next(sqlite_database: Database) -> None:
    platform = Platform(parts=3)
    conversation, _ = queue(sqlite_database, "c", "long", "longer")
    async with sending(sqlite_database, platform):
        await until(all_sent(sqlite_database, conversation))
    assert platform.arrived == [("c", text, part) for text in ("long", "longer") for part in range(3)]


async def test_where_the_reader_fetches_nobody_waits_for_a_place(sqlite_database: Database) -> None:
    class Page:
        """Be a channel without couriers."""

        name, takes_files = "page", False

        def add_routes(self, app: web.Application) -> None: ...

        async def show_typing(self, to: Address, on: bool) -> None: ...

    conversation, _ = queue(sqlite_database, "c", "one", "two", channel="page")
    async with sending(sqlite_database, Page()):
        await until(all_sent(sqlite_database, conversation))


async def test_messages_of_a_channel_that_is_switched_off_fail_with_that_reason(sqlite_database: Database) -> None:
    conversation, _ = queue(sqlite_database, "c", "one", channel="gone")
    async with sending(sqlite_database):
        await until(lambda: states(sqlite_database, conversation) == ["failed"])
    assert said(sqlite_database, conversation)[0].failure == "the channel is switched off"


async def test_stopping_finishes_what_is_under_way_and_begins_nothing(sqlite_database: Database) -> None:
    platform = Platform(at_once=1)
    platform.shut = {f"c{n}": asyncio.Event() for n in range(3)}
    conversations = [queue(sqlite_database, f"c{n}", "one", "two")[0] for n in range(3)]
    sender = Sender(sqlite_database, Registry(platform), utc_now)
    await sender.sweep()
    await until(lambda: platform.inside.total() == 1)
    stopping = asyncio.create_task(sender.stop(5))
    await asyncio.sleep(0)
    for door in platform.shut.values():
        door.set()
    await stopping
    outcomes = Counter(state for c in conversations for state in states(sqlite_database, c))
    assert outcomes == {"sent": 1, "pending": 5}


async def test_what_became_of_a_message_is_written_down_as_soon_as_the_record_is_back(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.notes.RECORD_PAUSE_S", 0.01)
    platform = Platform()
    platform.shut["c"] = asyncio.Event()
    conversation, _ = queue(sqlite_database, "c", "one")
    async with sending(sqlite_database, platform):
        await until(lambda: platform.inside.total() == 1)
        commit, broken = sqlite_database.perform, 0

        def perform(*args: object, **kwargs: object) -> object:
            nonlocal broken
            if broken < 5:
                broken += 1
                raise RecordUnavailable("disk full")
            return commit(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(sqlite_database, "perform", perform)
        platform.shut["c"].set()
        await until(all_sent(sqlite_database, conversation))
    assert (broken, len(platform.arrived)) == (5, 1)


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_each_pause_is_about_twice_the_one_before_and_never_longer_than_five_minutes(
    attempt: int, chance: float
) -> None:
    pause = back_off(attempt, chance)
    assert timedelta(0) < pause <= LONGEST_PAUSE
    ideal = FIRST_PAUSE * 2.0 ** min(attempt - 1, 12)
    assert pause >= min(ideal * 0.75, LONGEST_PAUSE * 0.75)
    assert pause <= ideal * 1.25


def test_those_who_failed_together_come_back_apart() -> None:
    assert [back_off(4, chance).total_seconds() for chance in (0.0, 0.5, 1.0)] == [6.0, 8.0, 10.0]
