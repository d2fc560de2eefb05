"""Open the profile for actions, once per process and never before the first action runs.

The brain loads its model first and forks afterwards; a connection must not be carried into a child. So the process that
opened the database is remembered, and a child opens its own.
"""

import os

from bot import settings
from bot.store.unit_of_work import Database

_opened: dict[int, Database] = {}


def profile() -> Database:
    """Return this process's database."""
    process = os.getpid()
    if process not in _opened:
        _opened.clear()
        _opened[process] = Database(settings.read().database_url)
    return _opened[process]


def use(database: Database) -> None:
    """Let the actions of this process work on a database that is open already."""
    _opened.clear()
    _opened[os.getpid()] = database
