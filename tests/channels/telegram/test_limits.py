"""A burst of 3,000 replies to 300 chats against a Telegram that enforces its limits to the millisecond."""

import asyncio
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import aiohttp
import pytest
from aiohttp import web

from bot.channel_settings.telegram import TelegramSettings
from bot.channels.delivery import Sender
from bot.channels.registry import Registry
from bot.channels.telegram.channel import TelegramChannel
from bot.clock import utc_now
from bot.edge.keys import CLOCK, DATABASE
from bot.store.unit_of_work import Database, UnitOfWork
from tests.channels.outboxes import queue
from tests.channels.telegram.fake.limits import Limits
from tests.channels.telegram.fake.server import TOKEN
from tests.channels.telegram.fake.spec import spec_or_skip

CHATS, REPLIES = 300, 10
LEAST_PER_SECOND = 28
MOST_S = 240


@pytest.fixture
def telegram_url() -> Iterator[str]:
    """Start a fake Telegram that keeps its limits, in a process of its own: its clock must not depend on our load."""
    spec_or_skip()
    command = [sys.executable, "-m", "tests.channels.telegram.fake", "--limits"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as fake:
        assert fake.stdout is not None
        try:
            yield fake.stdout.readline().strip()
        finally:
            fake.terminate()


@pytest.mark.crash  # it kills nothing, but it takes as long: with the slow ones at the end
@pytest.mark.timeout(MOST_S + 120)
async def test_a_burst_goes_out_as_fast_as_is_allowed_and_not_faster(
    sqlite_database: Database, telegram_url: str
) -> None:
    app = web.Application()
    app[DATABASE], app[CLOCK] = sqlite_database, utc_now
    channel = TelegramChannel(app, TelegramSettings(TOKEN, api_base=telegram_url))
    channel.add_routes(app)
    for chat in range(1, CHATS + 1):
        queue(sqlite_database, str(chat), *(f"reply {number}" for number in range(REPLIES)))
    sender = Sender(sqlite_database, Registry(channel), utc_now)
    await sender.sweep()
    async with asyncio.timeout(MOST_S):
        while await sqlite_database.read(_waiting):  # noqa: ASYNC110 a database sets no event
            await asyncio.sleep(0.5)
    await sender.stop(1.0)
    await app.cleanup()
    async with aiohttp.ClientSession() as session, session.get(f"{telegram_url}/control/record") as answer:
        record = await answer.json()
    assert record["wrong"] == []
    times = [taken["at"] for taken in record["taken"]]
    rate = (len(times) - 1) / (times[-1] - times[0])
    print(f"\n{len(times)} replies to {CHATS} chats in {times[-1] - times[0]:.1f} s: {rate:.2f} per second")
    per_chat = defaultdict(list)
    for taken in record["taken"]:
        per_chat[taken["chat"]].append((taken["at"], taken["text"]))
    assert all([text for _, text in got] == [f"reply {n}" for n in range(REPLIES)] for got in per_chat.values())
    assert min(later[0] - earlier[0] for got in per_chat.values() for earlier, later in pairwise(got)) >= 1
    assert Counter(call["status"] for call in record["calls"]) == {200: CHATS * REPLIES}
    assert rate >= LEAST_PER_SECOND


def _waiting(uow: UnitOfWork) -> int:
    return len(uow.messages.identities_with_outgoing())


def test_the_fake_refuses_the_thirty_first_in_a_second_and_the_second_to_a_chat() -> None:
    limits = Limits()
    assert [limits.retry_after(chat, 100.0) for chat in range(31)] == [None] * 30 + [1]
    assert limits.retry_after(5, 100.99) == 1
    assert limits.retry_after(5, 101.0) is None
    group = Limits()
    assert [group.retry_after(-1, 100.0 + 2 * n) for n in range(21)] == [None] * 20 + [60]
    assert group.retry_after(-1, 160.0) is None
