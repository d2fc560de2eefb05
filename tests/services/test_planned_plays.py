"""Random plays against a platform that counts, through the real services on a real record."""

import functools
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from bot.store.tables import metadata
from bot.store.unit_of_work import Database
from tests.domain.plays import PLAYS, Play, play_through
from tests.services.recorded_house import RecordedHouse


@pytest.fixture(scope="module")
def record() -> Iterator[Database]:
    """Open a database in memory: everything happens in this one thread, and a hundred plays stay quick."""
    opened = Database("sqlite:///:memory:")
    metadata.create_all(opened.engine)
    yield opened
    opened.close()


@pytest.mark.property
@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(play=PLAYS)
def test_no_answer_is_refused_lost_repeated_or_out_of_order(record: Database, play: Play) -> None:
    play_through(play, functools.partial(RecordedHouse, record))
