"""Serve api.weixin.qq.com on loopback."""

import asyncio
import itertools
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.clock import utc_now
from tests.channels.loopback import Loopback
from tests.channels.wechat.fake.control import control
from tests.channels.wechat.fake.record import Call, Record
from tests.channels.wechat.fake.sending import Refused, Sending, parsed
from tests.channels.wechat.fake.tencent import APP_ID, APP_SECRET
from tests.channels.wechat.fake.tokens import Tokens
from tests.channels.wechat.fake.troubles import Trouble
from tests.channels.wechat.fake.windows import Windows

TYPES = {"image", "voice", "video", "thumb"}


class FakeWechat(Loopback):
    """Be a server that can be asked what it was asked; ``async with`` starts and stops it.

    It shares its ``windows`` with ``Tencent``, whose customers open them.
    """

    def __init__(
        self, clock: Callable[[], datetime] = utc_now, *, windows: Windows | None = None, app_id: str = APP_ID,
        secret: str = APP_SECRET, port: int = 0,
    ) -> None:  # fmt: skip
        super().__init__(port)
        self.record = Record()
        self.troubles: list[Trouble] = []
        self.media: dict[str, bytes] = {}
        self.menu: dict[str, Any] | None = None
        self.windows = windows or Windows(clock)
        self.tokens = Tokens(clock, app_id, secret)
        self.sending = Sending(self.windows, self.media)
        self._numbers = itertools.count(1)

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/cgi-bin/{path:.+}", self._call)
        app.router.add_get("/video/{media_id}", self._video)
        app.add_subapp("/control/", control(self))

    async def _call(self, request: web.Request) -> web.StreamResponse:
        path, asked = request.match_info["path"], {}
        try:
            asked = await _asked(request)
            trouble = next((one for one in self.troubles if one.strikes(path, asked.get("touser"))), None)
            if trouble is not None and trouble.deed == "slow":
                await asyncio.sleep(trouble.after_s)
            if trouble is not None and trouble.deed != "slow":
                if trouble.is_taken:
                    self._answer(request, path, asked)
                return await self._struck(request, trouble, Call(path, asked, None, trouble.status))
            answer = self._answer(request, path, asked)
        except Refused as refused:
            answer = web.json_response({"errcode": refused.errcode, "errmsg": "refused, and not to be repeated"})
        said = json.loads(answer.body) if answer.content_type == "application/json" else {}  # type: ignore[arg-type]
        self.record.calls.append(Call(path, asked, said.get("errcode", 0)))
        return answer

    def _answer(self, request: web.Request, path: str, asked: dict[str, Any]) -> web.Response:
        """Return the answer to a call; raises Refused."""
        if path == "stable_token":
            return web.json_response(self.tokens.stable(asked))
        if errcode := self.tokens.check(request.query.get("access_token")):
            raise Refused(errcode)
        if path == "message/custom/send":
            self.record.taken.append(self.sending.take(asked))
            return _ok()
        if path == "media/get":
            return self._file(request.query.get("media_id", ""))
        found: dict[str, Callable[[], dict[str, Any]]] = {
            "message/custom/typing": lambda: self._typing(asked),
            "media/upload": lambda: self._upload(request.query.get("type", ""), asked),
            "getcallbackip": lambda: {"ip_list": ["127.0.0.1", "127.0.0.2"]},
            "get_api_domain_ip": lambda: {"ip_list": ["127.0.0.3"]},
            "openapi/quota/get": lambda: {"quota": {"daily_limit": 100_000, "used": 7, "remain": 99_993}},
            "clear_quota": dict,
            "menu/create": lambda: self._set_menu(asked),
            "menu/get": self._menu,
            "menu/delete": lambda: self._set_menu(None),
        }
        if path not in found:
            raise Refused(40066)
        return _ok(**found[path]())

    def _typing(self, asked: dict[str, Any]) -> dict[str, Any]:
        if asked.get("command") not in ("Typing", "CancelTyping"):
            raise Refused(45072)
        if not self.windows.is_open(str(asked.get("touser"))):
            raise Refused(45080)
        return {}

    def _upload(self, kind: str, asked: dict[str, Any]) -> dict[str, Any]:
        content = asked.get("media")
        if kind not in TYPES:
            raise Refused(40004)
        if not content:
            raise Refused(44001)
        media_id = f"media-{next(self._numbers)}"
        self.media[media_id] = content
        return {"type": kind, "media_id": media_id, "created_at": 1}

    def _file(self, media_id: str) -> web.Response:
        if media_id not in self.media:
            raise Refused(40007)
        if media_id.startswith("video"):
            return web.json_response({"video_url": f"{self.url}/video/{media_id}"})
        return web.Response(body=self.media[media_id], content_type="image/jpeg")

    async def _video(self, request: web.Request) -> web.Response:
        assert "access_token" not in request.query, "the token went to the file server"
        return web.Response(body=self.media[request.match_info["media_id"]], content_type="video/mp4")

    def _set_menu(self, menu: dict[str, Any] | None) -> dict[str, Any]:
        self.menu = menu
        return {}

    def _menu(self) -> dict[str, Any]:
        if self.menu is None:
            raise Refused(46003)
        return {"menu": self.menu}

    async def _struck(self, request: web.Request, trouble: Trouble, call: Call) -> web.StreamResponse:
        self.record.calls.append(call)
        if trouble.deed == "answer":
            return web.Response(status=trouble.status, body=trouble.body, content_type="application/json")
        if trouble.deed == "hang":
            await asyncio.sleep(3600)
        response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
        if trouble.deed == "half":
            await response.prepare(request)
            await response.write(b'{"errcode": 0, "err')
        assert request.transport is not None
        request.transport.abort() if trouble.deed == "reset" else request.transport.close()
        return response


def _ok(**more: Any) -> web.Response:
    return web.json_response({"errcode": 0, "errmsg": "ok"} | more)


async def _asked(request: web.Request) -> dict[str, Any]:
    if request.method == "GET":
        return {name: value for name, value in request.query.items() if name != "access_token"}
    if request.content_type != "multipart/form-data":
        return parsed(await request.read())
    media = (await request.post()).get("media")
    return {"media": media.file.read(), "name": media.filename} if isinstance(media, web.FileField) else {}
