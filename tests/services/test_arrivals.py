"""Each delivery of a platform takes effect once, in one transaction, however often and however parallel it comes."""

import threading
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.arrivals import Ignored, Reach, Unreadable
from bot.domain.audit import FeedEvent
from bot.domain.messages import Turn
from bot.services import arrivals
from bot.services.arrivals import Counted, PutAside, Reached, Repeated
from bot.services.messaging import Duplicate, Received
from bot.store.tables import arrivals as table
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def in_parallel(calls: Iterable[Callable[[], object]]) -> None:
    threads = [threading.Thread(target=call) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def feed_of(database: Database) -> list[FeedEvent]:
    with database.reading() as uow:
        return uow.feed.after(0)


def test_a_message_arrives_and_its_delivery_is_known(database: Database) -> None:
    one = build.arrival(build.written(1, "hello"), "7")
    received = database.perform(arrivals.take, one, NOW)
    assert isinstance(received, Received)
    assert [m.text for m in build.messages(database, received.conversation_id)] == ["hello"]
    with database.reading() as uow:
        assert arrivals.known(uow, "telegram", "telegram", "7") == one.digest
        assert arrivals.known(uow, "telegram", "another bot", "7") is None


def test_a_repeated_delivery_takes_no_effect_and_says_whether_it_is_the_same(database: Database) -> None:
    one = build.arrival(build.written(1, "hello"), "7")
    received = database.perform(arrivals.take, one, NOW)
    forged = replace(one, digest="d2", content=build.written(2, "something else"))
    assert isinstance(received, Received)
    assert database.perform(arrivals.take, one, NOW) == Repeated(same=True)
    assert database.perform(arrivals.take, forged, NOW) == Repeated(same=False)
    assert [m.text for m in build.messages(database, received.conversation_id)] == ["hello"]


def test_a_message_that_comes_in_two_deliveries_is_one_message(database: Database) -> None:
    received = build.take_written(database, 1)
    assert build.take(database, build.written(1)) == Duplicate(received.message_id)


def test_fifty_parallel_takes_of_one_delivery_have_one_effect(database: Database) -> None:
    one, outcomes = build.arrival(build.written(1, "hello")), []
    in_parallel([lambda: outcomes.append(database.perform(arrivals.take, one, NOW))] * 50)
    assert Counter(type(outcome) for outcome in outcomes) == {Received: 1, Repeated: 49}
    (received,) = [outcome for outcome in outcomes if isinstance(outcome, Received)]
    assert len(build.messages(database, received.conversation_id)) == 1
    assert len([line for line in feed_of(database) if line.kind == "message"]) == 1


def test_strangers_who_all_write_at_once_are_each_one_customer_with_every_word(database: Database) -> None:
    told = [build.arrival(build.written(number, who=f"v{who}")) for number in range(1, 5) for who in range(4)]
    outcomes: list[object] = []

    def take_all(start: int) -> None:
        for place in range(len(told)):
            one = told[(start + place * 7) % len(told)]
            outcomes.append(database.perform(arrivals.take, one, NOW))

    in_parallel([lambda start=start: take_all(start) for start in range(8)])  # type: ignore[misc]
    assert Counter(type(outcome) for outcome in outcomes) == {Received: 16, Repeated: 112}
    for who in range(4):
        with database.reading() as uow:
            theirs = uow.messages.of_customer(build.identity(database, f"v{who}", "telegram").customer_id)
        assert [message.platform_id for message in theirs] == ["1", "2", "3", "4"]


def test_a_delivery_that_fails_in_the_middle_can_come_again(database: Database) -> None:
    unkept = replace(build.written(1), kind=None)  # type: ignore[arg-type]
    with pytest.raises(Exception, match=r"NOT NULL|not-null"):
        build.take(database, unkept, "7")
    assert isinstance(build.take(database, build.written(1), "7"), Received)


def test_what_is_none_of_our_business_is_counted_once(database: Database) -> None:
    assert build.take(database, Ignored("poll"), "7") == Counted("poll")
    assert build.take(database, Ignored("poll"), "7") == Repeated(same=True)


def test_what_cannot_be_read_is_put_aside_shortened_and_storable(database: Database) -> None:
    outcome = build.take(database, Unreadable("\x00\ud83d" + "x" * 200_000, "KeyError\x00" * 100), "7")
    with database.reading() as uow:
        (kept,) = uow.session.execute(sa.select(table))
        key, reason, payload = kept.key, kept.reason, kept.payload
    assert (outcome, key, len(payload), payload[:3]) == (PutAside(), "7", arrivals.LONGEST_PAYLOAD, "\ufffd\ufffdx")
    assert reason.startswith("KeyError\ufffd") and len(reason) == 200


def test_old_deliveries_are_forgotten_and_may_come_again(database: Database) -> None:
    build.take(database, Ignored("poll"), "old", now=NOW - timedelta(days=8))
    build.take(database, Ignored("poll"), "new", now=NOW)
    assert database.perform(arrivals.forget_before, NOW - timedelta(days=7)) == 1
    assert build.take(database, Ignored("poll"), "old") == Counted("poll")
    assert build.take(database, Ignored("poll"), "new") == Repeated(same=True)


def test_a_customer_who_blocks_us_and_comes_back_is_noted_and_told(database: Database) -> None:
    received = build.take_written(database, 1)
    identity = build.identity(database, channel="telegram")
    assert build.take(database, Reach("v1", reachable=False)) == Reached(reachable=False, is_news=True)
    assert build.take(database, Reach("v1", reachable=False)) == Reached(reachable=False, is_news=False)
    assert not build.identity(database, channel="telegram").reachable
    assert build.take(database, Reach("v1", reachable=True)) == Reached(reachable=True, is_news=True)
    assert build.identity(database, channel="telegram").reachable
    with database.reading() as uow:
        audit = uow.audit.of_subject(f"customer:{identity.customer_id}")
    assert [entry.action for entry in audit] == ["identity.blocked", "identity.reachable"]
    told = [line for line in feed_of(database) if line.kind == "customer"][-2:]
    assert {(line.conversation_id, line.customer_id) for line in told} == {
        (received.conversation_id, identity.customer_id)
    }  # fmt: skip


def test_news_of_the_reach_of_a_stranger_changes_nothing(database: Database) -> None:
    assert build.take(database, Reach("nobody", reachable=False)) == Reached(reachable=False, is_news=False)
    with database.reading() as uow:
        assert uow.customers.known_as("telegram", "telegram", "nobody") is None
    assert feed_of(database) == []


def test_whoever_writes_can_be_reached_again(database: Database) -> None:
    build.take_written(database, 1)
    build.take(database, Reach("v1", reachable=False))
    received = build.take_written(database, 2)
    identity = build.identity(database, channel="telegram")
    with database.reading() as uow:
        audit = uow.audit.of_subject(f"customer:{identity.customer_id}")
    assert identity.reachable and [entry.action for entry in audit] == ["identity.blocked", "identity.reachable"]
    assert {m.turn for m in build.messages(database, received.conversation_id)} == {Turn.OPEN}
