from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from bot.brain.tracker_store import ProfileTrackerStore

pytestmark = pytest.mark.brain


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Iterator["ProfileTrackerStore"]:
    from bot.brain.tracker_store import ProfileTrackerStore

    opened = ProfileTrackerStore(None, request.getfixturevalue(f"{request.param}_url"))
    yield opened
    opened.engine.dispose()


def tracker_of(*events: Any) -> Any:
    from rasa.shared.core.trackers import DialogueStateTracker

    return DialogueStateTracker.from_events("c1", list(events))


async def test_a_tracker_comes_back_as_it_was_saved(store: "ProfileTrackerStore") -> None:
    from rasa.shared.core.events import BotUttered, SessionStarted, UserUttered

    saved = tracker_of(SessionStarted(), UserUttered("你好\ud83d\x00"), BotUttered("您好"))
    await store.save(saved)
    found = await store.retrieve("c1")
    assert found is not None
    assert list(found.events) == list(saved.events)
    assert await store.retrieve("c2") is None


async def test_a_clock_set_back_hides_no_event(store: "ProfileTrackerStore") -> None:
    from rasa.shared.core.events import SessionStarted, UserUttered

    first = tracker_of(SessionStarted(timestamp=5_000.0), UserUttered("before", timestamp=5_001.0))
    await store.save(first)
    found = await store.retrieve("c1")
    assert found is not None
    found.update(UserUttered("after", timestamp=1_000.0))
    await store.save(found)
    again = await store.retrieve("c1")
    assert again is not None
    assert [event.text for event in again.events if isinstance(event, UserUttered)] == ["before", "after"]


async def test_only_the_newest_session_is_loaded(store: "ProfileTrackerStore") -> None:
    from rasa.shared.core.events import SessionStarted, UserUttered

    await store.save(tracker_of(SessionStarted(), UserUttered("old"), SessionStarted(), UserUttered("new")))
    found = await store.retrieve("c1")
    assert found is not None
    assert [event.text for event in found.events if isinstance(event, UserUttered)] == ["new"]
    full = await store.retrieve_full_tracker("c1")
    assert full is not None
    assert len(full.events) == 4


async def test_a_failed_read_or_write_raises(tmp_path: Path) -> None:
    import sqlalchemy.exc
    from rasa.shared.core.events import UserUttered

    from bot.brain.tracker_store import ProfileTrackerStore

    (tmp_path / "not-a-database").write_text("plain words " * 500)
    broken = ProfileTrackerStore(None, f"sqlite:///{tmp_path / 'not-a-database'}")
    with pytest.raises(sqlalchemy.exc.DatabaseError):
        await broken.retrieve("c1")
    with pytest.raises(sqlalchemy.exc.DatabaseError):
        await broken.save(tracker_of(UserUttered("hello")))
