"""Join WeCom customer service to the house: callbacks that wake, pulls that bring, and what goes out."""

import asyncio
from datetime import timedelta
from typing import Final

from aiohttp import web

from bot.channel_settings.wecom import WecomSettings
from bot.channels.tencent.envelope import Envelope
from bot.channels.webhook import Webhook
from bot.channels.wecom import signature
from bot.channels.wecom.accounts import Accounts
from bot.channels.wecom.api import WecomApi
from bot.channels.wecom.giving import Giver
from bot.channels.wecom.greeting import Greeter
from bot.channels.wecom.names import Names
from bot.channels.wecom.outgoing import TEXT_BYTES, cut, size, worded
from bot.channels.wecom.payload import CHANNEL
from bot.channels.wecom.sessions import Passing, Sessions
from bot.channels.wecom.sync import Puller
from bot.domain.allowance import Grant
from bot.domain.attachments import Attachment
from bot.domain.language import Language
from bot.domain.messages import Address
from bot.domain.reply_plan import Bundle, Terms
from bot.edge.keys import CLOCK, DATABASE, FEED
from bot.edge.metrics import CHANNEL_UP, IGNORED
from bot.errors import Undeliverable
from bot.words import say

PATH: Final = "/channels/wecom-kf"
AT_ONCE: Final = 4
MOST_BYTES: Final = 64 * 1024
OK: Final = "success"


class WecomChannel:
    """Be the customer-service accounts of one company; nothing is called on the network before the front runs."""

    name = CHANNEL
    takes_files = True
    at_once = AT_ONCE

    def __init__(self, app: web.Application, settings: WecomSettings) -> None:
        self._app, self._settings = app, settings
        database, clock = app[DATABASE], app[CLOCK]
        self._envelope = Envelope(settings.token, settings.corp_id, settings.aes_key)
        self._api = WecomApi(settings, database, clock)
        self._names = Names(self._api)
        self._greeter = Greeter(self._api, database, clock)
        self._sessions = Sessions(self._api, database, clock)
        self._giver = Giver(self._api, database, self._sessions)
        self._accounts = Accounts(self._api, database, self._puller_of)

    def add_routes(self, app: web.Application) -> None:
        app.on_cleanup.append(self._close)
        app.router.add_get(PATH, Webhook(self.name, _admit, self._prove, most_bytes=0).__call__, allow_head=False)
        app.router.add_post(PATH, Webhook(self.name, _admit, self._receive, most_bytes=MOST_BYTES).__call__)

    async def run(self) -> None:
        """Pull, and pass on who waits for a person where that is wanted."""
        self._note_state(False)
        work = [self._accounts.run()]
        if self._settings.handoff == "wecom":
            servicer, feed = self._settings.servicer, self._app[FEED]
            work.append(Passing(self._api, self._app[DATABASE], self._app[CLOCK], feed, servicer).run())
        await asyncio.gather(*work)

    def terms(self, _to: Address) -> Terms:
        return Terms(size, TEXT_BYTES, cut, worded, _hint)

    async def ready_for(self, to: Address) -> None:
        await self._sessions.enter(to)

    async def give(self, bundle: Bundle) -> str | None:
        return await self._giver.give(bundle)

    async def fetch(self, attachment: Attachment) -> bytes:
        if attachment.file_ref is None:
            raise Undeliverable("there is no file to fetch")
        return await self._api.fetch(attachment.file_ref)

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show nothing: WeCom has no such sign."""

    async def _prove(self, request: web.Request, _body: bytes) -> web.Response:
        """Answer the check of our address; it is text, whatever it looks like."""
        return web.Response(body=signature.echo(self._envelope, request.query), content_type="text/plain")

    async def _receive(self, request: web.Request, body: bytes) -> web.Response:
        """Wake the puller; the messages themselves are fetched, so there is nothing here to lose."""
        news = signature.announced(self._envelope, request.query, body)
        if isinstance(news, signature.Announced):
            self._accounts.wake(news.account, news.token)
        else:
            IGNORED.labels(CHANNEL, "callback").inc()
        return web.Response(text=OK)

    def _puller_of(self, account: str) -> Puller:
        grant = Grant(self._settings.per_message, timedelta(hours=self._settings.window_h))
        return Puller(
            account, self._api, self._app[DATABASE], self._app[CLOCK], self._names, grant=grant,
            poll_s=self._settings.poll_s, before=self._sessions.follow_ends, follow=self._greeter.follow,
            on_state=self._note_state,
        )  # fmt: skip

    def _note_state(self, is_up: bool) -> None:
        CHANNEL_UP.labels(self.name).set(is_up)

    async def _close(self, _app: web.Application) -> None:
        await self._greeter.close()
        await self._api.close()


def _admit(_request: web.Request) -> None:
    """Let everybody knock: who they are is proved by what they can encrypt."""


def _hint(language: Language) -> str:
    return say(language, "more-with-your-next-word")
