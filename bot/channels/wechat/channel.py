"""Join an Official Account to the house: pushes that wait for their answers, calls for what comes later."""

import asyncio
import secrets
from typing import Final

import structlog
from aiohttp import web

from bot.channel_settings.wechat import WechatSettings
from bot.channels.tencent.signature import only
from bot.channels.tencent.xml import MOST_BYTES, write_fields
from bot.channels.webhook import Webhook
from bot.channels.wechat.api import WechatApi
from bot.channels.wechat.fields import text
from bot.channels.wechat.giving import Giver
from bot.channels.wechat.intake import Intake
from bot.channels.wechat.outgoing import TEXT_BYTES, Form, size
from bot.channels.wechat.passive import Held, Slots
from bot.channels.wechat.payload import CHANNEL, takes_reply
from bot.channels.wechat.signature import Door, Push
from bot.domain.attachments import Attachment
from bot.domain.messages import Address
from bot.domain.reply_plan import Bundle, Terms
from bot.edge.keys import CLOCK, DATABASE
from bot.edge.metrics import CHANNEL_UP
from bot.errors import Undeliverable

PATH: Final = "/channels/wechat"
AT_ONCE: Final = 8
RECEIVED: Final = "success"
ASK_AGAIN_S: Final = 300.0
MOST_SIGNS: Final = 16
"""Signs of typing that may be under way at the same time: they are a comfort, and cost calls."""
log = structlog.get_logger(__name__)


class WechatChannel:
    """Be one Official Account; nothing is called on the network before the front runs."""

    name = CHANNEL
    takes_files = True
    at_once = AT_ONCE

    def __init__(self, app: web.Application, settings: WechatSettings) -> None:
        self._settings, self._clock = settings, app[CLOCK]
        self.takes_files = settings.can_send
        self._door = Door(settings)
        self._api = WechatApi(settings, app[DATABASE], app[CLOCK])
        self._slots = Slots(app[CLOCK], settings.passive_budget_s, needs_replies=not settings.can_send)
        self._intake = Intake(settings, self._slots, app[DATABASE], app[CLOCK])
        self._form = Form(tappable=settings.can_offer_menu, leaves_hint=not settings.can_send)
        self._giver = Giver(
            self._api, self._slots, self._form, app[DATABASE], calls_agents=settings.keep_tencent_agents
        )
        self._signs: set[asyncio.Task[None]] = set()

    def add_routes(self, app: web.Application) -> None:
        app.on_shutdown.append(self._let_go)
        app.on_cleanup.append(self._close)
        app.router.add_get(PATH, Webhook(self.name, self._prove, _echo, most_bytes=0).__call__, allow_head=False)
        app.router.add_post(PATH, Webhook(self.name, self._admit, self._receive, most_bytes=MOST_BYTES).__call__)

    async def run(self) -> None:
        """Ask now and then for the token, so that an operator sees whether WeChat would take a message."""
        while self._settings.can_send:
            try:
                await self._api.token()
            except Exception as error:  # the edge: while we cannot reach WeChat, it may still reach us
                log.warning("WeChat gives no token", reason=str(error) or type(error).__name__)
                CHANNEL_UP.labels(self.name).set(False)
            else:
                CHANNEL_UP.labels(self.name).set(True)
            await asyncio.sleep(ASK_AGAIN_S)

    def terms(self, to: Address) -> Terms:
        form, slots = self._form, self._slots.of(to.identity_id)
        return Terms(size, TEXT_BYTES, form.cut, form.worded, form.hint, self._settings.can_send, slots)

    async def ready_for(self, to: Address) -> None:
        """Wait for nothing: what WeChat counts is in the ledger."""

    async def give(self, bundle: Bundle) -> str | None:
        await self._giver.give(bundle)
        return None

    async def fetch(self, attachment: Attachment) -> bytes:
        if attachment.file_ref is None:
            raise Undeliverable("there is no file to fetch")
        return await self._api.download(attachment.file_ref)

    async def show_typing(self, to: Address, on: bool) -> None:
        """Show it where somebody waits longer than a push does; WeChat hides it by itself when words arrive.

        A house that is slow has better things to do.
        """
        waits = not self._slots.of(to.identity_id) and not self._slots.is_slow
        if on and self._settings.can_send and waits and len(self._signs) < MOST_SIGNS:
            sign = asyncio.create_task(self._api.typing(to.external_id, True))
            self._signs.add(sign)
            sign.add_done_callback(self._signs.discard)

    def _prove(self, request: web.Request) -> None:
        self._door.check(request.query, self._clock())

    def _admit(self, request: web.Request) -> None:
        self._door.admit(request.query, self._clock())

    async def _receive(self, request: web.Request, body: bytes) -> web.Response:
        push = self._door.open(request.query, body, self._clock())
        held = await self._intake.take(push)
        said = await self._slots.wait(held) if held is not None else None
        if held is not None and said is not None:
            return await self._say(request, push, said, held)
        if takes_reply(push.fields) and await self._giver.must_transfer(self._intake.identity_of(push)):
            return self._reply(push, {"MsgType": "transfer_customer_service"})
        if held is not None:
            await self._intake.note_wait_in_vain(held)
        return web.Response(text=RECEIVED)

    def _reply(self, push: Push, content: dict[str, str]) -> web.Response:
        plain = write_fields({
            "ToUserName": text(push.fields, "FromUserName"), "FromUserName": text(push.fields, "ToUserName"),
            "CreateTime": int(self._clock().timestamp()), **content,
        })  # fmt: skip
        body = self._door.seal(plain, push, secrets.token_hex(8))
        return web.Response(body=body, content_type="text/xml", charset="utf-8")

    async def _say(self, request: web.Request, push: Push, said: str, held: Held) -> web.Response:
        """Write a reply here and now: whoever gave it wants to know when it cannot have arrived."""
        try:
            response = self._reply(push, {"MsgType": "text", "Content": said})
            if request.transport is None or request.transport.is_closing():
                raise ConnectionResetError
            await response.prepare(request)
            await response.write_eof()
        except ConnectionError:
            self._slots.lost(held)
            return web.Response(text=RECEIVED)
        except BaseException:
            self._slots.lost(held)
            raise
        return response

    async def _let_go(self, _app: web.Application) -> None:
        """Receipt what waits: nobody is kept from stopping by a push."""
        self._slots.close()

    async def _close(self, _app: web.Application) -> None:
        for sign in self._signs:
            sign.cancel()
        await asyncio.gather(*self._signs, return_exceptions=True)
        await self._api.close()


async def _echo(request: web.Request, _body: bytes) -> web.Response:
    """Answer the check of our address; it is text, whatever it looks like."""
    return web.Response(body=only(request.query, "echostr").encode(), content_type="text/plain", charset="utf-8")
