"""Serve qyapi.weixin.qq.com on loopback."""

import asyncio
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.clock import utc_now
from tests.channels.loopback import Loopback
from tests.channels.wechat.fake.sending import Refused, parsed
from tests.channels.wechat.fake.troubles import Trouble
from tests.channels.wecom.fake.talk import Talk

CORP_ID, SECRET = "ww00c0ffee00c0ffee", "kf-secret-of-tests"
LIFE = timedelta(seconds=7200)


@dataclass(frozen=True)
class Call:
    """Be one call, and the code with which it was answered; None for no answer."""

    path: str
    asked: dict[str, Any]
    errcode: int | None


class FakeWecom(Loopback):
    """Be a server that can be asked what it was asked; ``async with`` starts and stops it."""

    def __init__(self, *accounts: str, clock: Callable[[], datetime] = utc_now, port: int = 0) -> None:
        super().__init__(port)
        self.talk = Talk(clock)
        self.troubles: list[Trouble] = []
        self.calls: list[Call] = []
        self.media: dict[str, bytes] = {}
        self._clock = clock
        self._token, self._token_until = "", clock()
        for account in accounts:
            self.talk.open_account(account)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/cgi-bin/{path:.+}", self._call)

    def expire_token(self) -> None:
        """Take the access token out of everybody's hands."""
        self._token_until = self._clock()

    def of(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path == path]

    def refused(self, *errcodes: int) -> list[Call]:
        """Return the calls that were refused with these codes, or with any."""
        return [one for one in self.calls if one.errcode and (not errcodes or one.errcode in errcodes)]

    async def _call(self, request: web.Request) -> web.StreamResponse:
        path, asked = request.match_info["path"], await _asked(request)
        trouble = next((one for one in self.troubles if one.strikes(path, asked.get("touser"))), None)
        if trouble is not None and trouble.deed != "slow":
            if trouble.is_taken:
                self._judge(request, path, asked)
            self.calls.append(Call(path, asked, None))
            if trouble.deed == "answer":
                return web.Response(status=trouble.status, body=trouble.body, content_type="application/json")
            if trouble.deed == "hang":
                await asyncio.sleep(3600)
            assert request.transport is not None
            request.transport.abort()
            return web.Response()
        answer = self._judge(request, path, asked)
        if trouble is not None:
            await asyncio.sleep(trouble.after_s)
        self.calls.append(Call(path, asked, answer.get("errcode", 0)))
        if "content" in answer:
            return web.Response(body=answer["content"], content_type="image/jpeg")
        return web.json_response(answer)

    def _judge(self, request: web.Request, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"errcode": 0, "errmsg": "ok"} | self._answer(request, path, asked)
        except Refused as refused:
            return {"errcode": refused.errcode, "errmsg": "refused, and not to be repeated"}

    def _answer(self, request: web.Request, path: str, asked: dict[str, Any]) -> dict[str, Any]:
        if path == "gettoken":
            return self._give_token(asked)
        if request.query.get("access_token") != self._token:
            raise Refused(40014)
        if self._clock() >= self._token_until:
            raise Refused(42001)
        if path == "media/get":
            return {"content": self._file(request.query.get("media_id", ""))}
        if path == "media/upload":
            return self._upload(request.query.get("type", ""), asked["media"])
        found: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
            "kf/sync_msg": self.talk.page,
            "kf/send_msg": self.talk.take,
            "kf/send_msg_on_event": self.talk.greet,
            "kf/service_state/get": self.talk.state_of,
            "kf/service_state/trans": self.talk.pass_on,
            "kf/account/list": self._accounts,
            "kf/customer/batchget": self._customers,
        }
        return found[path](asked)

    def _give_token(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("corpid") != CORP_ID:
            raise Refused(40013)
        if asked.get("corpsecret") != SECRET:
            raise Refused(40001)
        if self._clock() >= self._token_until:
            self._token, self._token_until = secrets.token_urlsafe(64), self._clock() + LIFE
        return {"access_token": self._token, "expires_in": int((self._token_until - self._clock()).total_seconds())}

    def _accounts(self, asked: dict[str, Any]) -> dict[str, Any]:
        listed = [{"open_kfid": id_, "name": one.name} for id_, one in self.talk.accounts.items()]
        return {"account_list": listed[asked["offset"] :][: asked["limit"]]}

    def _customers(self, asked: dict[str, Any]) -> dict[str, Any]:
        wanted = asked["external_userid_list"]
        if not 0 < len(wanted) <= 100:
            raise Refused(40058)
        known = [{"external_userid": one, "nickname": self.talk.names[one]} for one in wanted if one in self.talk.names]
        return {"customer_list": known, "invalid_external_userid": []}

    def _upload(self, kind: str, content: bytes) -> dict[str, Any]:
        if kind not in ("image", "voice", "video", "file"):
            raise Refused(40004)
        media_id = f"media{len(self.media)}"
        self.media[media_id] = content
        return {"type": kind, "media_id": media_id, "created_at": "1"}

    def _file(self, media_id: str) -> bytes:
        if media_id not in self.media:
            raise Refused(40007)
        return self.media[media_id]


async def _asked(request: web.Request) -> dict[str, Any]:
    if request.method == "GET":
        return {name: value for name, value in request.query.items() if name != "access_token"}
    if request.content_type != "multipart/form-data":
        return parsed(await request.read())
    media = (await request.post()).get("media")
    return {"media": media.file.read()} if isinstance(media, web.FileField) else {}
