"""One access token for all processes: one fetches, the others wait, and whoever comes late is fenced off."""

import threading
from datetime import timedelta

from bot.services import platform_tokens
from bot.services.platform_tokens import BeingFetched, Good, ToFetch
from bot.store.unit_of_work import Database
from tests.build import NOW

WHO = ("wechat", "wx1")
TWO_HOURS = timedelta(hours=2)


def fetching(database: Database, seconds: float = 0) -> ToFetch:
    found = database.perform(platform_tokens.obtain, *WHO, NOW + timedelta(seconds=seconds))
    assert isinstance(found, ToFetch)
    return found


def keep(database: Database, version: int, token: str, seconds: float = 0, life: timedelta = TWO_HOURS) -> Good | None:
    return database.perform(platform_tokens.keep, *WHO, version, token, life, NOW + timedelta(seconds=seconds))


def looked(database: Database, seconds: float = 0) -> str | None:
    with database.reading() as uow:
        found = platform_tokens.look(uow, *WHO, NOW + timedelta(seconds=seconds))
    return found.token if found else None


def test_of_many_who_ask_at_once_one_fetches(database: Database) -> None:
    found: list[object] = []
    asking = [
        threading.Thread(target=lambda: found.append(database.perform(platform_tokens.obtain, *WHO, NOW)))
        for _ in range(8)
    ]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert [type(one) for one in found].count(ToFetch) == 1
    assert [type(one) for one in found].count(BeingFetched) == 7


def test_a_kept_token_is_good_until_five_minutes_before_its_end(database: Database) -> None:
    assert looked(database) is None
    assert keep(database, fetching(database).version, "first") == Good("first", NOW + timedelta(minutes=115))
    assert looked(database, 6_899) == "first"
    assert looked(database, 6_900) is None
    assert isinstance(database.perform(platform_tokens.obtain, *WHO, NOW), Good)
    assert fetching(database, 6_900).refused is None


def test_a_token_with_a_short_rest_of_life_is_used_for_half_of_it(database: Database) -> None:
    assert keep(database, fetching(database).version, "old", life=timedelta(seconds=40)) is not None
    assert looked(database, 19) == "old"
    assert looked(database, 20) is None


def test_a_lease_passes_on_and_its_late_holder_writes_nothing(database: Database) -> None:
    late = fetching(database)
    assert database.perform(platform_tokens.obtain, *WHO, NOW + timedelta(seconds=19)) == BeingFetched()
    after = fetching(database, 20)
    assert after.version > late.version
    assert keep(database, late.version, "late", 21) is None
    database.perform(platform_tokens.give_up, *WHO, late.version)
    assert database.perform(platform_tokens.obtain, *WHO, NOW + timedelta(seconds=21)) == BeingFetched()
    assert keep(database, after.version, "right", 22) is not None
    assert looked(database, 22) == "right"


def test_whoever_could_not_fetch_lets_the_next_one_try_at_once(database: Database) -> None:
    database.perform(platform_tokens.give_up, *WHO, fetching(database).version)
    assert fetching(database, 1).version == 2


def test_a_refused_token_is_gone_and_remembered_but_never_its_successor(database: Database) -> None:
    database.perform(platform_tokens.refuse, *WHO, "nobody's")
    keep(database, fetching(database).version, "first")
    database.perform(platform_tokens.refuse, *WHO, "first")
    turn = fetching(database)
    assert (turn.refused, turn.may_force) == ("first", True)
    keep(database, turn.version, "second")
    database.perform(platform_tokens.refuse, *WHO, "first")
    assert looked(database) == "second"


def test_a_new_token_is_not_forced_twice_in_two_minutes(database: Database) -> None:
    turn = fetching(database)
    database.perform(platform_tokens.keep, *WHO, turn.version, "first", TWO_HOURS, NOW, forced=True)
    database.perform(platform_tokens.refuse, *WHO, "first")
    assert not fetching(database, 1).may_force
    assert fetching(database, 121).may_force


def test_tokens_are_not_shown_where_outcomes_are_printed(database: Database) -> None:
    good = keep(database, fetching(database).version, "s3cret")
    database.perform(platform_tokens.refuse, *WHO, "s3cret")
    assert "s3cret" not in repr(good) + repr(fetching(database))
