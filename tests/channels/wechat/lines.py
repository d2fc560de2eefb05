"""Open the fake and a hasty client of it, with a clock that a test can turn."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channel_settings.wechat import WechatSettings
from bot.channels.tencent.wire import Patience
from bot.channels.wechat.api import WechatApi
from bot.store.unit_of_work import Database
from tests.build import NOW
from tests.channels.wechat.fake.server import FakeWechat
from tests.channels.wechat.fake.tencent import AES_KEY, APP_ID, APP_SECRET, TOKEN, Tencent
from tests.channels.wechat.fake.windows import Windows

HASTY = Patience(connect=0.5, answer=0.4, file=0.6, pauses=(0.01, 0.02))
OPENID = "oAbCdEfGhIjKlMnOpQrStUvWxYz0"


@dataclass
class Time:
    """Be a clock that goes only when it is told to."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **spans: float) -> None:
        self.now += timedelta(**spans)


@dataclass
class Line:
    """Be both ends: the fake, a customer's side, our client, and the time for all of them."""

    fake: FakeWechat
    customers: Tencent
    api: WechatApi
    time: Time


def settings(url: str) -> WechatSettings:
    return WechatSettings(APP_ID, APP_SECRET, TOKEN, aes_key=AES_KEY, api_base=url)


@asynccontextmanager
async def line(database: Database, *, patience: Patience = HASTY) -> AsyncIterator[Line]:
    """Open both ends; one customer has just written."""
    time = Time()
    windows = Windows(time)
    async with FakeWechat(time, windows=windows) as fake:
        api = WechatApi(settings(fake.url), database, time, patience)
        try:
            customers = Tencent(time, windows=windows)
            customers.text(OPENID, "hello")
            yield Line(fake, customers, api, time)
        finally:
            await api.close()
