"""Be every kind of trouble that a platform or the net between us can make."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass
class Trouble:
    """Strike the calls that fit: so many ``times``, of one ``chat`` or ``method`` or of all.

    ``deed``: ``answer`` (with ``status`` and ``body``), ``hang`` (never answer), ``reset`` (break off without an answer)
    or ``half`` (break off within the answer). ``is_taken``: the message is there all the same.
    """

    deed: str = "answer"
    status: int = 200
    body: bytes = b""
    chat: int | None = None
    method: str | None = None
    times: int = 1
    is_taken: bool = False

    def strikes(self, method: str, chat: int | None) -> bool:
        """Say whether this call is struck, and count it."""
        fits = self.times > 0 and self.chat in (None, chat) and (self.method or method).lower() == method.lower()
        self.times -= fits
        return fits


def refusal(status: int, description: str, *, chat: int | None = None, method: str | None = None, times: int = 1,
            **parameters: Any) -> Trouble:  # fmt: skip
    """Make Telegram say no."""
    body = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return Trouble("answer", status, json.dumps(body).encode(), chat, method, times)


def too_fast(retry_after: Any = None, *, chat: int | None = None, times: int = 1) -> Trouble:
    """Make Telegram say that we are too fast; without a number where none is given."""
    parameters = {} if retry_after is None else {"retry_after": retry_after}
    return refusal(429, "Too Many Requests: retry later", chat=chat, times=times, **parameters)
