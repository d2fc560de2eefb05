"""Talk to the API of an Official Account: messages, files, the menu, and what an operator wants to know.

https://developers.weixin.qq.com/doc/service/api/customer/message/api_sendcustommessage ·
https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/New_temporary_materials.html
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

import structlog

from bot.channel_settings.wechat import WechatSettings
from bot.channels.tencent.access_token import AccessToken, Fetched
from bot.channels.tencent.calls import Calls
from bot.channels.tencent.refusals import Unanswered
from bot.channels.tencent.wire import Patience
from bot.channels.tencent.xml import allowed
from bot.channels.wechat import media
from bot.channels.wechat.errcodes import WORDS
from bot.channels.wechat.files import FileServer
from bot.clock import Clock
from bot.errors import ChannelError, TryLater, Undeliverable
from bot.store.unit_of_work import Database

CHANNEL: Final = "wechat"
SEND: Final = "/cgi-bin/message/custom/send"
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Quota:
    """Be how often a call may be made today, and how often it has been."""

    limit: int
    used: int
    left: int


class WechatApi:
    """Make every call that we need; nothing is called on the network before the first of them.

    Calls raise TryLater, WindowClosed, Unreachable or Undeliverable, and Unanswered when nobody knows what became of a
    message. Neither the token nor any words are ever part of an error.
    """

    def __init__(
        self, settings: WechatSettings, database: Database, clock: Clock, patience: Patience | None = None
    ) -> None:
        self._settings = settings
        patience = patience or Patience()
        self._door = Calls(settings.api_base, WORDS, patience=patience)
        self._token = AccessToken(database, clock, CHANNEL, settings.app_id, self._fetch_token)
        self._calls = Calls(settings.api_base, WORDS, self._token, patience)
        self._files = FileServer(settings.api_base, patience)

    async def token(self) -> str:
        """Return an access token, for whoever wants to know that there is one."""
        return await self._token.get()

    async def send_text(self, openid: str, text: str) -> None:
        """Say something: at most 2,048 bytes, which WeChat counts in UTF-8."""
        await self._send(openid, "text", {"content": allowed(text)})

    async def send_media(self, openid: str, kind: media.Kind, media_id: str) -> None:
        """Send a file that was uploaded before."""
        await self._send(openid, kind, {"media_id": media_id})

    async def send_menu(self, openid: str, head: str, lines: Sequence[tuple[str, str]], tail: str = "") -> None:
        """Offer lines to tap, each an id and its words; the tapped one comes back as a text with ``bizmsgmenuid``."""
        listed = [{"id": line_id, "content": allowed(words)} for line_id, words in lines]
        await self._send(openid, "msgmenu", {
            "head_content": allowed(head), "list": listed, "tail_content": allowed(tail),
        })  # fmt: skip

    async def typing(self, openid: str, on: bool) -> None:
        """Show or hide that an answer is being written, where WeChat allows it; never fails."""
        asked = {"touser": openid, "command": "Typing" if on else "CancelTyping"}
        try:
            await self._calls.post("/cgi-bin/message/custom/typing", asked)
        except (ChannelError, Unanswered) as error:
            log.info("typing not shown", channel=CHANNEL, reason=str(error))

    async def upload(self, media_type: str | None, content: bytes) -> tuple[media.Kind, str]:
        """Lend a file to WeChat for three days; return as what it goes, and its media id."""
        kind = media.kind_of(media_type, len(content))
        name = media.file_name(media_type)
        said = await self._calls.upload("/cgi-bin/media/upload", {"type": kind}, name, content, media_type or "")
        media_id = said.get("media_id")
        if not isinstance(media_id, str) or not media_id:
            raise Undeliverable("WeChat did not say where it keeps the file")
        return kind, media_id

    async def download(self, media_id: str) -> bytes:
        """Return what a customer sent; WeChat keeps it for three days, and names another address for a video."""
        found = await self._calls.download("/cgi-bin/media/get", {"media_id": media_id}, media.MOST_FETCHED)
        return await self._files.resolved(found)

    async def callback_ips(self) -> list[str]:
        """Return the addresses from which pushes come."""
        return _texts((await self._calls.get("/cgi-bin/getcallbackip")).get("ip_list"))

    async def api_ips(self) -> list[str]:
        """Return the addresses under which the API answers."""
        return _texts((await self._calls.get("/cgi-bin/get_api_domain_ip")).get("ip_list"))

    async def quota(self, path: str = SEND) -> Quota:
        """Return how often a call may still be made today."""
        said = await self._calls.post("/cgi-bin/openapi/quota/get", {"cgi_path": path}, is_repeatable=True)
        found = said.get("quota")
        numbers = [found.get(name) for name in ("daily_limit", "used", "remain")] if isinstance(found, dict) else []
        if len(whole := [number for number in numbers if isinstance(number, int)]) != 3:
            raise Undeliverable("WeChat did not say how many calls are left")
        return Quota(*whole)

    async def clear_quota(self) -> None:
        """Begin today's counts anew; allowed ten times a month."""
        await self._calls.post("/cgi-bin/clear_quota", {"appid": self._settings.app_id})

    async def create_menu(self, menu: dict[str, Any]) -> None:
        """Put a menu in the place of the one before; customers see it within a day, or after following anew."""
        await self._calls.post("/cgi-bin/menu/create", menu, is_repeatable=True)

    async def menu(self) -> dict[str, Any]:
        """Return the menu as WeChat has it; raises Undeliverable when there is none."""
        return await self._calls.get("/cgi-bin/menu/get")

    async def delete_menu(self) -> None:
        """Take the menu away."""
        await self._calls.get("/cgi-bin/menu/delete")

    async def close(self) -> None:
        """Let go of every connection."""
        for one in (self._door, self._calls, self._files):
            await one.close()

    async def _send(self, openid: str, kind: str, content: dict[str, Any]) -> None:
        await self._calls.post(SEND, {"touser": openid, "msgtype": kind, kind: content})

    async def _fetch_token(self, force: bool) -> Fetched:
        """Ask for the stable token: whoever asks gets the same one, unless a new one is forced."""
        said = await self._door.post("/cgi-bin/stable_token", {
            "grant_type": "client_credential", "appid": self._settings.app_id, "secret": self._settings.app_secret,
            "force_refresh": force,
        }, is_repeatable=not force)  # fmt: skip
        token, seconds = said.get("access_token"), said.get("expires_in")
        if not isinstance(token, str) or not token or not isinstance(seconds, int) or seconds <= 0:
            raise TryLater("WeChat gave no access token")
        return Fetched(token, timedelta(seconds=seconds))


def _texts(found: object) -> list[str]:
    return [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
