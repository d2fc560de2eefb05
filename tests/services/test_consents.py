from datetime import timedelta

from bot.domain.hearing import consents_in
from bot.services import consents
from bot.store.unit_of_work import Database
from tests import build


def hear(database: Database, text: str, minutes: int = 0) -> None:
    received = build.receive(database, text)
    database.perform(consents.hear, received.message_id, consents_in(text), build.NOW + timedelta(minutes=minutes))


def may(database: Database, channel: str) -> bool:
    customer_id = build.identity(database).customer_id
    with database.reading() as uow:
        return consents.holds(uow, customer_id, "marketing", channel)


def test_silence_means_no(database: Database) -> None:
    hear(database, "你好")
    assert not may(database, "web")


def test_a_yes_holds_on_its_own_channel_only(database: Database) -> None:
    hear(database, "优惠活动可以发给我")
    assert may(database, "web") and not may(database, "telegram")


def test_a_later_no_holds_everywhere_and_a_later_yes_lifts_it_where_it_was_said(database: Database) -> None:
    hear(database, "优惠活动可以发给我")
    hear(database, "别再给我发广告", minutes=1)
    assert not may(database, "web")
    hear(database, "you can send me offers", minutes=2)
    assert may(database, "web") and not may(database, "telegram")


def test_the_same_message_twice_is_one_consent(database: Database) -> None:
    received = build.receive(database, "退订")
    for _ in range(2):
        database.perform(consents.hear, received.message_id, consents_in("退订"), build.NOW)
    with database.reading() as uow:
        assert len(uow.consents.of_customer(build.identity(database).customer_id)) == 1
