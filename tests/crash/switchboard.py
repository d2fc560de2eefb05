"""Pass connections on to the first of several servers that is at home, like the balancer in front of action servers."""

import contextlib
import socket
import threading
from collections.abc import Sequence


class Switchboard:
    """Listen on one port."""

    def __init__(self, ports: Sequence[int]) -> None:
        self._ports = ports
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        self._door.close()

    def _run(self) -> None:
        while True:
            try:
                guest, _ = self._door.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(guest,), daemon=True).start()

    def _connect(self, guest: socket.socket) -> None:
        with guest:
            for port in self._ports:
                with contextlib.suppress(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port)) as host:
                    back = threading.Thread(target=_pour, args=(host, guest), daemon=True)
                    back.start()
                    _pour(guest, host)
                    back.join()
                    return


def _pour(source: socket.socket, sink: socket.socket) -> None:
    """Copy until either side ends, then tell both that it is over."""
    with contextlib.suppress(OSError):
        while read := source.recv(65_536):
            sink.sendall(read)
    for end in (source, sink):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
