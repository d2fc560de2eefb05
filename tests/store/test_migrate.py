"""The database takes its shape from migrations, and the migrations from the tables."""

import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.errors import BadSetting
from bot.store.engine import open_engine
from bot.store.migrate import is_current, migrate
from bot.store.tables import metadata
from bot.store.unit_of_work import Database


def test_migrations_make_exactly_the_tables_that_the_code_speaks_of(database: Database) -> None:
    with database.engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection), metadata)
        assert is_current(connection)
    assert differences == []


def test_migrating_twice_and_at_once_changes_nothing(database: Database) -> None:
    threads = [threading.Thread(target=migrate, args=(database.url,)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.engine.connect() as connection:
        assert is_current(connection)


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    with open_engine(f"sqlite:///{tmp_path / 'new.db'}").connect() as connection:
        assert not is_current(connection)


def test_a_database_that_cannot_be_opened_is_a_bad_setting(tmp_path: Path) -> None:
    folder = tmp_path / "a folder.db"
    folder.mkdir()
    with pytest.raises(BadSetting, match="TINGJIAN_DATABASE_URL"):
        migrate(f"sqlite:///{folder}")


def test_sqlite_keeps_every_commit_through_a_power_cut(sqlite_database: Database) -> None:
    with sqlite_database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
