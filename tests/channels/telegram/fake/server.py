"""Serve the Bot API on loopback."""

import asyncio
import json
import time
from typing import Any

from aiohttp import web

from tests.channels.loopback import Loopback
from tests.channels.telegram.fake.answers import Answers
from tests.channels.telegram.fake.limits import Limits
from tests.channels.telegram.fake.record import Call, Record
from tests.channels.telegram.fake.spec import Spec, Wrong
from tests.channels.telegram.fake.troubles import Trouble

TOKEN = "424242:fake-token-for-tests"
SENDS = {"sendmessage", "sendphoto", "senddocument"}


class FakeTelegram(Loopback):
    """Be a server that can be asked what it was asked; ``async with`` starts and stops it."""

    def __init__(self, spec: Spec, *, limits: Limits | None = None, token: str = TOKEN, port: int = 0) -> None:
        super().__init__(port)
        self.record = Record()
        self.troubles: list[Trouble] = []
        self.files: dict[str, bytes] = {}
        self.answers = Answers(self.record, self.files)
        self.token = token
        self._spec, self._limits = spec, limits

    def add_routes(self, app: web.Application) -> None:
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.router.add_get("/file/bot{token}/{path:.+}", self._file)
        app.router.add_get("/control/record", self._show)
        app.router.add_post("/control/updates", self._add)
        app.router.add_post("/control/troubles", self._trouble)

    async def _call(self, request: web.Request) -> web.StreamResponse:
        at = time.monotonic()
        method = request.match_info["method"]
        given, files = await _parameters(request)
        if request.match_info["token"] != self.token:
            return self._note(method, {}, files, at, _no(401, "Unauthorized"))
        try:
            values = self._spec.check(method, given)
        except Wrong as wrong:
            self.record.wrong.append(f"{method}: {wrong}")
            return self._note(method, {}, files, at, _no(400, f"Bad Request: {wrong}"))
        chat = values.get("chat_id")
        shown = {name: value for name, value in values.items() if not isinstance(value, bytes)}
        trouble = next((trouble for trouble in self.troubles if trouble.strikes(method, chat)), None)
        if trouble is None or trouble.is_taken:
            if (pause := self._pause(method, chat, at)) is not None:
                return self._note(method, shown, files, at, _no(429, "Too Many Requests", retry_after=pause))
            answer = await self.answers.to(method, values, files, at)
        else:
            answer = web.Response()
        if trouble is None:
            return self._note(method, shown, files, at, answer)
        if trouble.deed == "answer":
            answer = web.Response(status=trouble.status, body=trouble.body, content_type="application/json")
            return self._note(method, shown, files, at, answer)
        self.record.calls.append(Call(method, shown, files, at, 0))
        return await _break_off(request, trouble)

    def _pause(self, method: str, chat: int | None, at: float) -> int | None:
        if self._limits is None or chat is None or method.lower() not in SENDS:
            return None
        return self._limits.retry_after(chat, at)

    def _note(
        self, method: str, shown: dict[str, Any], files: list[tuple[str, str, int]], at: float, answer: web.Response
    ) -> web.Response:
        self.record.calls.append(Call(method, shown, files, at, answer.status))
        return answer

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["path"])
        if content is None or request.match_info["token"] != self.token:
            raise web.HTTPNotFound
        return web.Response(body=content)

    async def _show(self, _request: web.Request) -> web.Response:
        return web.json_response(self.record.as_json())

    async def _add(self, request: web.Request) -> web.Response:
        self.answers.add_updates(await request.json())
        return web.json_response({"waiting": len(self.answers.updates)})

    async def _trouble(self, request: web.Request) -> web.Response:
        asked = await request.json()
        self.troubles.append(Trouble(**asked | {"body": json.dumps(asked.get("body", {})).encode()}))
        return web.json_response({})


def _no(status: int, description: str, **parameters: int) -> web.Response:
    body = {"ok": False, "error_code": status, "description": description}
    return web.json_response(body | ({"parameters": parameters} if parameters else {}), status=status)


async def _parameters(request: web.Request) -> tuple[dict[str, str | bytes], list[tuple[str, str, int]]]:
    """Read parameters from wherever the API allows them."""
    given: dict[str, str | bytes] = dict(request.query)
    files = []
    if request.content_type == "application/json":
        body = await request.json()
        given |= {name: value if isinstance(value, str) else json.dumps(value) for name, value in body.items()}
        return given, files
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            given[name] = value.file.read()
            files.append((name, value.filename, len(given[name])))
        else:
            given[name] = value if isinstance(value, str) else value.decode()
    return given, files


async def _break_off(request: web.Request, trouble: Trouble) -> web.StreamResponse:
    if trouble.deed == "hang":
        await asyncio.sleep(3600)
    response = web.StreamResponse(headers={"Content-Length": "1000", "Content-Type": "application/json"})
    if trouble.deed == "half":
        await response.prepare(request)
        await response.write(b'{"ok": true, "result": {"mess')
    assert request.transport is not None
    request.transport.abort() if trouble.deed == "reset" else request.transport.close()
    return response
