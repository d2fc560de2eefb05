"""Be ``python -m tests.bench.wechat_pushes``: push while the brain hangs, and tell how soon each push was acknowledged."""

import asyncio
import os
import statistics
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import aiohttp
import click
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.channels.wechat.channel import PATH
from bot.clock import utc_now
from tests.bench.ours import House
from tests.bench.served import answers
from tests.channels.wechat.fake.server import FakeWechat
from tests.channels.wechat.fake.tencent import AES_KEY, APP_ID, APP_SECRET, TOKEN, Push, Tencent


@click.command(help=__doc__)
@click.option("--pushes", default=10_000, show_default=True)
@click.option("--connections", default=8, show_default=True)
def main(pushes: int, connections: int) -> None:
    with TemporaryDirectory() as folder:
        waits, cpu_s = asyncio.run(_measure(pushes, connections, Path(folder) / "front.log"))
    parts = statistics.quantiles(waits, n=1_000)
    figures = ", ".join(
        f"{name} {1_000 * parts[place]:.0f} ms" for name, place in (("half", 499), ("p99", 989), ("p99.9", 998))
    )
    click.echo(f"{pushes} pushes on {connections} connections, all acknowledged: {figures}, longest {max(waits):.2f} s")
    click.echo(
        f"the front spent {1_000 * cpu_s / pushes:.1f} ms of CPU on each; load of the machine {os.getloadavg()[0]:.1f}"
    )


async def _measure(pushes: int, connections: int, log: Path) -> tuple[list[float], float]:
    house = House()
    try:
        async with FakeWechat() as api, TestServer(_hanging_brain()) as brain:
            front = await house.run(log, "front", BRAIN_URL=str(brain.make_url("")), **_settings(api.url))
            try:
                await answers(front, "/readyz")
                before = front.spent()
                waits = await _push(front.url + PATH, pushes, connections)
                return waits, front.spent() - before
            finally:
                await front.end()
    finally:
        house.clear()


async def _push(url: str, pushes: int, connections: int) -> list[float]:
    """Push once for each of so many customers; everything is signed before, in parts, so that the house has the machine."""
    tencent = Tencent(utc_now)
    waits: list[float] = []
    connector = aiohttp.TCPConnector(limit=connections)
    async with aiohttp.ClientSession(connector=connector) as session:
        for start in range(0, pushes, 1_000):
            batch = [
                tencent.push(tencent.text(f"o{number}", "slow")) for number in range(start, min(start + 1_000, pushes))
            ]
            lines = asyncio.Semaphore(connections)
            waits += await asyncio.gather(*(_timed(session, url, push, lines) for push in batch))
    return waits


async def _timed(session: aiohttp.ClientSession, url: str, push: Push, lines: asyncio.Semaphore) -> float:
    async with lines:
        began = time.perf_counter()
        async with session.post(
            url, params=push.params, data=push.body, headers={"Content-Type": push.content_type}
        ) as response:
            assert (response.status, await response.text()) == (200, "success")
        return time.perf_counter() - began


def _hanging_brain() -> web.Application:
    """Return a brain that is ready and answers nothing."""

    async def ready(_request: web.Request) -> web.Response:
        return web.json_response({"ready": True})

    async def hang(_request: web.Request) -> web.Response:
        await asyncio.sleep(3_600)
        return web.json_response({})

    app = web.Application()
    app.router.add_get("/readyz", ready)
    app.router.add_post("/turn", hang)
    return app


def _settings(api: str) -> dict[str, str]:
    return {
        "WECHAT_APP_ID": APP_ID, "WECHAT_APP_SECRET": APP_SECRET, "WECHAT_TOKEN": TOKEN, "WECHAT_AES_KEY": AES_KEY,
        "WECHAT_API_BASE": api,
    }  # fmt: skip


if __name__ == "__main__":
    main()
