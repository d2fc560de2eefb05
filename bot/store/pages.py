"""Cut long lists into pages by an opaque cursor that names the last row seen."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.errors import Refused
from bot.store.types import Utc

LARGEST_PAGE: Final = 200
T = TypeVar("T")


class BadCursor(Refused):
    """Refuse a cursor that we did not give out, or a page size out of bounds."""


@dataclass(frozen=True)
class Page(Generic[T]):
    """Be some rows and the cursor of the next page, None at the end."""

    items: list[T]
    next: str | None


def fetch_page(
    session: Session,
    query: sa.Select[T],
    at: sa.ColumnElement[Any],
    key: sa.ColumnElement[Any],
    cursor: str | None,
    limit: int,
    *,
    oldest_first: bool = False,
) -> Page[T]:
    """Return up to ``limit`` rows after the cursor by ``(at, key)``, the newest first; ``at`` must not be null.

    Keyset paging: a page costs the same however deep, and new rows never shift it.
    Raises BadCursor for a forged cursor or a limit outside 1…200.
    """
    if not 1 <= limit <= LARGEST_PAGE:
        raise BadCursor(f"limit must be between 1 and {LARGEST_PAGE}")
    if cursor is not None:
        seen_at, seen_key = _decode(cursor, key.type.python_type)
        seen = sa.tuple_(sa.literal(seen_at, Utc), sa.literal(seen_key, key.type))
        place = sa.tuple_(at, key)
        query = query.where(place > seen if oldest_first else place < seen)
    order = (at.asc(), key.asc()) if oldest_first else (at.desc(), key.desc())
    rows = session.execute(query.add_columns(at, key).order_by(*order).limit(limit + 1)).all()
    more = len(rows) > limit
    return Page([row[0] for row in rows[:limit]], _encode(rows[limit - 1][1], rows[limit - 1][2]) if more else None)


def _encode(at: datetime, key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), key]).encode()).decode()


def _decode(cursor: str, key_type: type) -> tuple[datetime, str | int]:
    try:
        at, key = json.loads(base64.urlsafe_b64decode(cursor.encode("ascii")))
        moment = datetime.fromisoformat(at).astimezone(UTC)
        if not _fits(key, key_type):
            raise ValueError(key)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error) as error:
        raise BadCursor("unknown cursor") from error
    return moment, cast(str | int, key)


def _fits(key: object, key_type: type) -> bool:
    if isinstance(key, int):
        return key_type is int and abs(key) < 2**63
    return key_type is str and isinstance(key, str) and "\0" not in key
