import pytest

from bot.domain.hearing import expressed_in
from bot.domain.preferences import NotReviewable, PreferenceState
from bot.domain.users import Role
from bot.errors import NotFound
from bot.services import preferences
from bot.services.preferences import Heard
from bot.store.unit_of_work import Database
from tests import build


def hear(database: Database, text: str, who: str = "v1") -> Heard:
    received = build.receive(database, text, who=who)
    return database.perform(preferences.hear, received.message_id, expressed_in(text), build.NOW)


def test_the_same_message_heard_twice_is_one_preference(database: Database) -> None:
    received = build.receive(database, "我喜欢蓝色")
    first = database.perform(preferences.hear, received.message_id, expressed_in("我喜欢蓝色"), build.NOW)
    again = database.perform(preferences.hear, received.message_id, expressed_in("我喜欢蓝色"), build.NOW)
    assert len(first.new) == 1 and again.new == () and [p.id for p in again.known] == [first.new[0].id]


def test_what_was_said_before_is_known_and_not_kept_twice(database: Database) -> None:
    first = hear(database, "我喜欢蓝色")
    second = hear(database, "我喜欢蓝色")
    assert second.new == () and second.known[0].id == first.new[0].id


def test_the_opposite_supersedes_and_says_by_what(database: Database) -> None:
    [old] = hear(database, "我喜欢蓝色").new
    [new] = hear(database, "我不喜欢蓝色").new
    with database.reading() as uow:
        replaced = uow.preferences.get(old.id)
        assert (
            replaced is not None and replaced.state is PreferenceState.SUPERSEDED and replaced.superseded_by == new.id
        )


def test_a_review_is_audited_under_the_name_of_who_did_it(database: Database) -> None:
    marketer = build.user(database, "mia", Role.MARKETER)
    [wish] = hear(database, "I prefer green tea").new
    database.perform(preferences.approve, wish.id, marketer, build.NOW)
    assert database.perform(preferences.reject, wish.id, marketer, build.NOW).state is PreferenceState.REJECTED
    with database.reading() as uow:
        entries = uow.audit.of_subject(f"preference:{wish.id}")
    assert [(e.actor, e.action) for e in entries][1:] == [
        (marketer.id, "preference.approved"), (marketer.id, "preference.rejected"),
    ]  # fmt: skip


def test_nobody_takes_back_what_another_customer_said(database: Database) -> None:
    [wish] = hear(database, "I prefer green tea").new
    hear(database, "hello", who="stranger")
    with pytest.raises(NotFound):
        database.perform(preferences.withdraw, wish.id, build.identity(database, "stranger").customer_id, build.NOW)


def test_a_withdrawn_preference_cannot_be_approved(database: Database) -> None:
    marketer = build.user(database, "mia", Role.MARKETER)
    [wish] = hear(database, "I prefer green tea").new
    database.perform(preferences.withdraw, wish.id, wish.customer_id, build.NOW)
    with pytest.raises(NotReviewable):
        database.perform(preferences.approve, wish.id, marketer, build.NOW)
