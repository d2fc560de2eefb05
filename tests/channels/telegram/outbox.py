"""Build what is to be sent, and an API client that loses patience quickly."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.channel_settings.telegram import TelegramSettings
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.request import Patience
from bot.domain.ids import ConversationId, IdentityId, MessageId
from bot.domain.messages import Address, Author, Button, Outgoing
from tests.channels.telegram.fake.limits import Limits
from tests.channels.telegram.fake.server import TOKEN, FakeTelegram
from tests.channels.telegram.fake.spec import spec_or_skip

HASTY = Patience(connect=0.5, answer=0.4, file=0.6, place=0.2, call=1.0)


def outgoing(text: str = "hello", to: str = "7", *, buttons: tuple[str, ...] = (), is_public: bool = False,
             **more: Any) -> Outgoing:  # fmt: skip
    """Make a message on its way."""
    address = Address(IdentityId("i"), "telegram", "424242", to, is_public)
    shown = tuple(Button(title=title, payload=title) for title in buttons)
    return Outgoing(MessageId(5), ConversationId("c"), address, Author.BOT, text, shown, 1, **more)


def api_at(url: str, *, token: str = TOKEN, patience: Patience = HASTY) -> TelegramApi:
    return TelegramApi(TelegramSettings(token, api_base=url), patience=patience)


@asynccontextmanager
async def telegram(*, limits: Limits | None = None) -> AsyncIterator[tuple[FakeTelegram, TelegramApi]]:
    """Open the fake and a client of it; at the end, no call may have been against the API's description."""
    async with FakeTelegram(spec_or_skip(), limits=limits) as fake:
        api = api_at(fake.url)
        try:
            yield fake, api
        finally:
            await api.close()
        assert fake.record.wrong == []
