"""A server on loopback that speaks the brain's protocol by script: it fails, hangs and recovers on command."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "brain token for tests"


class ScriptedBrain:
    """Answer turns with an echo, unless told otherwise; remember what was asked."""

    def __init__(self) -> None:
        self.ready = True
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.poison: set[str] = set()
        self.hang_on: set[str] = set()
        self.intents: dict[str, str] = {}
        self.release = asyncio.Event()
        self.url = ""
        self._news = asyncio.Condition()

    def texts(self, path: str) -> list[str]:
        """Return the texts asked about at a path, in order."""
        return [body["text"] for asked, body in self.asked if asked == path]

    async def asked_about(self, text: str) -> None:
        """Wait until somebody asked about a text."""
        async with asyncio.timeout(10), self._news:
            await self._news.wait_for(lambda: any(body["text"] == text for _, body in self.asked))

    @asynccontextmanager
    async def serve(self) -> AsyncIterator["ScriptedBrain"]:
        """Listen on a free loopback port."""
        app = web.Application()
        app.router.add_get("/readyz", self._readyz)
        app.router.add_post("/turn", self._turn)
        app.router.add_post("/understand", self._turn)
        async with TestServer(app) as server:
            self.url = str(server.make_url("")).rstrip("/")
            yield self
            self.release.set()

    async def _readyz(self, _request: web.Request) -> web.Response:
        return web.json_response({"ready": self.ready}, status=200 if self.ready else 503)

    async def _turn(self, request: web.Request) -> web.Response:
        assert request.headers["Authorization"] == f"Bearer {TOKEN}"
        body = await request.json()
        async with self._news:
            self.asked.append((request.path, body))
            self._news.notify_all()
        if not self.ready:
            return web.json_response({"error": "not ready"}, status=503)
        if body["text"] in self.hang_on:
            await self.release.wait()
        if body["text"] in self.poison:
            return web.json_response({"error": "turn failed"}, status=500)
        reading = {"intent": self.intents.get(body["text"], "nlu_fallback")}
        return web.json_response({"replies": [{"text": f"echo {body['text']}", "buttons": []}], "reading": reading})
