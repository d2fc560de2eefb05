"""Be customers who write until they are told "ok", as browsers and platforms do."""

import time
from collections.abc import Callable, Iterable

import requests

PATIENCE_S = 120
TRY_AGAIN_S = 0.25
Post = Callable[[str, str], requests.Response]


class Writer:
    """Write messages; one that got no 202 is repeated with the same id until it does."""

    def __init__(self, external_id: str, post: Post) -> None:
        self.external_id = external_id
        self.accepted: list[str] = []
        self.refusals = 0
        self._post = post

    def write(self, text: str, message_id: str | None = None, patience_s: float = PATIENCE_S) -> str:
        """Return the id of the message once it was accepted."""
        message_id = message_id or f"{self.external_id[:12]}-{len(self.accepted)}"
        deadline = time.monotonic() + patience_s
        while time.monotonic() < deadline:
            try:
                if self._post(message_id, text).status_code == 202:
                    self.accepted.append(message_id)
                    return message_id
            except requests.RequestException:
                """Nobody at home, or killed before the answer: nobody knows whether it was taken."""
            self.refusals += 1
            time.sleep(TRY_AGAIN_S)
        raise AssertionError(f"message {message_id} was never accepted")

    def write_all(self, texts: Iterable[str]) -> None:
        """Write quickly, one after the other."""
        for text in texts:
            self.write(text)


def web_visitor(url: str) -> Writer:
    """Arrive at the web chat."""
    visitor = requests.post(f"{url}/channels/web/visitors", timeout=5).json()
    headers = {"Authorization": f"Bearer {visitor['visitor']}"}
    session = requests.Session()

    def post(message_id: str, text: str) -> requests.Response:
        body = {"id": message_id, "text": text}
        return session.post(f"{url}/channels/web/messages", json=body, headers=headers, timeout=10)

    return Writer(visitor["id"], post)


def recorder_customer(url: str, who: str) -> Writer:
    """Write through the channel whose platform records."""
    session = requests.Session()

    def post(message_id: str, text: str) -> requests.Response:
        body = {"who": who, "id": message_id, "text": text}
        return session.post(f"{url}/channels/recorder/messages", json=body, timeout=10)

    return Writer(who, post)
