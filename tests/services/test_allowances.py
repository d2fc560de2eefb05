"""The ledger in the record: windows open with what customers do, and late news do not shut newer ones."""

from datetime import timedelta

from bot.domain.allowance import Grant, Occasion
from bot.domain.arrivals import Ignored
from bot.domain.messages import Delivery
from bot.services import allowances, arrivals
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW
from tests.services.ledger import act, answered, left, next_of, opening, send_all, states, take, write

SECOND = timedelta(seconds=1)


def test_a_repetition_opens_nothing(database: Database) -> None:
    _, identity = answered(database, "one")
    send_all(database, identity)
    take(database, Ignored("CLICK"), opening(Occasion.EVENT), key="click")
    later = NOW + 50 * SECOND
    take(database, Ignored("CLICK"), opening(Occasion.EVENT, later), later, key="click")
    with database.reading() as uow:
        click = uow.allowances.window(identity.id, Occasion.EVENT)
    assert click is not None and click.opened_at == NOW


def test_a_window_that_becomes_known_late_counts_what_was_sent_meanwhile(database: Database) -> None:
    _, identity = answered(database, "one", "two", "three")
    sent_at = NOW + 10 * SECOND
    send_all(database, identity, now=sent_at)
    write(database, "written before those three", NOW + 5 * SECOND)
    assert left(database, identity, sent_at) == 2
    write(database, "and written after them", NOW + 11 * SECOND)
    assert left(database, identity, NOW + 11 * SECOND) == 5


def test_news_of_an_older_window_do_not_replace_a_newer_one(database: Database) -> None:
    _, identity = answered(database, "one")
    late = opening(Occasion.MESSAGE, NOW - timedelta(hours=1), grant=Grant(9, timedelta(hours=48)))
    take(database, build.incoming("late", channel="telegram"), late)
    assert left(database, identity) == 5


def test_news_that_come_days_late_open_nothing_and_do_no_harm(database: Database) -> None:
    _, identity = answered(database, "one")
    later = NOW + timedelta(days=4)
    take(database, build.incoming("late", channel="telegram"), opening(Occasion.MESSAGE, NOW - SECOND), later)
    assert left(database, identity, later) == 0


def test_a_stranger_who_has_only_pressed_something_has_no_ledger(database: Database) -> None:
    act(database)
    assert arrivals.Counted("CLICK") == take(database, Ignored("CLICK"), opening(Occasion.EVENT, who="nobody"))


def test_what_was_kept_is_let_go_in_its_order(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two", grant=Grant(0, timedelta(hours=48)))
    next_of(database, identity)
    assert states(database, conversation_id) == [Delivery.KEPT] * 2
    database.perform(allowances.release, identity.id, NOW)
    assert states(database, conversation_id) == [Delivery.PENDING] * 2


def test_old_calls_are_forgotten_and_those_that_may_still_count_are_not(database: Database) -> None:
    _, identity = answered(database, "one", "two")
    send_all(database, identity)
    later = NOW + timedelta(hours=3)
    act(database, later)
    with database.reading() as uow:
        assert len(uow.allowances.ledger(identity.id).spends) == 2
    write(database, now=later)
    with database.reading() as uow:
        assert uow.allowances.ledger(identity.id).spends == []
