"""Build a house of real processes: brain and front, each kept running, on a database of its own."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import psutil
import requests

from bot import demo, processes
from bot.clock import utc_now
from bot.store.migrate import migrate
from bot.store.unit_of_work import Database
from tests.crash.part import Part
from tests.crash.record import Record
from tests.crash.recorded_front import PLATFORM_URL
from tests.crash.recording_platform import Platform
from tests.crash.waiting import eventually

READY_WITHIN_S = 240
FRONT = ["-m", "tests.crash.recorded_front"]
BRAIN = ["-m", "bot", "brain"]


class House:
    """Own a folder, the ports and the parts."""

    def __init__(self, folder: Path, *, workers: int = 2) -> None:
        self.folder = folder
        port, *brain_ports = processes.free_ports(1 + workers)
        self.url = f"http://127.0.0.1:{port}"
        self.settings = {
            "TINGJIAN_HOME": str(folder),
            "TINGJIAN_PORT": str(port),
            "TINGJIAN_DEMO": "1",
            "BRAIN_WORKERS": str(workers),
            "BRAIN_URL": ",".join(f"http://127.0.0.1:{brain}" for brain in brain_ports),
        }
        self.platform = Platform()
        self.record = Record(furnished(folder))
        self.brain_urls = self.settings["BRAIN_URL"].split(",")
        self._parts: list[Part] = []

    def start_brain(self, always: str = "", command: list[str] = BRAIN, **more: str) -> Part:
        self.brain = self._start("brain", command, {**self.settings, **more}, always=always)
        return self.brain

    def start_front(self, plan: Iterable[str] = ()) -> Part:
        self.front = self._start("front", FRONT, {**self.settings, PLATFORM_URL: self.platform.url}, plan=plan)
        return self.front

    def is_ready(self) -> bool:
        return requests.get(f"{self.url}/readyz", timeout=2).status_code == 200

    def wait_until_ready(self) -> None:
        eventually(self.is_ready, READY_WITHIN_S, "the house being ready")

    def wait_until_brain_is_ready(self) -> None:
        """Wait for every worker, asked directly."""
        ready = (lambda url=url: requests.get(f"{url}/readyz", timeout=2).ok for url in self.brain_urls)
        for is_ready in ready:
            eventually(is_ready, READY_WITHIN_S, "the brain being ready")

    @property
    def workers_killed(self) -> int:
        """Count the workers that the supervisor found killed."""
        told = (self.folder / "brain.log").read_text().splitlines()
        return sum("brain.worker_died" in line and "SIGKILL" in line for line in told)

    @property
    def most_unsure_after_one_kill(self) -> int:
        """Return the largest number of sends that one killed front left with unknown outcome."""
        told = (self.folder / "front.log").read_text().splitlines()
        counts = [json.loads(line)["count"] for line in told if '"sends with unknown outcome"' in line]
        return max(counts, default=0)

    def worker_pids(self) -> list[int]:
        """Return the brain's workers (or, while the model is loading, what answers in their place)."""
        return sorted(child.pid for child in psutil.Process(self.brain.pid).children())

    def close(self) -> None:
        for part in reversed(self._parts):
            part.stop()
        self.record.close()
        self.platform.close()

    def _start(
        self, name: str, command: list[str], environment: Mapping[str, str], *,
        plan: Iterable[str] = (), always: str = "",
    ) -> Part:  # fmt: skip
        part = Part(command, environment, self.folder / f"{name}.log", plan=plan, always=always)
        self._parts.append(part)
        return part


def furnished(folder: Path) -> str:
    """Return the URL of a database with the demo shop in it, so that there is something to ask about."""
    url = f"sqlite:///{folder / 'tingjian.db'}"
    migrate(url)
    database = Database(url)
    database.perform(demo.seed, utc_now())
    database.close()
    return url
