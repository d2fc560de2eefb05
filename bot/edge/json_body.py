"""Read a JSON object from a stranger: bounded, strict, and with a reason when it is none."""

import json
import math
from typing import Any, Final, NoReturn

from aiohttp import web

MOST_BYTES: Final = 256 * 1024


class BadBody(web.HTTPBadRequest):
    """Answer 400 with a reason that a developer can act on."""

    def __init__(self, reason: str) -> None:
        super().__init__(text=json.dumps({"error": reason}), content_type="application/json")


def require_json(request: web.Request) -> None:
    """Raise BadBody or HTTPUnsupportedMediaType, before a byte is read, for what does not say that it is plain JSON."""
    refuse_compressed(request)
    if request.content_type != "application/json":
        raise BadBody("the content type must be application/json")


def refuse_compressed(request: web.Request) -> None:
    """Raise HTTPUnsupportedMediaType for a compressed body: a small one may unfold to any size."""
    if request.headers.get("Content-Encoding", "identity") != "identity":
        raise web.HTTPUnsupportedMediaType(
            text='{"error": "compressed bodies are not accepted"}', content_type="application/json"
        )


async def read_object(request: web.Request) -> dict[str, Any]:
    """Return the body as a JSON object; raises as ``require_json`` and ``parse_object`` do.

    The app's ``client_max_size`` answers 413 before.
    """
    require_json(request)
    return parse_object(await request.read())


def parse_object(raw: bytes) -> dict[str, Any]:
    """Return the JSON object that is written in UTF-8.

    Raises BadBody for anything else: invalid UTF-8, duplicate keys, NaN, numbers beyond all bounds, too deep, not an object.
    """
    try:
        body = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant, parse_float=_finite
        )
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


def _finite(number: str) -> float:
    if not math.isfinite(found := float(number)):
        raise ValueError("a number beyond all bounds")
    return found
