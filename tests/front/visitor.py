"""A visitor of the web chat, over real HTTP."""

import asyncio
import itertools
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp.test_utils import TestClient


class Visitor:
    """Write messages and read the event stream, as the page does."""

    def __init__(self, client: "TestClient[Any, Any]", token: str, external_id: str) -> None:
        self.client, self.token, self.external_id = client, token, external_id
        self._ids = itertools.count(1)

    @classmethod
    async def arrive(cls, client: "TestClient[Any, Any]") -> "Visitor":
        """Be given a token."""
        response = await client.post("/channels/web/visitors")
        body = await response.json()
        return cls(client, body["visitor"], body["id"])

    async def write(self, text: object, message_id: object | None = None) -> tuple[int, dict[str, Any]]:
        """Post a message; return status and body."""
        body = {"id": message_id or f"m{next(self._ids)}", "text": text}
        response = await self.client.post("/channels/web/messages", json=body, headers=self.headers)
        return response.status, await response.json()

    async def history(self) -> dict[str, Any]:
        """Return what a page that opens now would show."""
        response = await self.client.get("/channels/web/history", headers=self.headers)
        body: dict[str, Any] = await response.json()
        return body

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    @asynccontextmanager
    async def listen(self, last_event_id: str | None = None) -> AsyncIterator["Events"]:
        """Open the event stream, from an event on if given."""
        headers = {"Last-Event-ID": last_event_id} if last_event_id else {}
        async with self.client.get(f"/channels/web/events?visitor={self.token}", headers=headers) as response:
            assert response.status == 200
            yield Events(response.content)


class Events:
    """Read events off a stream."""

    def __init__(self, content: Any) -> None:
        self._content = content

    async def next(self) -> dict[str, Any]:
        """Return the next event as {"event", "id", "data"}; fails after ten seconds of silence."""
        found: dict[str, Any] = {}
        while True:
            line = (await asyncio.wait_for(self._content.readline(), 10)).decode().rstrip("\r\n")
            if not line and "data" in found:
                return found
            name, _, value = line.partition(": ")
            if name in ("event", "id"):
                found[name] = value
            elif name == "data":
                found["data"] = json.loads(value)

    async def message(self) -> dict[str, Any]:
        """Return the next event that is a message."""
        while (event := await self.next()).get("event") != "message":
            pass
        return event

    async def state(self, owner: str) -> dict[str, Any]:
        """Return the next state event with that owner."""
        while (event := await self.next()).get("event") != "state" or event["data"]["owner"] != owner:
            pass
        return event
