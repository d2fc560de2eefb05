"""A front with Telegram, its API a fake on loopback, its brain an echo; and somebody who delivers updates to it."""

import asyncio
import itertools
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import front
from bot.channel_settings.telegram import TelegramSettings
from bot.channels.telegram.channel import PATH
from bot.channels.telegram.signature import HEADER
from bot.domain.customer import Identity
from bot.domain.messages import Author, Message
from bot.edge import metrics
from bot.edge.keys import DATABASE
from bot.settings import Settings
from tests.channels.telegram.fake.server import TOKEN, FakeTelegram
from tests.channels.telegram.fake.spec import spec_or_skip
from tests.channels.telegram.fake.troubles import Trouble
from tests.dispatch import scripted_brain
from tests.dispatch.scripted_brain import ScriptedBrain

SECRET = "a-secret_for-Telegram-0123456789"
LIN = 5550101


class House:
    """Deliver updates as Telegram does, and look at what became of them."""

    def __init__(
        self, client: "TestClient[web.Request, web.Application]", api: FakeTelegram, brain: ScriptedBrain
    ) -> None:
        self.client, self.api, self.brain = client, api, brain
        self.database = client.app[DATABASE]  # type: ignore[union-attr]
        self._ids = itertools.count(1)

    async def post(self, body: bytes | str, headers: dict[str, str] | None = None, **more: Any) -> tuple[int, str]:
        """Post a body with the secret; return status and what was said."""
        given = {HEADER: SECRET, "Content-Type": "application/json"} if headers is None else headers
        data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        async with self.client.post(PATH, data=data, headers=given, **more) as response:
            return response.status, await response.text()

    async def deliver(self, update: dict[str, Any]) -> int:
        """Deliver one update; return the status."""
        return (await self.post(json.dumps(update)))[0]

    def message(self, text: str, who: int = LIN, **more: Any) -> dict[str, Any]:
        """Make an update with a fresh id: somebody writes."""
        number = next(self._ids)
        person = {"id": who, "is_bot": False, "first_name": "Lin", "language_code": "zh-hans"}
        chat = {"id": who, "type": "private", "first_name": "Lin"}
        message = {"message_id": number, "date": 1767600000, "from": person, "chat": chat, "text": text}
        return {"update_id": 1000 + number, "message": message | more}

    async def identity(self, external_id: str = str(LIN)) -> Identity | None:
        return await self.database.read(lambda uow: uow.customers.known_as("telegram", "424242", external_id))

    async def written(self, external_id: str = str(LIN)) -> list[Message]:
        """Return all messages of a customer, in order."""
        identity = await self.identity(external_id)
        if identity is None:
            return []
        return await self.database.read(lambda uow: uow.messages.of_customer(identity.customer_id))

    async def said_by(self, author: Author, external_id: str = str(LIN)) -> list[str]:
        return [message.text for message in await self.written(external_id) if message.author is author]

    async def arrived(self, *texts: str, chat: int = LIN) -> None:
        """Wait until exactly these texts, in this order, have reached a chat."""
        await eventually(lambda: _is(self.api.record.texts(chat), list(texts)))


async def _is(there: object, expected: object) -> bool:
    return there == expected


async def eventually(holds: Callable[[], Awaitable[bool]], within_s: float = 15.0) -> None:
    """Wait until something holds; fail when it does not in time."""
    until = time.monotonic() + within_s
    while not await holds():
        assert time.monotonic() < until, "it never became true"
        await asyncio.sleep(0.02)


def counted(name: str, **labels: str) -> float:
    """Return what a counter of ours stands at."""
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


@asynccontextmanager
async def open_house(chosen: Settings, *troubles: Trouble, **choice: Any) -> AsyncIterator[House]:
    """Open a front with Telegram in webhook mode, unless chosen otherwise."""
    async with FakeTelegram(spec_or_skip()) as api, ScriptedBrain().serve() as brain:
        api.troubles.extend(troubles)
        given = {"token": TOKEN, "mode": "webhook", "webhook_secret": SECRET, "api_base": api.url} | choice
        with_telegram = replace(chosen, telegram=TelegramSettings(**given))
        app = front.build(with_telegram, (brain.url,), scripted_brain.TOKEN, brain_deadline_s=5)
        async with TestClient(TestServer(app), auto_decompress=False) as client:
            yield House(client, api, brain)
