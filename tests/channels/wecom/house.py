"""A front with WeCom, whose API is a fake on loopback, its brain an echo; and WeCom's callbacks, sealed by another library."""

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from wechatpy.enterprise.crypto import WeChatCrypto

from bot import front
from bot.channel_settings.wecom import WecomSettings
from bot.channels.wecom.channel import PATH
from bot.clock import utc_now
from bot.domain.conversation import Conversation
from bot.domain.messages import Author, Message
from bot.edge.keys import DATABASE
from bot.settings import Settings
from tests.channels.wecom.fake.server import CORP_ID, SECRET, FakeWecom
from tests.dispatch import scripted_brain
from tests.dispatch.scripted_brain import ScriptedBrain

TOKEN, AES_KEY = "tokenOfTests", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
SHOP, LIN = "wkShop", "wmLin"
_nonces = itertools.count(1_514_711_492)


class Clock:
    """Tell the time, and let a test put it forward."""

    ahead = timedelta(0)

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


class House:
    """Call back as WeCom does, and look at what became of what customers wrote there."""

    def __init__(
        self, client: "TestClient[web.Request, web.Application]", wecom: FakeWecom, brain: ScriptedBrain
    ) -> None:
        self.client, self.wecom, self.talk, self.brain = client, wecom, wecom.talk, brain
        self.database = client.app[DATABASE]  # type: ignore[union-attr]

    async def call_back(self, account: str = SHOP) -> tuple[int, str]:
        """Tell that an account has something; return status and what was said."""
        params, body = callback(account, self.talk.callback_token(account))
        async with self.client.post(PATH, params=params, data=body) as response:
            return response.status, await response.text()

    async def write(self, text: str, who: str = LIN, account: str = SHOP, **more: Any) -> str:
        """Let a customer write, and call back; return the message's id there."""
        msgid = self.talk.wrote(account, who, content=text, **more)
        assert await self.call_back(account) == (200, "success")
        return msgid

    async def written(self, who: str = LIN, account: str = SHOP) -> list[Message]:
        """Return all messages of a customer, in order."""
        identity = await self.database.read(lambda uow: uow.customers.known_as("wecom", account, who))
        if identity is None:
            return []
        return await self.database.read(lambda uow: uow.messages.of_customer(identity.customer_id))

    async def said_by(self, author: Author, who: str = LIN) -> list[str]:
        return [message.text for message in await self.written(who) if message.author is author]

    async def said(self, who: str = LIN) -> list[tuple[str, str | None]]:
        """Return what went out to a customer, or should have, with what became of it."""
        return [(one.text, one.delivery) for one in await self.written(who) if one.author is not Author.CUSTOMER]

    async def conversation(self, who: str = LIN) -> Conversation:
        """Return the conversation in which a customer spoke last."""
        last = (await self.written(who))[-1]
        found = await self.database.read(lambda uow: uow.conversations.get(last.conversation_id))
        assert found is not None
        return found

    async def arrived(self, *texts: str, who: str = LIN) -> None:
        """Wait until exactly these texts, in this order, have reached a customer."""
        await eventually(lambda: self.talk.texts(who) == list(texts), lambda: self.talk.texts(who))


def callback(
    account: str, token: str, *, event: str = "kf_msg_or_event", at: float | None = None
) -> tuple[dict[str, str], str]:
    """Return parameters and body of a callback."""
    inner = (
        f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><CreateTime>{int(at or time.time())}</CreateTime>"
        f"<MsgType><![CDATA[event]]></MsgType><Event><![CDATA[{event}]]></Event><Token><![CDATA[{token}]]></Token>"
        f"<OpenKfId><![CDATA[{account}]]></OpenKfId></xml>"
    )
    timestamp, nonce = str(int(at or time.time())), str(next(_nonces))
    sealed = ElementTree.fromstring(WeChatCrypto(TOKEN, AES_KEY, CORP_ID).encrypt_message(inner, nonce, timestamp))
    encrypted, signature = sealed.findtext("Encrypt", ""), sealed.findtext("MsgSignature", "")
    body = f"<xml><ToUserName><![CDATA[{CORP_ID}]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>"
    return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}, body


async def eventually(
    holds: Callable[[], object], seen: Callable[[], object] = lambda: "", within_s: float = 20.0
) -> None:
    """Wait until something holds, which may have to be awaited; fail, with what was seen, when it does not in time."""
    until = time.monotonic() + within_s
    while True:
        found = holds()
        if asyncio.iscoroutine(found):
            found = await found
        if found:
            return
        assert time.monotonic() < until, seen()
        await asyncio.sleep(0.02)


@asynccontextmanager
async def open_house(
    chosen: Settings, *, wecom: FakeWecom | None = None, accounts: tuple[str, ...] = (SHOP,),
    clock: Callable[[], datetime] = utc_now, **choice: Any,
) -> AsyncIterator[House]:  # fmt: skip
    """Open a front with WeCom, the one given or a new one; what is chosen differs from the usual settings."""
    async with wecom or FakeWecom(*accounts, clock=clock) as served, ScriptedBrain().serve() as brain:
        usual = {"corp_id": CORP_ID, "secret": SECRET, "token": TOKEN, "aes_key": AES_KEY, "api_base": served.url}
        with_wecom = replace(chosen, wecom=WecomSettings(**{**usual, **choice}))
        app = front.build(with_wecom, (brain.url,), scripted_brain.TOKEN, brain_deadline_s=5, clock=clock)
        async with TestClient(TestServer(app)) as client:
            yield House(client, served, brain)
