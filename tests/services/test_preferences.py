from datetime import timedelta

import pytest

from bot.domain.hearing import expressed_in
from bot.domain.preferences import NotReviewable, PreferenceState, Strength
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


def usable(database: Database, who: str = "v1", after: timedelta = timedelta(0)) -> list[str]:
    customer = build.identity(database, who).customer_id
    with database.reading() as uow:
        return [wish.object for wish in preferences.usable(uow, customer, build.NOW + after)]


def test_everything_that_was_heard_about_a_wish_is_kept(database: Database) -> None:
    [wish] = hear(database, "你好。我老公超讨厌香菜").new
    with database.reading() as uow:
        kept = uow.preferences.get(wish.id)
    assert kept is not None and (kept.subject, kept.strength, kept.quote) == (
        "我老公",
        Strength.STRONG,
        "我老公超讨厌香菜",
    )
    assert "你好。我老公超讨厌香菜"[kept.quote_start : kept.quote_end] == kept.quote


def test_what_tells_of_health_is_not_used_before_a_person_approved_it(database: Database) -> None:
    [allergy] = hear(database, "我对花生过敏").new
    hear(database, "我喜欢蓝色")
    assert allergy.is_sensitive and usable(database) == ["蓝色"]
    database.perform(preferences.approve, allergy.id, build.user(database, "mia", Role.MARKETER), build.NOW)
    assert sorted(usable(database)) == sorted(["花生", "蓝色"])


def test_somebody_elses_taste_is_kept_and_never_used_as_the_customers(database: Database) -> None:
    assert hear(database, "my son loves dinosaurs").new
    assert usable(database) == []


def test_somebody_elses_taste_contradicts_nothing_of_the_customers(database: Database) -> None:
    hear(database, "I love tea")
    hear(database, "my wife hates tea")
    assert usable(database) == ["tea"]


def test_a_wish_for_this_month_ends_with_it(database: Database) -> None:
    [wish] = hear(database, "这个月别给我打电话").new
    assert wish.valid_until is not None and wish.time_limit == "这个月"
    assert usable(database) == ["打电话"] and usable(database, after=timedelta(days=31)) == []


def test_a_new_size_takes_the_place_of_the_old_one(database: Database) -> None:
    [old] = hear(database, "衣服我一般穿L码").new
    hear(database, "衣服我一般穿XL码")
    assert usable(database) == ["XL码"]
    with database.reading() as uow:
        replaced = uow.preferences.get(old.id)
        assert replaced is not None and replaced.state is PreferenceState.SUPERSEDED
        assert "preference.superseded" in [entry.action for entry in uow.audit.of_subject(f"preference:{old.id}")]


def test_a_yes_to_promotion_takes_the_place_of_a_no(database: Database) -> None:
    hear(database, "别再给我发广告短信")
    hear(database, "有新品记得通知我")
    assert usable(database) == ["新品"]
