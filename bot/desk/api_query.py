"""Read the query string of the JSON API strictly: what we do not know or understand is refused, never ignored."""

import base64
import hmac
import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final, TypeVar
from urllib.parse import urlencode

from aiohttp import web

from bot.errors import Refused
from bot.store.pages import LARGEST_PAGE

USUAL_PAGE: Final = 50
PAGING: Final = ("cursor", "limit")
_SEAL_CHARACTERS: Final = 24
E = TypeVar("E", bound=StrEnum)


class BadQuery(Refused):
    """Refuse a query; ``code`` is the slug that programs look at."""

    def __init__(self, reason: str, code: str = "bad_parameter") -> None:
        super().__init__(reason)
        self.code = code


class Query:
    """Be the query of one request, with the parameters that its list knows.

    Cursors are sealed with ``secret`` for this very list and its filters: one that was forged, or that comes from
    another list, is refused before it reaches the database.
    """

    def __init__(self, request: web.Request, known: Iterable[str], secret: str) -> None:
        names = list(request.query)
        if strangers := sorted(set(names) - set(known)):
            raise BadQuery(f"unknown parameter: {', '.join(strangers)[:100]}", "unknown_parameter")
        if len(names) != len(set(names)):
            raise BadQuery("a parameter is given twice")
        self._values = dict(request.query)
        filters = sorted((name, value) for name, value in self._values.items() if name not in PAGING)
        self._scope = f"{request.path}?{urlencode(filters)}"
        self._secret = secret.encode()

    def __contains__(self, name: str) -> bool:
        return name in self._values

    def text(self, name: str, longest: int) -> str | None:
        """Return a parameter's text, or None where it is not given."""
        value = self._values.get(name)
        if value is not None and (not 1 <= len(value) <= longest or "\x00" in value):
            raise BadQuery(f"{name} must have 1 to {longest} characters")
        return value

    def one_of(self, name: str, kind: type[E]) -> E | None:
        """Return a parameter as a member of an enumeration, or None where it is not given."""
        value = self._values.get(name)
        if value is None:
            return None
        try:
            return kind(value)
        except ValueError as error:
            raise BadQuery(f"{name} must be one of: {', '.join(kind)}") from error

    @property
    def limit(self) -> int:
        """The number of items wanted on a page."""
        value = self._values.get("limit", str(USUAL_PAGE))
        if not re.fullmatch(r"[0-9]{1,3}", value) or not 1 <= int(value) <= LARGEST_PAGE:
            raise BadQuery(f"limit must be a number from 1 to {LARGEST_PAGE}", "bad_limit")
        return int(value)

    @property
    def cursor(self) -> str | None:
        """The store's own cursor, taken out of its seal."""
        value = self._values.get("cursor")
        if value is None:
            return None
        cursor = value[_SEAL_CHARACTERS:]
        if not hmac.compare_digest(self.seal(cursor).encode(), value.encode()):
            raise BadQuery("unknown cursor; start again from the first page", "bad_cursor")
        return cursor

    def seal(self, cursor: str) -> str:
        """Return the cursor as clients see it."""
        mark = hmac.digest(self._secret, f"{self._scope}\n{cursor}".encode(), "sha256")
        return base64.urlsafe_b64encode(mark).decode()[:_SEAL_CHARACTERS] + cursor
