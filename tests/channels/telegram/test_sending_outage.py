"""Fault 10: Telegram is down for ten minutes, told by a clock of our own."""

import heapq
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from bot.channels.delivery import Sender
from bot.channels.registry import Registry
from bot.domain.ids import IdentityId
from bot.store.unit_of_work import Database
from tests.channels.outboxes import queue, states
from tests.channels.telegram.courier import TelegramCourier
from tests.channels.telegram.outbox import telegram

BEGINNING = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
DOWN = timedelta(minutes=10)
CHATS = range(100, 120)


class Story:
    """Tell the time, and give every identity its steps in the order of time."""

    def __init__(self) -> None:
        self.now = BEGINNING
        self._line: list[tuple[datetime, IdentityId]] = []

    def clock(self) -> datetime:
        return self.now

    def expect(self, identity: IdentityId) -> None:
        heapq.heappush(self._line, (self.now, identity))

    async def tell(self, sender: Sender, until: datetime) -> None:
        """Let everything happen that is due before a moment."""
        while self._line and self._line[0][0] < until:
            self.now, identity = heapq.heappop(self._line)
            pause = await sender.step(identity)
            if pause is not None:
                heapq.heappush(self._line, (self.now + timedelta(seconds=pause), identity))
        self.now = until


async def test_fault_10_ten_minutes_without_telegram_lose_nothing_and_cause_no_storm(sqlite_database: Database) -> None:
    async with telegram() as (fake, api):
        story, courier = Story(), TelegramCourier(api)
        tries: Counter[str] = Counter()
        retried_at: set[datetime] = set()
        give = courier.send

        async def count(outgoing):  # type: ignore[no-untyped-def]
            tries[outgoing.to.external_id] += 1
            retried_at.add(story.now)
            return await give(outgoing)

        courier.send = count  # type: ignore[method-assign]
        sender = Sender(sqlite_database, Registry(courier), story.clock, chance=random.Random(7).random)
        await fake.go_down()
        conversations = []
        for chat in CHATS:
            conversation, identity = queue(sqlite_database, str(chat), "one", "two", "three", now=story.now)
            conversations.append(conversation)
            story.expect(identity)
        await story.tell(sender, BEGINNING + DOWN)
        assert all(states(sqlite_database, c) == ["pending"] * 3 for c in conversations)
        assert all(7 <= tries[str(chat)] <= 12 for chat in CHATS)
        assert len(retried_at) > len(CHATS) * 6  # they do not come back in step
        await fake.come_up()
        await story.tell(sender, BEGINNING + DOWN + timedelta(minutes=5, seconds=1))
        assert all(states(sqlite_database, c) == ["sent"] * 3 for c in conversations)
        assert all(fake.record.texts(chat) == ["one", "two", "three"] for chat in CHATS)
