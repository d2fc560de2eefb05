"""Bring the database to the present shape; safe to run twice and by several processes at once.

Alembic is imported where it is used: it takes half a second, and a front needs it only to say that it is ready.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from bot.errors import BadSetting
from bot.store.engine import open_engine

if TYPE_CHECKING:
    from alembic.config import Config

_SCRIPTS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 7_104_002


def migrate(url: str) -> None:
    """Run every migration that is missing, all in one transaction: killed half-way, nothing has happened.

    Raises BadSetting if the database cannot be opened.
    """
    from alembic import command

    engine = open_engine(url)
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MIGRATION_LOCK)))
            command.upgrade(_config(connection), "head")
    except sa.exc.OperationalError as error:
        raise BadSetting(f"TINGJIAN_DATABASE_URL: the database cannot be opened ({_reason(error)})") from error
    finally:
        engine.dispose()


def is_current(connection: sa.Connection) -> bool:
    """Say whether the database has every migration that this version knows."""
    from alembic.runtime.migration import MigrationContext

    return MigrationContext.configure(connection).get_current_revision() == newest()


def newest() -> str | None:
    """Return the revision of the newest migration."""
    from alembic.script import ScriptDirectory

    return ScriptDirectory(str(_SCRIPTS)).get_current_head()


def draft(url: str, message: str) -> None:
    """Write a new migration from the difference between the tables and a database that is up to date."""
    from alembic import command

    with open_engine(url).begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def _config(connection: sa.Connection) -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS))
    config.attributes["connection"] = connection
    return config


def _reason(error: sa.exc.OperationalError) -> str:
    return str(error.orig).splitlines()[0]
