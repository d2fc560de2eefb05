"""Read a JSON object from a stranger: bounded, strict, and with a reason when it is none."""

import json
from typing import Any, Final, NoReturn

from aiohttp import web

MOST_BYTES: Final = 256 * 1024


class BadBody(web.HTTPBadRequest):
    """Answer 400 with a reason that a developer can act on."""

    def __init__(self, reason: str) -> None:
        super().__init__(text=json.dumps({"error": reason}), content_type="application/json")


async def read_object(request: web.Request) -> dict[str, Any]:
    """Return the body as a JSON object.

    Raises BadBody for anything else: another content type, invalid UTF-8, duplicate keys, NaN, too deep, not an object.
    The app's ``client_max_size`` answers 413 before.
    """
    if request.content_type != "application/json":
        raise BadBody("the content type must be application/json")
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise web.HTTPUnsupportedMediaType(text='{"error": "compressed bodies are not accepted"}')
    raw = await request.read()
    try:
        body = json.loads(raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadBody("the body is not valid JSON") from error
    if not isinstance(body, dict):
        raise BadBody("the body must be a JSON object")
    return body


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)
