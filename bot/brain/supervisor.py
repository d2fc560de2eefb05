"""Load the model once, fork the workers, and replace each one that dies or falls silent.

Loading takes most of a minute and hundreds of megabytes; forking takes milliseconds and shares the memory. So a worker may
crash, hang or be killed, and its place is taken in a blink. The listening sockets belong to the supervisor: a request that
comes between two workers waits in the socket's queue instead of being refused.
"""

import asyncio
import gc
import os
import selectors
import signal
import socket
import time
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Final

import structlog

from bot.brain.quiet import hush, quiet_logs
from bot.brain.waiting_room import close_waiting_room, open_waiting_room
from bot.brain.watch import Watched

if TYPE_CHECKING:
    from bot.brain.agent import BrainAgent

SILENCE_SECONDS: Final = 5.0
STOP_SECONDS: Final = 5.0
BACKLOG: Final = 128
LOOPBACK: Final = "127.0.0.1"

log = structlog.get_logger("bot.brain")


def run(
    *,
    database_url: str,
    home: Path,
    ports: Sequence[int],
    token: str,
    actions: str = "inline",
    models: Path = Path("models"),
    endpoints: Path = Path("endpoints.yml"),
    actions_package: str = "actions",
) -> int:
    """Serve the brain on ``ports`` of the loopback address until SIGTERM or SIGINT; return the exit code.

    Raises ``BadSetting`` when there is no trained model and ``OSError`` when a port is taken.
    """
    os.environ |= {"TINGJIAN_DATABASE_URL": database_url, "TINGJIAN_HOME": str(home)}
    doors = [socket.create_server((LOOPBACK, port), backlog=BACKLOG) for port in ports]
    hush()
    waiting = open_waiting_room(doors)
    try:
        agent = load(models, endpoints, actions, actions_package)
    finally:
        close_waiting_room(waiting)
    return Supervisor(agent, doors, database_url, token).watch()


def load(models: Path, endpoints: Path, actions: str, package: str = "actions") -> "BrainAgent":
    """Load the newest model into this process and warm it up; nothing touches the profile yet."""
    # Before TensorFlow: on import it searches every loaded module 765 times, which then takes seconds.
    import_module("skops.io")

    from actions.knowledge.library import library
    from bot.brain.actions import action_endpoint
    from bot.brain.agent import BrainAgent, newest_model

    quiet_logs()
    # Before the fork, so that every worker shares it, and an answer that cannot be read is told at the start.
    library()
    agent = BrainAgent(newest_model(models), action_endpoint(actions, str(endpoints), package))
    asyncio.run(agent.warm_up())
    return agent


class Supervisor:
    """Own the sockets and the workers behind them. Single-threaded on purpose: it forks."""

    def __init__(self, agent: "BrainAgent", doors: Sequence[socket.socket], database_url: str, token: str) -> None:
        self._agent, self._database_url, self._token = agent, database_url, token
        self._workers = [Watched(door) for door in doors]
        # Every worker holds the reading end; when this process ends, all of them read "end of file".
        self._lifeline, self._held = os.pipe()
        self._selector = selectors.DefaultSelector()
        self._stopping = False

    def watch(self) -> int:
        """Keep every worker alive until a signal asks to stop."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        gc.collect()
        gc.freeze()
        while not self._stopping:
            self._fork_missing()
            self._listen(timeout=0.25)
            self._replace_silent()
        return self._end()

    def _stop(self, _signal: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _fork_missing(self) -> None:
        now = time.monotonic()
        for worker in self._workers:
            if worker.pid is None and now >= worker.not_before:
                self._fork(worker)

    def _fork(self, worker: Watched) -> None:
        from bot.brain.worker import Post, serve

        parent = os.getpid()
        reading, writing = os.pipe()
        os.set_blocking(reading, False)
        os.set_blocking(writing, False)
        pid = os.fork()
        if pid == 0:
            for end in (reading, self._held):
                os.close(end)
            self._selector.close()
            for other in self._workers:
                other.forget(keep_door=other is worker)
            serve(self._agent, Post(worker.door, writing, self._lifeline, parent), self._database_url, self._token)
        os.close(writing)
        worker.began(pid, reading)
        self._selector.register(reading, selectors.EVENT_READ, worker)

    def _listen(self, timeout: float) -> None:
        """Take in heartbeats; the end of a pipe is the end of its worker."""
        for key, _ in self._selector.select(timeout):
            worker: Watched = key.data
            if not worker.take_heartbeats():
                self._bury(worker)

    def _replace_silent(self) -> None:
        for worker in self._workers:
            if worker.pid is not None and worker.silent_for() > SILENCE_SECONDS:
                log.error("brain.worker_silent", port=worker.port, pid=worker.pid)
                worker.kill()
                self._bury(worker)

    def _bury(self, worker: Watched) -> None:
        self._selector.unregister(worker.pipe)
        worker.ended(expected=self._stopping)

    def _end(self) -> int:
        """Let the workers finish their turns; kill what does not come to an end."""
        deadline = time.monotonic() + STOP_SECONDS
        for worker in self._workers:
            worker.ask_to_stop()
        while any(worker.pid for worker in self._workers) and time.monotonic() < deadline:
            self._listen(timeout=0.1)
        for worker in self._workers:
            if worker.pid is not None:
                worker.kill()
                self._bury(worker)
        return 0
