"""Run the recording fake of Telegram as a process of its own, and ask it what reached whom."""

import json
import subprocess
import sys
from typing import Any, Final

import requests

from bot import processes
from tests.channels.telegram.fake.server import TOKEN
from tests.channels.telegram.fake.spec import spec_or_skip
from tests.crash.part import ROOT

FAKE: Final = ["-m", "tests.channels.telegram.fake"]


class Platform:
    """Be Telegram on loopback; what it is asked is checked against the description of its API."""

    token = TOKEN

    def __init__(self) -> None:
        spec_or_skip()
        self._process = subprocess.Popen(
            [sys.executable, *FAKE], cwd=ROOT, stdout=subprocess.PIPE, text=True, preexec_fn=processes.die_with_parent
        )
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    def post(self, updates: list[dict[str, Any]]) -> None:
        """Have updates waiting for whoever polls."""
        requests.post(f"{self.url}/control/updates", data=json.dumps(updates), timeout=30).raise_for_status()

    def record(self) -> dict[str, Any]:
        """Return what it was asked and what it took."""
        record: dict[str, Any] = requests.get(f"{self.url}/control/record", timeout=30).json()
        return record

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
