"""Join Telegram to the house: what comes in by polling or by webhook, what goes out, and the signs in between."""

import asyncio
import contextlib
from typing import Final

import structlog
from aiohttp import web

from bot.channel_settings.telegram import TelegramSettings
from bot.channels.pacing import Pacer
from bot.channels.telegram import signature
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.poll import Polling
from bot.channels.telegram.senders import CHANNEL
from bot.channels.telegram.typing_sign import TypingSign
from bot.channels.webhook import Webhook
from bot.domain.attachments import Attachment
from bot.domain.messages import Address, Outgoing
from bot.edge.json_body import parse_object, require_json
from bot.edge.keys import CLOCK, DATABASE
from bot.edge.metrics import CHANNEL_UP
from bot.errors import ChannelError, Undeliverable

PATH: Final = "/channels/telegram"
PER_CHAT_S: Final = 1.05
"""Telegram allows one message a second to one chat; a little more leaves room for an uneven network."""
AT_ONCE: Final = 8
LOOK_AGAIN_S: Final = 0.25
"""While an overtaken update is missing, turns look again so often: nobody wakes them when it arrives."""
ASK_AGAIN_S: Final = 300.0
log = structlog.get_logger(__name__)


class TelegramChannel:
    """Be one bot on Telegram; nothing is called on the network before the front runs."""

    name = CHANNEL
    takes_files = True
    at_once = AT_ONCE

    def __init__(self, app: web.Application, settings: TelegramSettings) -> None:
        self._settings = settings
        self._api = TelegramApi(settings)
        self._intake = Intake(settings, self._api, app[DATABASE], app[CLOCK])
        self._pacer = Pacer(settings.per_second, PER_CHAT_S, settings.per_group_minute)
        self._typing = TypingSign(self._api.typing)

    def add_routes(self, app: web.Application) -> None:
        app.on_cleanup.append(self._close)
        if self._settings.mode == "webhook":
            app.router.add_post(PATH, Webhook(self.name, self._admit, self._receive).__call__)

    async def run(self) -> None:
        """Poll, or watch over the webhook."""
        self._note_state(False)
        if self._settings.mode == "polling":
            await asyncio.gather(self._introduce(), Polling(self._api, self._intake.take, self._note_state).run())
        else:
            await self._watch_webhook()

    def settling(self, age_s: float) -> float:
        """Return how long a turn waits; updates that are polled come in order."""
        return 0.0 if self._settings.mode == "polling" else min(self._intake.settling(age_s), LOOK_AGAIN_S)

    def parts(self, outgoing: Outgoing) -> int:
        return self._api.parts(outgoing)

    async def ready_for(self, to: Address) -> None:
        await self._pacer.ready_for(_chat(to), to.is_public)

    async def send(self, outgoing: Outgoing) -> str | None:
        async with self._pacer.begin(_chat(outgoing.to), outgoing.to.is_public):
            return await self._api.send(outgoing)

    async def fetch(self, attachment: Attachment) -> bytes:
        if attachment.file_ref is None:
            raise Undeliverable("there is no file to fetch")
        return await self._api.fetch(attachment.file_ref)

    async def show_typing(self, to: Address, on: bool) -> None:
        if on:
            self._typing.begin(to)
        else:
            self._typing.end(to)

    def _admit(self, request: web.Request) -> None:
        signature.check(request.headers.getall(signature.HEADER, []), self._settings.webhook_secret or "")
        require_json(request)

    async def _receive(self, _request: web.Request, body: bytes) -> web.Response:
        await self._intake.take(parse_object(body))
        return web.json_response({})

    async def _introduce(self) -> None:
        """Learn our name and offer our commands; polling goes on without, and a group asks for the name again."""
        with contextlib.suppress(ChannelError):
            await self._intake.learn_name()
        try:
            await self._api.set_commands()
        except Exception as error:  # the edge: a menu is a comfort
            log.warning("commands not offered", reason=type(error).__name__)

    async def _watch_webhook(self) -> None:
        """Ask now and then what Telegram knows of our webhook, and say once when it knows none."""
        told = False
        await self._intake.remember()
        while True:
            try:
                await self._intake.learn_name()
                is_set = bool((await self._api.webhook()).get("url"))
            except Exception as error:  # the edge: while Telegram cannot be reached, it may still reach us
                log.warning("Telegram does not answer", reason=type(error).__name__)
                self._note_state(False)
            else:
                self._note_state(True)
                if not is_set and not told:
                    log.error("Telegram knows no webhook of ours", remedy="tingjian telegram set-webhook")
                told = not is_set
            await asyncio.sleep(ASK_AGAIN_S)

    def _note_state(self, is_up: bool) -> None:
        CHANNEL_UP.labels(self.name).set(is_up)

    async def _close(self, _app: web.Application) -> None:
        await self._typing.close()
        await self._intake.close()
        await self._api.close()


def _chat(to: Address) -> str:
    """Return the chat: a group is one chat, however many customers it has."""
    return to.external_id.partition(":")[0]
