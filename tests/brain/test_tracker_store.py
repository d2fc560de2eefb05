from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from bot.store.unit_of_work import Database
from tests import build

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


async def test_a_forgotten_customer_is_forgotten_here_too(store: "ProfileTrackerStore") -> None:
    from rasa.shared.core.events import SessionStarted, SlotSet, UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker

    from actions import slots

    profile = Database(store.engine.url.render_as_string(hide_password=False))
    mine, again = build.receive(profile), build.receive(profile, now=build.NOW + timedelta(days=3))
    theirs = build.receive(profile, who="somebody else")
    profile.close()
    for received in (mine, again, theirs):
        talk = [SessionStarted(), UserUttered("a secret")]
        await store.save(DialogueStateTracker.from_events(received.conversation_id, talk))
    tracker = await store.retrieve(again.conversation_id)
    assert tracker is not None
    tracker.update_with_events([UserUttered("yes, forget me"), SlotSet(slots.FORGOTTEN, True)], None)
    await store.save(tracker)
    assert await store.retrieve_full_tracker(mine.conversation_id) is None
    left = await store.retrieve_full_tracker(again.conversation_id)
    assert left is not None
    assert [event.text for event in left.events if isinstance(event, UserUttered)] == ["yes, forget me"]
    untouched = await store.retrieve_full_tracker(theirs.conversation_id)
    assert untouched is not None and len(untouched.events) == 2


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
