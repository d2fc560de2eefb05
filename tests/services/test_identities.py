"""Who writes: names as they are now, and places where others read along."""

from dataclasses import replace

import pytest

from bot.domain.messages import Incoming
from bot.services import messaging, privacy
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def named(number: int, name: str | None, username: str | None = None, *, is_public: bool = False) -> Incoming:
    return replace(build.written(number), display_name=name, username=username, is_public=is_public)


def names(database: Database) -> tuple[str | None, str | None, str | None]:
    identity = build.identity(database, channel="telegram")
    with database.reading() as uow:
        customer = uow.customers.get(identity.customer_id)
    assert customer is not None
    return customer.name, identity.display_name, identity.username


def test_a_stranger_comes_with_the_names_that_the_platform_tells(database: Database) -> None:
    build.take(database, named(1, " Lin\nMei\u202e ", "x" * 99))
    assert names(database) == ("Lin Mei", "Lin Mei", "x" * 80)


def test_the_platforms_names_are_kept_fresh_and_ours_stays(database: Database) -> None:
    build.take(database, named(1, "Lin", "lin"))
    build.take(database, named(2, "Lin Mei", "mei"))
    assert names(database) == ("Lin", "Lin Mei", "mei")
    build.take(database, named(3, "Lin Mei"))
    assert names(database) == ("Lin", "Lin Mei", None)
    with database.reading() as uow:
        told = [line for line in uow.feed.after(0) if line.kind == "customer"]
    assert len(told) == 3


def test_a_customer_without_a_name_gets_the_one_that_the_platform_tells_later(database: Database) -> None:
    build.take(database, named(1, None))
    build.take(database, named(2, "Lin", "lin"))
    assert names(database) == ("Lin", "Lin", "lin")


def test_a_channel_that_tells_no_names_takes_none_away(database: Database) -> None:
    build.take(database, named(1, "Lin", "lin"))
    build.take(database, named(2, None))
    assert names(database) == ("Lin", "Lin", "lin")


def test_a_repeated_delivery_does_not_bring_an_old_name_back(database: Database) -> None:
    build.take(database, named(1, "Lin", "lin"))
    build.take(database, named(2, "Mei", "mei"))
    build.take(database, named(1, "Lin", "lin"))
    assert names(database) == ("Lin", "Mei", "mei")


def test_whoever_was_forgotten_has_no_name_until_they_write_again(database: Database) -> None:
    build.take(database, named(1, "Lin", "lin"))
    database.perform(privacy.forget, build.identity(database, channel="telegram").customer_id, NOW)
    assert names(database) == (None, None, None)


def test_a_place_where_others_read_along_is_known_as_such_from_the_first_word(database: Database) -> None:
    build.take(database, named(1, "Lin", is_public=True))
    identity = build.identity(database, channel="telegram")
    assert identity.is_public and identity.address.is_public


@pytest.mark.parametrize(
    ("text", "kind"), [("/start spring", "command"), ("Your parcel is late", "forwarded"), ("", "photo")]
)
def test_a_stranger_who_says_nothing_in_their_own_words_speaks_as_their_app_does(
    database: Database, text: str, kind: str
) -> None:
    incoming = Incoming("telegram", "7", "42", "1", text, kind=kind, language_hint="zh-Hant")
    database.perform(messaging.receive, incoming, NOW)
    with database.reading() as uow:
        identity = uow.customers.known_as("telegram", "7", "42")
        customer = uow.customers.get(identity.customer_id) if identity else None
    assert customer is not None
    assert customer.language == "zh-Hant"
