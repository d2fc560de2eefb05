"""Teach the database our kinds of values."""

from dataclasses import asdict
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from bot.domain.attachments import Attachment

BigKey = sa.BigInteger().with_variant(sa.Integer, "sqlite")
"""A rising integer key: only INTEGER counts by itself on SQLite."""


class Utc(sa.TypeDecorator[datetime]):
    """Keep aware UTC datetimes; SQLite would forget the zone. A naive datetime is a bug and raises ValueError."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(sa.TypeDecorator[Decimal]):
    """Keep decimals exactly, as text: SQLite has floats only."""

    impl = sa.String(32)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value)


class Attached(sa.TypeDecorator[Attachment]):
    """Keep what a message carries as one JSON value."""

    impl = sa.JSON(none_as_null=True)
    cache_ok = True

    def process_bind_param(self, value: Attachment | None, dialect: sa.Dialect) -> dict[str, Any] | None:
        return None if value is None else asdict(value)

    def process_result_value(self, value: dict[str, Any] | None, dialect: sa.Dialect) -> Attachment | None:
        return None if value is None else Attachment(**value)


def one_of(kind: type[StrEnum]) -> sa.Enum:
    """Return a column type for a StrEnum, kept by value and readable in the database."""
    return sa.Enum(
        kind, native_enum=False, create_constraint=False, length=20, values_callable=lambda e: [m.value for m in e]
    )
