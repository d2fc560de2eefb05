"""Start a bot's processes, wait until they answer, weigh them, and end them."""

import asyncio
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from bot.processes import die_with_parent


@dataclass
class Served:
    """Be one running program with its children."""

    name: str
    process: asyncio.subprocess.Process
    url: str
    began: float
    """``time.monotonic()`` at its start."""

    def age(self) -> float:
        """Return the seconds since it was started."""
        return time.monotonic() - self.began

    def family(self) -> list[psutil.Process]:
        """Return its process and all under it."""
        root = psutil.Process(self.process.pid)
        return [root, *root.children(recursive=True)]

    def spent(self) -> float:
        """Return the CPU seconds of the whole family so far."""
        times = [process.cpu_times() for process in self.family()]
        return sum(time.user + time.system for time in times)

    async def end(self) -> None:
        """Ask it to stop, then insist."""
        if self.process.returncode is not None:
            return
        family = self.family()
        self.process.terminate()
        try:
            async with asyncio.timeout(12):
                await self.process.wait()
        except TimeoutError:
            os.killpg(self.process.pid, signal.SIGKILL)
        for left in psutil.wait_procs(family, timeout=2)[1]:
            left.kill()


@dataclass(frozen=True)
class Weight:
    """Be the memory of one process, in MB: resident, proportional (shared pages divided) and its own alone."""

    name: str
    rss: float
    pss: float
    uss: float


async def start(
    name: str, command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path, url: str = ""
) -> Served:
    """Start a program in a session of its own, its words going to a file."""
    with log.open("ab") as words:
        began = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=os.environ | environment, stdout=words, stderr=words, start_new_session=True,
            preexec_fn=die_with_parent,
        )  # fmt: skip
    return Served(name, process, url, began)


async def answers(served: Served, path: str, *, url: str = "", within_s: float = 300) -> float:
    """Wait until a GET is answered with 200; return the seconds since the program was started."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(2)) as session, asyncio.timeout(within_s):
        while True:
            if served.process.returncode is not None:
                raise SystemExit(f"{served.name} ended with {served.process.returncode}; see the log beside the model")
            try:
                async with session.get((url or served.url) + path) as response:
                    if response.status == 200:
                        return served.age()
            except (aiohttp.ClientError, TimeoutError):
                pass
            await asyncio.sleep(0.05)


def weigh(name: str, process: psutil.Process) -> Weight:
    """Weigh one process now."""
    memory = process.memory_full_info()
    return Weight(name, *(round(part / 2**20, 1) for part in (memory.rss, memory.pss, memory.uss)))
