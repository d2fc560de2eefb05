"""Open the database: SQLite in WAL by default, PostgreSQL when the URL says so."""

import sqlite3
import time
from pathlib import Path
from typing import Any, Final

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import make_url

BUSY_TIMEOUT_S: Final = 5
"""How long a SQLite writer waits for another process before it fails."""
LOOK_AGAIN_S: Final = 0.001
"""How soon a waiting writer looks again: a transaction takes a few of these."""


def open_engine(url: str, *, durable: bool = True) -> sa.Engine:
    """Return an engine for the URL; nothing is connected yet.

    ``postgresql://`` means psycopg 3 here. SQLite transactions begin with ``BEGIN IMMEDIATE`` (pysqlite would begin
    them lazily, and an upgrade from read to write can fail at once with "database is locked"), unless the execution
    option ``readonly`` is set. ``durable`` False spares SQLite the wait for the disk: a crash of the process loses
    nothing then, a power cut the last moments. Errors never show parameters: they may be a customer's words.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return sa.create_engine(
            parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True, pool_size=8, hide_parameters=True
        )
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = sa.create_engine(parsed, connect_args={"timeout": BUSY_TIMEOUT_S}, hide_parameters=True)

    def prepare(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", f"synchronous={'FULL' if durable else 'NORMAL'}", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    event.listen(engine, "connect", prepare)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _begin_sqlite(connection: sa.Connection) -> None:
    """Begin; a writer that finds another one at work looks again every millisecond.

    SQLite's own waiting sleeps up to 100 ms at a time, and under load somebody who sleeps so long is always too late.
    """
    if connection.get_execution_options().get("readonly", False):
        connection.exec_driver_sql("BEGIN")
        return
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    connection.exec_driver_sql("PRAGMA busy_timeout=0")
    while not _began(connection, time.monotonic() > deadline):
        time.sleep(LOOK_AGAIN_S)
    connection.exec_driver_sql(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1_000}")


def _began(connection: sa.Connection, is_last_try: bool) -> bool:
    try:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    except sa.exc.OperationalError as error:
        if is_last_try or getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
            raise
        return False
    return True
