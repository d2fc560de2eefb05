"""Give every test a real database, and put quick tests before slow ones."""

import os
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from bot import settings
from bot.settings import Settings
from bot.store.migrate import migrate
from bot.store.unit_of_work import Database

POSTGRES_URL = os.environ.get("TINGJIAN_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
IN_CI = bool(os.environ.get("CI"))
ORDER = ("property", "postgres", "brain", "e2e", "crash")
SLOW_LIMIT_S = {"property": 300, "brain": 300, "e2e": 600, "crash": 1_500}
ALLOWED_SKIPS = ("../shared/protocol-data is not here",)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run unit tests first, then what needs servers, the brain, a browser, and the crash test last."""
    for item in items:
        for marker, seconds in SLOW_LIMIT_S.items():
            if marker in item.keywords and item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(seconds))
    items.sort(key=lambda item: max((ORDER.index(m) + 1 for m in ORDER if m in item.keywords), default=0))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """In CI a skip is a failure unless its reason is one that we wrote down above."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        if not any(allowed in reason for allowed in ALLOWED_SKIPS):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI: {reason}"
    return report


def _postgres_answers() -> bool:
    try:
        psycopg.connect(POSTGRES_URL.replace("+psycopg", ""), connect_timeout=3).close()
    except psycopg.Error:
        return False
    return True


@pytest.fixture(scope="session")
def postgres_server() -> str:
    """Return the URL of a PostgreSQL server that answers, or skip loudly."""
    if not _postgres_answers():
        pytest.skip("NO POSTGRESQL: set TINGJIAN_TEST_POSTGRES_URL or start one on 127.0.0.1:5432 (database test)")
    return POSTGRES_URL.replace("+psycopg", "")


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """Return what gives everything that has been logged so far, wherever logs go: an earlier test may have decided that."""
    return lambda: caplog.text + "".join(capfd.readouterr())


@pytest.fixture
def now() -> datetime:
    """Return the moment at which tests happen."""
    return datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """Return the URL of an empty, migrated SQLite database."""
    url = f"sqlite:///{tmp_path / 'tingjian.db'}"
    migrate(url)
    return url


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Settings:
    """Return settings for a front in a folder of its own."""
    monkeypatch.setenv("TINGJIAN_HOME", str(tmp_path))
    monkeypatch.setenv("TINGJIAN_DATABASE_URL", sqlite_url)
    return settings.read(dotenv=None)


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """Return the URL of an empty, migrated PostgreSQL database of its own."""
    name = f"tingjian_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
    url = f"{postgres_server.rsplit('/', 1)[0]}/{name}"
    migrate(url)
    yield url
    with psycopg.connect(postgres_server, autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest) -> Iterator[Database]:
    """Open a database: every test that asks for one runs on SQLite and on PostgreSQL."""
    opened = Database(request.getfixturevalue(f"{request.param}_url"))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_database(sqlite_url: str) -> Iterator[Database]:
    """Open a SQLite database, for tests to which the kind of database makes no difference."""
    opened = Database(sqlite_url)
    yield opened
    opened.close()
