"""Keep one real process running, whoever kills it: what ``tingjian run`` does, with a hand on every life."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from bot import processes
from tests.crash.waiting import eventually

ROOT = Path(__file__).parents[2]
OURS = ("TINGJIAN_", "BRAIN_", "TELEGRAM_", "WECHAT_", "WECOM_", "RASA_", "PYTHONPATH")


def start(
    command: list[str], environment: Mapping[str, str], log: Path, root: Path = ROOT
) -> "subprocess.Popen[bytes]":
    """Start ``python <command>`` in the repository (or a copy of it), with no setting but those given."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    with log.open("ab") as out:
        return subprocess.Popen(
            [sys.executable, *command], cwd=root, env=inherited | dict(environment), stdout=out, stderr=out,
            start_new_session=True, preexec_fn=processes.die_with_parent,
        )  # fmt: skip


class Part:
    """Start a process, start it again when it is killed, and count what killed it.

    Each life is armed with the next of ``plan``: failpoints as in TINGJIAN_FAILPOINT. When they are used up, ``always``
    is armed.
    """

    def __init__(
        self, command: list[str], environment: Mapping[str, str], log: Path, *,
        plan: Iterable[str] = (), always: str = "",
    ) -> None:  # fmt: skip
        self.log = log
        self.killed_by_us = 0
        self.killed_at: Counter[str] = Counter()
        self._command, self._environment = command, environment
        self._plan, self._always = iter(plan), always
        self._ours: set[int] = set()
        self._kept = True
        self.process = self._begin()
        # The kernel's "die with your parent" watches the thread that forked: this one must live as long as the part.
        self._keeper = threading.Thread(target=self._keep, daemon=True)
        self._keeper.start()

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def kills(self) -> int:
        return self.killed_by_us + self.killed_at.total()

    def kill(self) -> None:
        """Kill a life, at whatever it is doing; return when its successor has been started.

        A stroke that meets a life which a named point has just ended is dealt again, to the next one.
        """
        before = self.killed_by_us
        while self.killed_by_us == before:
            killed = self.process
            self._ours.add(killed.pid)
            killed.kill()
            eventually(lambda killed=killed: self.process is not killed, 20, "a new life")  # type: ignore[misc]

    def stop(self) -> int:
        """End the part in order and return its exit code."""
        self._kept = False
        self.process.terminate()
        self._keeper.join(20)
        self.process.kill()
        return self.process.wait()

    def _begin(self) -> "subprocess.Popen[bytes]":
        self._armed = next(self._plan, self._always)
        return start(self._command, {**self._environment, "TINGJIAN_FAILPOINT": self._armed}, self.log)

    def _keep(self) -> None:
        while True:
            code = self.process.wait()
            if not self._kept:
                return
            assert code == -signal.SIGKILL, f"{self._command} ended by itself with {code}: see {self.log}"
            if self.process.pid in self._ours:
                self.killed_by_us += 1
            else:
                self.killed_at[self._armed.partition(":")[0]] += 1
            self.process = self._begin()
