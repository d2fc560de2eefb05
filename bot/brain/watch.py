"""Follow one worker from outside: its pid, its last heartbeat, and how soon it may be forked again."""

import os
import signal
import socket
import time
from typing import Final

import structlog

LONGEST_PAUSE_SECONDS: Final = 5.0

log = structlog.get_logger("bot.brain")


class Watched:
    """Be the supervisor's view of the worker behind one port."""

    def __init__(self, door: socket.socket) -> None:
        self.door = door
        self.port: int = door.getsockname()[1]
        self.pid: int | None = None
        self.pipe = -1
        self.not_before = 0.0
        self._heard_at = 0.0
        self._heard = False
        self._stillborn = 0

    def began(self, pid: int, pipe: int) -> None:
        """Note a fresh fork; it has the whole silence limit to beat for the first time."""
        self.pid, self.pipe = pid, pipe
        self._heard, self._heard_at = False, time.monotonic()

    def forget(self, *, keep_door: bool) -> None:
        """Close this end in a child: a worker must not hold what belongs to another."""
        if self.pipe >= 0:
            os.close(self.pipe)
            self.pipe = -1
        if not keep_door:
            self.door.close()

    def take_heartbeats(self) -> bool:
        """Read what has come in; False when the worker has closed its end, that is, has ended."""
        try:
            alive = bool(os.read(self.pipe, 4096))
        except BlockingIOError:
            return True
        if alive:
            self._heard, self._heard_at = True, time.monotonic()
        return alive

    def silent_for(self) -> float:
        """Return the seconds since the last heartbeat."""
        return time.monotonic() - self._heard_at

    def ask_to_stop(self) -> None:
        """Ask for an orderly end."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End the worker now; it may be hanging in native code and deaf to anything milder."""
        if self.pid is not None:
            os.kill(self.pid, signal.SIGKILL)

    def ended(self, *, expected: bool) -> None:
        """Collect the dead process and decide when its successor may start."""
        if self.pid is None:
            return
        _, status = os.waitpid(self.pid, 0)
        # A worker that served is replaced at once; one that dies before its first heartbeat must not be forked in a loop.
        self._stillborn = 0 if self._heard else self._stillborn + 1
        pause = min(LONGEST_PAUSE_SECONDS, 0.1 * 2.0**self._stillborn) if self._stillborn else 0.0
        self.not_before = time.monotonic() + pause
        if not expected:
            log.error("brain.worker_died", port=self.port, pid=self.pid, status=_told(status))
        os.close(self.pipe)
        self.pid, self.pipe = None, -1


def _told(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else f"exit {code}"
