"""Long lists come in pages that neither repeat nor lose a row."""

import base64
import contextlib
import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.store.pages import BadCursor
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


@pytest.mark.parametrize("limit", [1, 2, 3, 7])
def test_pages_together_are_the_whole_list(database: Database, limit: int) -> None:
    for i in range(7):
        # Every second row has the same time: the id must break the tie.
        build.receive(database, who=f"v{i}", now=NOW + timedelta(seconds=i // 2))
    seen: list[str] = []
    cursor = None
    while True:
        with database.reading() as uow:
            page = uow.customers.page(cursor, limit)
        seen += [customer.id for customer in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 7


@pytest.mark.parametrize("limit", [0, -1, 201, 10**9])
def test_a_page_has_a_sensible_size(sqlite_database: Database, limit: int) -> None:
    with sqlite_database.reading() as uow, pytest.raises(BadCursor):
        uow.customers.page(None, limit)


def forge(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode()


@pytest.mark.parametrize(
    "cursor",
    ["", "x", "é", "AAAA", forge(None), forge([]), forge(["2026-01-01T00:00:00+00:00"]), forge(["now", "a"]),
     forge(["2026-01-01T00:00:00+00:00", 10**30]), forge(["0001-01-01T00:00:00+14:00", "a"]),
     forge(["2026-01-01T00:00:00+00:00", "a\0"]), forge(["2026-01-01T00:00:00+00:00", [1]]), forge([True, True])],
)  # fmt: skip
def test_a_forged_cursor_is_refused(database: Database, cursor: str) -> None:
    with database.reading() as uow, pytest.raises(BadCursor):
        uow.customers.page(cursor, 10)


@settings(max_examples=200)
@given(cursor=st.text() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(forge))
def test_no_cursor_breaks_a_list(tmp_path_factory: pytest.TempPathFactory, cursor: str) -> None:
    database = _one_database(tmp_path_factory)
    with database.reading() as uow, contextlib.suppress(BadCursor):
        uow.customers.page(cursor, 10)


_opened: list[Database] = []


def _one_database(tmp_path_factory: pytest.TempPathFactory) -> Database:
    if not _opened:
        from bot.store.migrate import migrate

        url = f"sqlite:///{tmp_path_factory.mktemp('pages') / 'x.db'}"
        migrate(url)
        _opened.append(Database(url))
    return _opened[0]
