"""Read what a browser or a script sends, and say what is wrong with it."""

import re
from enum import StrEnum
from typing import Any, Final, TypeVar
from urllib.parse import parse_qsl

from aiohttp import web

from bot.domain.ids import MessageId
from bot.edge.json_body import read_object
from bot.errors import Refused

LONGEST_QUERY: Final = 200
_NEWEST_ID: Final = 2**63 - 1
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
E = TypeVar("E", bound=StrEnum)


class BadInput(Refused):
    """Refuse what cannot be read; ``msgid`` names the sentence that is shown, ``code`` is for scripts."""

    def __init__(self, msgid: str, code: str, status: int = 400) -> None:
        super().__init__(msgid)
        self.msgid = msgid
        self.code = code
        self.status = status


async def fields(request: web.Request) -> dict[str, Any]:
    """Return what a form or a JSON object says; raises BadInput when it is too large or unreadable."""
    try:
        if request.content_type == "application/json" and request.body_exists:
            return await read_object(request)
        raw = await request.read()
    except web.HTTPRequestEntityTooLarge as error:
        raise BadInput("This is too long.", "too_long") from error
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    try:
        return dict(parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=50))
    except ValueError as error:
        raise BadInput("This form cannot be read.", "bad_form") from error


def text(given: dict[str, Any], name: str, default: str | None = None) -> str:
    """Return one field that must be text."""
    value = given.get(name, default)
    if not isinstance(value, str):
        raise BadInput("This form cannot be read.", "bad_form")
    return value


def one_of(kind: type[E], value: str | None) -> E | None:
    """Return the member that a filter names, None for an empty filter; raises BadInput for a stranger."""
    if not value:
        return None
    try:
        return kind(value)
    except ValueError as error:
        raise BadInput("This filter is unknown.", "bad_filter") from error


def words(request: web.Request, name: str) -> str | None:
    """Return a short search text of the address, None when it is empty."""
    value = request.query.get(name, "").strip()
    if len(value) > LONGEST_QUERY:
        raise BadInput("This is too long.", "too_long")
    if _CONTROL.search(value):
        raise BadInput("This filter is unknown.", "bad_filter")
    return value or None


def cursor(request: web.Request) -> str | None:
    """Return the place in a list that the address names."""
    return request.query.get("cursor") or None


def message_id(value: str | None) -> MessageId | None:
    """Return a message id, None where none is given; raises BadInput for anything that cannot be one."""
    if value is None or value == "":
        return None
    if not re.fullmatch(r"[0-9]{1,19}", value, re.ASCII) or int(value) > _NEWEST_ID - 1_000:
        raise BadInput("This message does not exist.", "bad_message_id")
    return MessageId(int(value))


def wants_json(request: web.Request) -> bool:
    """Say whether a script asks, so that it gets JSON instead of a page."""
    return request.content_type == "application/json" or "application/json" in request.headers.get("Accept", "")


def limit(request: web.Request) -> int:
    """Return how many rows are wanted; the record refuses numbers out of bounds."""
    value = request.query.get("limit", "30")
    if not re.fullmatch(r"-?[0-9]{1,9}", value, re.ASCII):
        raise BadInput("This page of the list does not exist.", "bad_limit")
    return int(value)
