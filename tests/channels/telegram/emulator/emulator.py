"""Start the emulator, and the proxy before it."""

import asyncio
import subprocess
import threading
from pathlib import Path
from typing import Final, Self

import requests
from aiohttp import web

from bot import processes
from tests.channels.telegram.emulator.proxy import Proxy
from tests.crash.waiting import eventually
from tests.npm import installed

HERE: Final = Path(__file__).parent
TOKEN: Final = "666:emulated-token-for-tests"
"""The emulator's bot has the id 666."""


class Emulator:
    """Be a Bot API server on loopback; a context that ends with it."""

    def __enter__(self) -> Self:
        node = installed(HERE, "Telegram emulator")
        (port,) = processes.free_ports(1)
        self.clients_url = f"http://127.0.0.1:{port}"
        self._node = subprocess.Popen(
            [node, "serve.js", str(port)], cwd=HERE, preexec_fn=processes.die_with_parent,
        )  # fmt: skip
        self.proxy = Proxy(self.clients_url)
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        eventually(self._is_awake, 20, "the emulator being awake")
        self.url = asyncio.run_coroutine_threadsafe(self._serve(), self._loop).result(10)
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._runner.cleanup(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._node.kill()
        self._node.wait()

    async def _serve(self) -> str:
        self._runner = web.AppRunner(self.proxy.app(), shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        return site.name

    def _is_awake(self) -> bool:
        assert self._node.poll() is None, "the emulator did not start"
        return requests.get(f"{self.clients_url}/bot{TOKEN}/getMe", timeout=2).ok
