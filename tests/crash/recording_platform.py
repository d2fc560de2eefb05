"""Be a platform on loopback that writes down every delivery, in the order of arrival."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Platform:
    """Listen on a free port; ``deliveries`` are (customer, our message id)."""

    def __init__(self) -> None:
        self.deliveries: list[tuple[str, int]] = []
        platform = self

        class Door(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                platform.deliveries.append((body["to"], body["message_id"]))
                receipt = json.dumps({"id": f"p{body['message_id']}"}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(receipt)))
                self.end_headers()
                self.wfile.write(receipt)

            def log_message(self, format: str, *args: Any) -> None:
                """Stay silent."""

            def handle(self) -> None:
                try:
                    super().handle()
                except ConnectionError:
                    """The front was killed while it listened to us: that is what this is for."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
