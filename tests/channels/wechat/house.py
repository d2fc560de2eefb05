"""A front with an Official Account, its API a fake on loopback, its brain an echo; and WeChat, which pushes to it."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot import front
from bot.channel_settings.wechat import WechatSettings
from bot.channels.wechat.channel import PATH
from bot.clock import utc_now
from bot.domain.customer import Identity
from bot.domain.messages import Author, Message
from bot.edge import metrics
from bot.edge.keys import DATABASE
from bot.settings import Settings
from tests.channels.wechat.fake.server import FakeWechat
from tests.channels.wechat.fake.tencent import (
    AES_KEY,
    APP_ID,
    APP_SECRET,
    ORIGINAL_ID,
    TOKEN,
    Delivered,
    Fields,
    Push,
    Tencent,
)  # fmt: skip
from tests.channels.wechat.fake.windows import Windows
from tests.dispatch import scripted_brain
from tests.dispatch.scripted_brain import ScriptedBrain

LIN = "oLin_0123456789-abcdefghijkl"


class House:
    """Push as WeChat does, and look at what became of it."""

    def __init__(
        self,
        client: "TestClient[web.Request, web.Application]",
        tencent: Tencent,
        api: FakeWechat,
        brain: ScriptedBrain,
    ) -> None:
        self.client, self.tencent, self.api, self.brain = client, tencent, api, brain
        self.database = client.app[DATABASE]  # type: ignore[union-attr]
        self.url = str(client.make_url(PATH))

    async def deliver(
        self, fields: Fields, *, patience_s: float = 5.0, came: Delivered | None = None
    ) -> Delivered:  # fmt: skip
        """Push until it is answered, as often as WeChat would."""
        return await self.tencent.deliver(self.client.session, self.url, fields, patience_s=patience_s, came=came)

    async def says(self, text: str, who: str = LIN, **more: Any) -> str | None:
        """Let a customer write; return what they read in reply, None for nothing."""
        return said(await self.deliver(self.tencent.text(who, text, **more)))

    async def does(self, event: str, who: str = LIN, **more: Any) -> str | None:
        """Let a customer do something; return what they read in reply."""
        return said(await self.deliver(self.tencent.event(who, event, **more)))

    async def post(self, push: Push, **changed: str | None) -> tuple[int, str]:
        """Post a push with some parameters changed, or None: left out; return status and body."""
        params = {name: value for name, value in (push.params | changed).items() if value is not None}
        async with self.client.post(
            PATH, params=params, data=push.body, headers={"Content-Type": push.content_type}
        ) as response:
            return response.status, await response.text()

    def read(self, who: str = LIN) -> list[str]:
        """Return what reached a customer by calls."""
        return self.api.record.texts(who)

    async def identity(self, who: str = LIN) -> Identity | None:
        return await self.database.read(lambda uow: uow.customers.known_as("wechat", APP_ID, who))

    async def written(self, who: str = LIN) -> list[Message]:
        """Return all messages of a customer, in order."""
        identity = await self.identity(who)
        if identity is None:
            return []
        return await self.database.read(lambda uow: uow.messages.of_customer(identity.customer_id))

    async def said_by(self, author: Author, who: str = LIN) -> list[str]:
        return [message.text for message in await self.written(who) if message.author is author]

    async def states(self, who: str = LIN) -> list[str]:
        """Return how far each of our messages has got."""
        return [str(message.delivery) for message in await self.written(who) if message.delivery is not None]

    async def settled(self, *states: str, who: str = LIN) -> None:
        """Wait until our messages stand at these states."""
        await eventually(lambda: _is(self.states(who), list(states)))


def said(delivered: Delivered) -> str | None:
    """Return the words in a reply."""
    if delivered.reply is None:
        return None
    assert delivered.reply["MsgType"] == "text"
    words: str = delivered.reply["Content"]
    return words


async def _is(found: Awaitable[object], expected: object) -> bool:
    return await found == expected


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
async def open_house(
    chosen: Settings, *, mode: Any = "safe", form: Any = "xml", brain_deadline_s: float = 30, **choice: Any
) -> AsyncIterator[House]:
    """Open a front with an Official Account in safe mode, unless chosen otherwise."""
    windows = Windows(utc_now)
    async with FakeWechat(windows=windows) as api, ScriptedBrain().serve() as brain:
        given = {
            "app_id": APP_ID, "app_secret": APP_SECRET, "token": TOKEN, "mode": mode, "aes_key": AES_KEY,
            "original_id": ORIGINAL_ID, "api_base": api.url,
        } | choice  # fmt: skip
        api.sending.can_send = given.get("can_send", True)
        settings = replace(chosen, wechat=WechatSettings(**given))
        app = front.build(settings, (brain.url,), scripted_brain.TOKEN, brain_deadline_s=brain_deadline_s)
        tencent = Tencent(utc_now, mode=mode, form=form, windows=windows)
        async with TestClient(TestServer(app), auto_decompress=False) as client:
            yield House(client, tencent, api, brain)


def ago(**span: float) -> Any:
    """Return a moment of the past."""
    return utc_now() - timedelta(**span)
