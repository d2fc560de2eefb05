"""How many messages may still be sent, counted in the way that is safe whatever the platform counts."""

from datetime import timedelta

from bot.domain.allowance import Allowance, Grant, Ledger, Left, Occasion, Opening, Spend, opened_by
from bot.domain.ids import IdentityId
from tests.build import NOW

WHO = IdentityId("somebody")
SECOND = timedelta(seconds=1)
MESSAGE, EVENT = Grant(5, timedelta(hours=48)), Grant(3, timedelta(minutes=1))


def window(occasion: Occasion = Occasion.MESSAGE, ago: timedelta = timedelta(0)) -> Allowance:
    grant = MESSAGE if occasion is Occasion.MESSAGE else EVENT
    return opened_by(Opening("openid", occasion, NOW - ago, grant), WHO, NOW)


def spends(number: int, ago: timedelta = timedelta(0)) -> list[Spend]:
    return [Spend(WHO, NOW - ago, NOW - ago) for _ in range(number)]


def count(ledger: Ledger) -> int:
    found = ledger.left(NOW)
    return found.count if found else 0


def test_a_message_allows_five_and_each_call_takes_one() -> None:
    opened = window()
    assert Ledger([opened], []).left(NOW) == Left(5, 5, NOW + timedelta(hours=48))
    assert count(Ledger([opened], spends(4))) == 1
    assert count(Ledger([opened], spends(6))) == 0


def test_nobody_is_owed_anything_without_a_window() -> None:
    assert Ledger().left(NOW) is None


def test_a_long_window_is_left_a_minute_before_it_closes_and_a_short_one_five_seconds() -> None:
    long, short = window(), window(Occasion.EVENT)
    assert long.is_open(long.closes_at - 61 * SECOND) and not long.is_open(long.closes_at - 60 * SECOND)
    assert short.is_open(short.closes_at - 6 * SECOND) and not short.is_open(short.closes_at - 5 * SECOND)


def test_a_call_counts_against_every_window_that_was_open_and_the_best_one_decides() -> None:
    message, event = window(ago=10 * SECOND), window(Occasion.EVENT)
    assert count(Ledger([message, event], spends(4, ago=5 * SECOND))) == 3  # the event's; the message has one left
    assert count(Ledger([message, event], spends(2))) == 3  # the message's; the event has one left
    assert count(Ledger([message, event], spends(5))) == 0


def test_a_call_before_the_window_does_not_count_and_one_still_under_way_does() -> None:
    opened = window()
    assert count(Ledger([opened], spends(3, ago=2 * SECOND))) == 5
    assert count(Ledger([opened], [Spend(WHO, NOW - 9 * SECOND, None)])) == 4
    assert count(Ledger([opened], [Spend(WHO, NOW - 9 * SECOND, NOW + SECOND)])) == 4


def test_a_refusal_uses_up_every_window_that_was_open_and_none_that_opens_later() -> None:
    refusal = Spend(WHO, NOW, NOW, is_refusal=True)
    assert count(Ledger([window(), window(Occasion.EVENT)], [refusal])) == 0
    earlier = Spend(WHO, NOW - 9 * SECOND, NOW - SECOND, is_refusal=True)
    assert count(Ledger([window()], [earlier])) == 5


def test_a_window_opens_by_the_platforms_clock_but_never_in_our_future() -> None:
    assert window(ago=9 * SECOND).opened_at == NOW - 9 * SECOND
    assert window(ago=-9 * SECOND).closes_at == NOW + timedelta(hours=48)
