"""Be every kind of trouble that WeChat or the net between us can make."""

import json
from dataclasses import dataclass


@dataclass
class Trouble:
    """Strike the calls that fit: so many ``times``, of one ``path`` (its end) or ``openid`` or of all.

    ``deed``: ``answer`` (with ``status`` and ``body``), ``hang`` (never answer), ``slow`` (answer after ``after_s``),
    ``reset`` (break off without an answer) or ``half`` (break off within the answer). ``is_taken``: it took effect all the same.
    """

    deed: str = "answer"
    status: int = 200
    body: bytes = b""
    path: str = ""
    openid: str | None = None
    times: int = 1
    is_taken: bool = False
    after_s: float = 0.0

    def strikes(self, path: str, openid: object) -> bool:
        """Say whether this call is struck, and count it."""
        fits = self.times > 0 and path.endswith(self.path) and self.openid in (None, openid)
        self.times -= fits
        return fits


def refusal(errcode: int, *, path: str = "", openid: str | None = None, times: int = 1) -> Trouble:
    """Make WeChat say no, with words that must never be shown or logged."""
    body = {"errcode": errcode, "errmsg": f"refused, hints: [ req_id: {path} ]"}
    return Trouble("answer", 200, json.dumps(body).encode(), path, openid, times)
