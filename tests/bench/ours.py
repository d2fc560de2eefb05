"""Start the house as an operator would, on an empty record with a furnished shop."""

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Final

import psutil

from bot import demo
from bot.clock import utc_now
from bot.processes import free_ports
from bot.store.migrate import migrate
from bot.store.unit_of_work import Database
from tests.bench.served import Served, Weight, answers, start, weigh

ROOT: Final = Path(__file__).resolve().parents[2]
WORDS: Final = ("你好", "When are you open?", "怎么付款？", "thanks", "hello", "你们几点开门？", "How can I pay?", "谢谢")  # fmt: skip
"""Messages of one answer each; every turn of ours runs at least two custom actions, the last one writes it back."""
WORKERS: Final = 2


class House:
    """Be a furnished folder for one run; gone afterwards."""

    def __init__(self) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="tingjian-bench-"))
        url = f"sqlite:///{self.home / 'tingjian.db'}"
        migrate(url)
        database = Database(url)
        database.perform(demo.seed, utc_now())
        database.close()

    async def run(self, log: Path, *words: str, **settings: str) -> Served:
        """Start ``tingjian <words>`` on a free port."""
        (port,) = free_ports(1)
        environment = {"TINGJIAN_HOME": str(self.home), "TINGJIAN_PORT": str(port), "TINGJIAN_DEMO": "0", **settings}
        command = [sys.executable, "-m", "bot", *words]
        return await start("ours", command, ROOT, environment, log, url=f"http://127.0.0.1:{port}")

    async def serve(self, log: Path) -> Served:
        """Start front and brain; return them when they are ready to answer."""
        served = await self.run(log, "run", BRAIN_WORKERS=str(WORKERS))
        await answers(served, "/readyz")
        return served

    async def front_alone(self, log: Path) -> tuple[float, Weight]:
        """Start only a front, without a brain; return the seconds until it answers, and its weight then."""
        front = await self.run(log, "front", BRAIN_URL="http://127.0.0.1:9")
        try:
            return await answers(front, "/healthz"), weigh("front, just ready", psutil.Process(front.process.pid))
        finally:
            await front.end()

    def clear(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.home, ignore_errors=True)


def weights(served: Served) -> list[Weight]:
    """Weigh front, supervisor and every worker."""
    found = []
    for process in served.family():
        words = process.cmdline()
        if words[-1:] == ["front"]:
            found.append(weigh("front", process))
        elif words[-1:] == ["brain"]:
            parent = process.parent()
            is_worker = parent is not None and parent.cmdline()[-1:] == ["brain"]
            found.append(weigh("brain worker" if is_worker else "brain supervisor", process))
    return found
