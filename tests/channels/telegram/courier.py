"""Be the Telegram channel as far as sending goes, with a client whose patience a test can choose."""

from aiohttp import web

from bot.channels.pacing import Pacer
from bot.channels.telegram.api import TelegramApi
from bot.domain.messages import Address, Outgoing


class TelegramCourier:
    """Send through the real client; ``pacer`` None is for tests in which time is only told."""

    name, takes_files, at_once = "telegram", True, 8

    def __init__(self, api: TelegramApi, pacer: Pacer | None = None) -> None:
        self._api, self._pacer = api, pacer

    def add_routes(self, app: web.Application) -> None:
        """Have no webhook."""

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show nothing."""

    def parts(self, outgoing: Outgoing) -> int:
        return self._api.parts(outgoing)

    async def ready_for(self, to: Address) -> None:
        if self._pacer is not None:
            await self._pacer.ready_for(_chat(to), to.is_public)

    async def send(self, outgoing: Outgoing) -> str | None:
        if self._pacer is None:
            return await self._api.send(outgoing)
        async with self._pacer.begin(_chat(outgoing.to), outgoing.to.is_public):
            return await self._api.send(outgoing)


def _chat(to: Address) -> str:
    return to.external_id.partition(":")[0]
