"""Carry a call to Telegram so that afterwards we know whether it can have been read, and so that nothing leaks.

The library does not tell a request that was never written from one whose answer was lost. To us that is the difference
between sending again and asking a person.
"""

import json
import logging
import math
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx
from telegram.error import TelegramError
from telegram.request import HTTPXRequest

DEFAULT_PAUSE_S: Final = 5
LONGEST_PAUSE_S: Final = 24 * 60 * 60
KNOWN_CODES: Final = frozenset({400, 401, 403, 404, 409, 429})
CONNECTIONS: Final = 32
_ANYWHERE: Final = {"date": 0, "chat": {"id": 0, "type": "private"}}

for _chatty in ("httpx", "httpcore", "telegram"):  # they write URLs, ours carry the token, and at DEBUG what is said
    logging.getLogger(_chatty).setLevel(logging.WARNING)


@dataclass(frozen=True)
class Patience:
    """Say how many seconds to wait for what; ``call`` bounds a whole call, however slowly its answer drips."""

    connect: float = 5.0
    answer: float = 10.0
    file: float = 60.0
    place: float = 1.0
    call: float = 30.0


class Request(HTTPXRequest):
    """Be the library's way to the network, with a memory of what was written and with plain refusals."""

    def __init__(self, patience: Patience) -> None:
        super().__init__(
            connection_pool_size=CONNECTIONS, connect_timeout=patience.connect, read_timeout=patience.answer,
            write_timeout=patience.answer, media_write_timeout=patience.file, pool_timeout=patience.place,
            httpx_kwargs={"event_hooks": {"request": [_watch]}},
        )  # fmt: skip

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """Return status and body of the answer; a refusal is put into the shape that the library reads safely."""
        status, body = await super().do_request(*args, **kwargs)
        status = true_status(status, body)
        return (status, body) if HTTPStatus.OK <= status <= 299 else plain_refusal(status, body)

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Return the answer as an object; the library's own way would write a broken one into the log, words and all.

        Of a message that was sent only the id is kept: nothing else in it may put in doubt that it was sent.
        """
        answer = _object(payload)
        if answer is None:
            raise TelegramError("the answer cannot be read")
        sent = answer.get("result")
        if isinstance(sent, dict) and isinstance(sent.get("message_id"), int):
            answer["result"] = {"message_id": sent["message_id"]} | _ANYWHERE
        return answer


def was_written(error: httpx.RequestError) -> bool:
    """Say whether the whole request had been written when the connection failed: then Telegram may have acted on it."""
    trace = error.request.extensions.get("trace")
    return trace.written if isinstance(trace, _Trace) else True


def true_status(status: int, body: bytes) -> int:
    """Return the status that an answer should have had: a refusal is one under the status 200, too."""
    if not HTTPStatus.OK <= status <= 299 or (said := _object(body)) is None or said.get("ok") is not False:
        return status
    code = said.get("error_code")
    return code if isinstance(code, int) and 400 <= code <= 599 else HTTPStatus.BAD_REQUEST.value


def plain_refusal(status: int, body: bytes) -> tuple[int, bytes]:
    """Return a refusal without surprises: numbers are numbers, 429 says how long, any other 4xx is a bad request."""
    said = _object(body) or {}
    parameters = said["parameters"] if isinstance(said.get("parameters"), dict) else {}
    told: dict[str, int] = {}
    if status == HTTPStatus.TOO_MANY_REQUESTS or "retry_after" in parameters:
        told["retry_after"] = max(1, math.ceil(seconds(parameters.get("retry_after"))))
    elif isinstance(parameters.get("migrate_to_chat_id"), int):
        told["migrate_to_chat_id"] = parameters["migrate_to_chat_id"]
    if 400 <= status <= 499 and status not in KNOWN_CODES:
        status = HTTPStatus.BAD_REQUEST.value
    description = said.get("description") if isinstance(said.get("description"), str) else f"status {status}"
    return status, json.dumps({"ok": False, "description": description, "parameters": told}).encode()


def seconds(retry_after: object) -> float:
    """Return a number of seconds within reason, whatever was given for it."""
    try:
        given = float(retry_after)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return DEFAULT_PAUSE_S
    return DEFAULT_PAUSE_S if math.isnan(given) else min(max(given, 0.0), LONGEST_PAUSE_S)


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


class _Trace:
    """Follow one request down to the wire; a proxy is asked for a tunnel first, and that is not yet our request."""

    written = False
    _method = b""

    async def __call__(self, event: str, details: dict[str, Any]) -> None:
        if event.endswith("send_request_headers.started"):
            self._method = details["request"].method
        elif event.endswith("send_request_body.complete"):
            self.written = self._method != b"CONNECT"


async def _watch(request: httpx.Request) -> None:
    request.extensions["trace"] = _Trace()
