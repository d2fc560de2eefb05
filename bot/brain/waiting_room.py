"""Answer on the brain's ports while the model is loading: alive, not ready.

Loading takes most of a minute; a front that knocks meanwhile gets an answer in milliseconds instead of silence. It is a
process of its own, because the loading one is too busy to answer.
"""

import json
import os
import selectors
import signal
import socket
from collections.abc import Sequence
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import Any, Final

PATIENCE_SECONDS: Final = 2.0


class _Receptionist(BaseHTTPRequestHandler):
    """Say 200 to ``/healthz`` and 503 to everything else."""

    timeout = PATIENCE_SECONDS

    def do_GET(self) -> None:
        """Answer the two probes."""
        alive = self.path == "/healthz"
        self._say(HTTPStatus.OK if alive else HTTPStatus.SERVICE_UNAVAILABLE, alive)

    def do_POST(self) -> None:
        """Refuse a turn for now; its body is read so that the connection closes in peace."""
        self.rfile.read(min(int(self.headers.get("Content-Length") or 0), 1024 * 1024))
        self._say(HTTPStatus.SERVICE_UNAVAILABLE, False)

    def _say(self, status: HTTPStatus, alive: bool) -> None:
        body = json.dumps({"alive": True} if alive else {"ready": False, "missing": ["model"]}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Stay silent."""


def open_waiting_room(doors: Sequence[socket.socket]) -> int:
    """Fork the process that answers on ``doors`` and return its pid; end it with ``close_waiting_room``."""
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        _receive(doors, parent)
    return pid


def close_waiting_room(pid: int) -> None:
    """End the process; what it had not accepted yet waits for the workers."""
    os.kill(pid, signal.SIGTERM)
    os.waitpid(pid, 0)


def _receive(doors: Sequence[socket.socket], parent: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    selector = selectors.DefaultSelector()
    for door in doors:
        selector.register(door, selectors.EVENT_READ)
    while os.getppid() == parent:
        for key, _ in selector.select(timeout=0.5):
            try:
                guest, address = key.fileobj.accept()  # type: ignore[union-attr]
                with guest:
                    _Receptionist(guest, address, None)  # type: ignore[arg-type]
            except (OSError, ValueError):
                continue
    os._exit(0)
