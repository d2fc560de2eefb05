"""Run ``tingjian run`` as an operator does, with writers at the door."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import requests

from bot import processes
from tests.crash.house import furnished
from tests.crash.part import ROOT, start
from tests.crash.record import Record
from tests.crash.waiting import eventually
from tests.crash.writers import Writer, web_visitor

STOPS_WITHIN_S = 10
RUN = ["-m", "bot", "run", "--demo"]


class WholeHouse:
    """Start it, send it signals, and see what is left."""

    def __init__(self, folder: Path, root: Path = ROOT) -> None:
        (port,) = processes.free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self.log = folder / "log"
        self.record = Record(furnished(folder))
        self._environment = {"TINGJIAN_HOME": str(folder), "TINGJIAN_PORT": str(port), "BRAIN_WORKERS": "1"}
        self._root = root

    def start(self) -> None:
        """Start it and return as soon as the front takes messages."""
        self.process: subprocess.Popen[bytes] = start(RUN, self._environment, self.log, self._root)
        eventually(lambda: requests.get(f"{self.url}/healthz", timeout=2).ok, 60, "the front being alive")

    def missing(self) -> list[str]:
        """Return what the front says is missing."""
        missing: list[str] = requests.get(f"{self.url}/readyz", timeout=2).json()["missing"]
        return missing

    def family(self) -> list[psutil.Process]:
        """Return all processes that belong to it."""
        return psutil.Process(self.process.pid).children(recursive=True)

    def stop(self, number: signal.Signals) -> float:
        """Send a signal, wait for the end, and return the seconds that it took."""
        asked_at = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(STOPS_WITHIN_S * 3)
        return time.monotonic() - asked_at

    def close(self) -> None:
        if hasattr(self, "process"):
            self.process.kill()
            self.process.wait()
        self.record.close()


@contextmanager
def load(writers: list[Writer]) -> Iterator[None]:
    """Let everybody write without a pause inside this block; what is refused at its end was never accepted."""
    enough = threading.Event()
    threads = [threading.Thread(target=_write, args=(writer, enough), daemon=True) for writer in writers]
    already = sum(len(writer.accepted) for writer in writers)
    for thread in threads:
        thread.start()
    eventually(lambda: sum(len(w.accepted) for w in writers) >= already + 2 * len(writers), 60, "the load")
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join(20)


def visitors(house: WholeHouse, count: int = 20) -> list[Writer]:
    return [web_visitor(house.url) for _ in range(count)]


def _write(writer: Writer, enough: threading.Event) -> None:
    while not enough.is_set():
        try:
            writer.write("How can I pay?", patience_s=0.5)
        except AssertionError:
            return
