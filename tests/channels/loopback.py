"""Be a platform on loopback: what all our fakes have in common."""

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self, TypeVar

from aiohttp import web

MOST_UPLOADED = 50 * 2**20


class Loopback(ABC):
    """Come up and go down on one port of 127.0.0.1; port 0 is any free one."""

    def __init__(self, port: int = 0) -> None:
        self.port = port
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @abstractmethod
    def add_routes(self, app: web.Application) -> None:
        """Add what the platform can be asked."""

    async def __aenter__(self) -> Self:
        await self.come_up()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.go_down()

    async def come_up(self) -> None:
        """Listen, on the same port as before."""
        app = web.Application(client_max_size=MOST_UPLOADED)
        self.add_routes(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()
        self.port = self._runner.addresses[0][1]

    async def go_down(self) -> None:
        """Refuse connections."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None


L = TypeVar("L", bound=Loopback)


@contextmanager
def served_aside(platform: L) -> Iterator[L]:
    """Serve a platform from a thread of its own, for who runs an event loop themselves."""
    loop, up = asyncio.new_event_loop(), threading.Event()

    def serve() -> None:
        loop.run_until_complete(platform.come_up())
        up.set()
        loop.run_forever()
        loop.run_until_complete(platform.go_down())
        loop.close()

    thread = threading.Thread(target=serve)
    thread.start()
    assert up.wait(10)
    try:
        yield platform
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
