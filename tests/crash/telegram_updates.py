"""Make the updates of a crowd, and deliver them as Telegram does: on many connections at once, each until it is acknowledged."""

import asyncio
import random
import threading
import time
from collections import Counter, deque
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp

Update = dict[str, Any]
CONNECTIONS: Final = 40
TRY_AGAIN_S: Final = 0.25
PATIENCE_S: Final = 30
FIRST_UPDATE: Final = 700_000_001
FIRST_CHAT: Final = 5_000


@dataclass(frozen=True)
class Crowd:
    """Be many customers who write by turns, each as many messages."""

    customers: int
    each: int

    @property
    def chats(self) -> range:
        return range(FIRST_CHAT, FIRST_CHAT + self.customers)

    def texts(self, chat: int) -> list[str]:
        """Return what one of them writes, in order."""
        return [f"message {number} of {chat}" for number in range(self.each)]

    def updates(self) -> list[Update]:
        """Return everything, in the order in which it was written."""
        pairs = [(number, chat) for number in range(self.each) for chat in self.chats]
        return [
            {"update_id": FIRST_UPDATE + place, "message": _message(chat, number + 1, self.texts(chat)[number])}
            for place, (number, chat) in enumerate(pairs)
        ]  # fmt: skip


@dataclass
class Delivered:
    """Be what became of the requests; ``acknowledged`` counts those answered 200."""

    statuses: Counter[int] = field(default_factory=Counter)
    broken: int = 0
    slowest_s: float = 0.0
    lasted_s: float = 0.0

    @property
    def acknowledged(self) -> int:
        return self.statuses[200]


class Postman(threading.Thread):
    """Deliver each update several times, shuffled, on many connections; repeat what was not acknowledged.

    ``spread``: at most so many later updates overtake a delivery.
    """

    def __init__(self, url: str, secret: str, updates: list[Update], *, times: int, seed: int, spread: int) -> None:
        super().__init__(daemon=True)
        self.delivered = Delivered()
        self._url, self._headers = url, {"X-Telegram-Bot-Api-Secret-Token": secret}
        chance = random.Random(seed)
        places = [(place + chance.random() * spread, place) for place in range(len(updates)) for _ in range(times)]
        self._bag = deque(updates[place] for _, place in sorted(places))

    def run(self) -> None:
        started_at = time.monotonic()
        asyncio.run(self._deliver())
        self.delivered.lasted_s = time.monotonic() - started_at

    async def _deliver(self) -> None:
        timeout = aiohttp.ClientTimeout(total=PATIENCE_S)
        connector = aiohttp.TCPConnector(limit=CONNECTIONS)
        async with aiohttp.ClientSession(connector=connector, headers=self._headers, timeout=timeout) as session:
            await asyncio.gather(*(self._walk(session) for _ in range(CONNECTIONS)))

    async def _walk(self, session: aiohttp.ClientSession) -> None:
        while self._bag:
            update = self._bag.popleft()
            if not await self._is_acknowledged(session, update):
                self._bag.append(update)
                await asyncio.sleep(TRY_AGAIN_S)

    async def _is_acknowledged(self, session: aiohttp.ClientSession, update: Update) -> bool:
        asked_at = time.monotonic()
        try:
            async with session.post(self._url, json=update) as answer:
                await answer.read()
        except (aiohttp.ClientError, TimeoutError):
            self.delivered.broken += 1
            return False
        self.delivered.statuses[answer.status] += 1
        self.delivered.slowest_s = max(self.delivered.slowest_s, time.monotonic() - asked_at)
        return answer.status == 200


def _message(chat: int, number: int, text: str) -> Update:
    user = {"id": chat, "is_bot": False, "first_name": f"Customer {chat}", "language_code": "en"}
    private = {"id": chat, "type": "private", "first_name": f"Customer {chat}"}
    return {"message_id": number, "date": 1_770_000_000 + number, "from": user, "chat": private, "text": text}
