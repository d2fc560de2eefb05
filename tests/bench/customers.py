"""Be customers: of the stock bot over its REST channel, of ours over the web channel as the chat page does."""

import asyncio
import contextlib
import itertools
import json
import time
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Protocol

import aiohttp

PATIENCE_S = 60.0


@dataclass(frozen=True)
class Asked:
    """Be what one message took, in seconds from writing it: until "we have it" and until its answer was read."""

    acknowledged: float | None
    answered: float


class Customer(Protocol):
    """Write a message, wait for the answer."""

    async def ask(self, text: str) -> Asked: ...


class StockCustomer:
    """Post to the REST channel; its response is the answer, and nothing is acknowledged before."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self._session, self._url, self._name = session, url + "/webhooks/rest/webhook", uuid.uuid4().hex

    async def ask(self, text: str) -> Asked:
        began = time.perf_counter()
        body = {"sender": self._name, "message": text}
        async with self._session.post(self._url, json=body) as response:
            answer = await response.json()
        if response.status != 200 or not answer:
            raise SystemExit(f"the stock bot did not answer {text!r}: status {response.status}")
        return Asked(None, time.perf_counter() - began)


class WebCustomer:
    """Post to the web channel and read the event stream; come through ``visiting``."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        self._session, self._url, self._token = session, url + "/channels/web", token
        self._numbers = itertools.count(1)
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def ask(self, text: str) -> Asked:
        if not self._said.empty():
            raise SystemExit(f"something was said that nobody asked for: {self._said.get_nowait()!r}")
        headers = {"Authorization": f"Bearer {self._token}"}
        began = time.perf_counter()
        body = {"id": f"m{next(self._numbers)}", "text": text}
        async with self._session.post(self._url + "/messages", json=body, headers=headers) as response:
            await response.read()
        acknowledged = time.perf_counter() - began
        if response.status != 202:
            raise SystemExit(f"a message was not taken: status {response.status}")
        async with asyncio.timeout(PATIENCE_S):
            said = await self._said.get()
        if said["author"] != "bot":
            raise SystemExit(f"not an answer: {said['text']!r}")
        return Asked(acknowledged, time.perf_counter() - began)

    async def listen(self, open_stream: asyncio.Event) -> None:
        """Read the stream until cancelled."""
        parameters, event = {"visitor": self._token}, ""
        async with self._session.get(self._url + "/events", params=parameters) as response:
            open_stream.set()
            async for line in response.content:
                name, _, value = line.decode().rstrip("\r\n").partition(": ")
                if name == "event":
                    event = value
                elif name == "data" and event == "message":
                    self._said.put_nowait(json.loads(value))


@contextlib.asynccontextmanager
async def visiting(session: aiohttp.ClientSession, url: str) -> AsyncIterator[WebCustomer]:
    """Be given a token and open the stream."""
    async with session.post(url + "/channels/web/visitors") as response:
        customer = WebCustomer(session, url, (await response.json())["visitor"])
    is_open = asyncio.Event()
    listening = asyncio.create_task(customer.listen(is_open))
    await is_open.wait()
    try:
        yield customer
    finally:
        listening.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await listening
