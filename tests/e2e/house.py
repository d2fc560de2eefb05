"""Start the whole house as a user does, with one command, and stop it with Ctrl-C."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Final, Self

import psutil

from bot import processes

ROOT: Final = Path(__file__).resolve().parents[2]
READY_S: Final = 300.0
"""Enough on any machine to load the model, which `make test` has trained before."""
STOP_S: Final = 10.0
POLL_S: Final = 0.1
TAIL: Final = 60
_USER: Final = re.compile(r"^ {2}(?:agent|marketer|admin) +(\S+) +(\S+)$", re.MULTILINE)


class House:
    """Be a running ``tingjian run --demo`` with a home of its own; a context that ends with a clean stop.

    ``more`` are settings of the channels.
    """

    def __init__(self, home: Path, **more: str) -> None:
        self.home, self.log, self._more = home, home.with_suffix(".log"), more
        self.port = processes.free_ports(1)[0]
        self.address = f"http://127.0.0.1:{self.port}"
        self.api_token = "e2e-" + os.urandom(16).hex()
        self.passwords: dict[str, str] = {}
        self._process: subprocess.Popen[bytes]

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(
                [*_command(), "run", "--demo"], cwd=ROOT, env=self._environment(), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, preexec_fn=processes.die_with_parent,
            )  # fmt: skip
        try:
            self.wait_until_ready()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        self.passwords = dict(_USER.findall(self.log.read_text()))
        assert set(self.passwords) == {"anna", "bo", "mei", "root"}, self.tail()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop as Ctrl-C does; whoever leaves late or with an error has lost something on the way."""
        started_at = time.monotonic()
        self._process.send_signal(signal.SIGINT)
        try:
            code = self._process.wait(STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise AssertionError(f"still running {STOP_S:.0f} s after SIGINT\n{self.tail()}") from None
        assert code == 0, f"exit code {code} after {time.monotonic() - started_at:.1f} s\n{self.tail()}"

    def wait_until_ready(self) -> None:
        """Wait until /readyz says that everything can answer."""
        deadline = time.monotonic() + READY_S
        while time.monotonic() < deadline:
            assert self._process.poll() is None, f"ended with code {self._process.returncode}\n{self.tail()}"
            if self.status("/readyz") == 200:
                return
            time.sleep(POLL_S)
        raise AssertionError(f"not ready after {READY_S:.0f} s\n{self.tail()}")

    def status(self, path: str) -> int:
        """Return the status that an address answers with, 0 when nobody answers."""
        try:
            with urllib.request.urlopen(self.address + path, timeout=10) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def api(self, path: str) -> Any:
        """Return what the JSON API says to the bearer of our token."""
        request = urllib.request.Request(
            f"{self.address}/api/v1{path}", headers={"Authorization": f"Bearer {self.api_token}"}
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def record(self, external_id: str, channel: str = "web") -> dict[str, Any]:
        """Return the whole record of the customer whom a channel knows by that id."""
        found = self.api(f"/customers?channel={channel}&external_id={external_id}")
        assert len(found["items"]) == 1 and found["next"] is None
        record: dict[str, Any] = found["items"][0]
        return record

    def front(self) -> psutil.Process:
        """Return the front's process; fails when it is not running."""
        children = psutil.Process(self._process.pid).children()
        return next(child for child in children if child.cmdline()[-1:] == ["front"])

    def kill_front(self) -> None:
        """Kill the front as a crash would, without a chance to say good-bye, and wait until it is gone."""
        front = self.front()
        front.kill()
        front.wait(10)

    def tail(self) -> str:
        """Return the last lines of the log, for the report of a failure."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-TAIL:])

    def _environment(self) -> dict[str, str]:
        inherited = {k: v for k, v in os.environ.items() if not k.startswith(("TINGJIAN_", "BRAIN_", "TELEGRAM_"))}
        ours = {"TINGJIAN_HOME": str(self.home), "TINGJIAN_PORT": str(self.port), "TINGJIAN_API_TOKEN": self.api_token}
        return inherited | ours | self._more


def _command() -> list[str]:
    """Return the command that the environment offers; ``python -m bot`` is the same one."""
    script = Path(sys.executable).with_name("tingjian")
    return [str(script)] if script.exists() else [sys.executable, "-m", "bot"]
