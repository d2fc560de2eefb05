"""Open the database: SQLite in WAL by default, PostgreSQL when the URL says so."""

from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_S: Final = 5
"""How long a SQLite writer waits for another process before it fails."""


def open_engine(url: str) -> sa.Engine:
    """Return an engine for the URL; nothing is connected yet.

    ``postgresql://`` means psycopg 3 here. SQLite transactions begin with ``BEGIN IMMEDIATE`` (pysqlite would begin
    them lazily, and an upgrade from read to write can fail at once with "database is locked"), unless the execution
    option ``readonly`` is set.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: sa.Connection) -> None:
    readonly = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if readonly else "BEGIN IMMEDIATE")
