"""How long turns wait for updates that were overtaken on their way."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram.overtaking import FAR, FIRST_S, LEAST_QUIET_S, LONGEST_S, QUIET_S, TAKING_S, Overtaking


def arrive(overtaking: Overtaking, update_id: int, now: float) -> None:
    overtaking.arrived(update_id, now)
    overtaking.taken(update_id)


@pytest.fixture
def followed() -> Overtaking:
    """Follow a bot whose update 10 came long ago."""
    overtaking = Overtaking()
    arrive(overtaking, 10, 0.0)
    return overtaking


def test_nothing_has_come_so_nothing_is_waited_for() -> None:
    assert Overtaking().settling(5.0) == 0


def test_before_the_first_update_others_may_have_been_sent() -> None:
    overtaking = Overtaking()
    arrive(overtaking, 10, 100.0)
    assert overtaking.settling(100.0) == FIRST_S
    assert overtaking.settling(100.0 + FIRST_S) == 0


def test_updates_in_order_wait_for_nothing(followed: Overtaking) -> None:
    for update_id in range(11, 50):
        arrive(followed, update_id, 10.0)
        assert followed.settling(10.0) == 0


def test_a_gap_is_waited_for_until_it_is_filled(followed: Overtaking) -> None:
    arrive(followed, 12, 10.0)
    assert followed.settling(10.0) == QUIET_S
    arrive(followed, 11, 10.5)
    assert followed.settling(10.5) == 0


def test_every_filled_gap_gives_the_others_more_time(followed: Overtaking) -> None:
    arrive(followed, 14, 10.0)
    arrive(followed, 12, 11.5)
    assert followed.settling(11.5) == QUIET_S
    assert followed.settling(13.0) == pytest.approx(QUIET_S - 1.5)
    assert followed.settling(11.5 + QUIET_S) == 0


def test_no_gap_is_waited_for_for_ever(followed: Overtaking) -> None:
    arrive(followed, 1_000, 10.0)
    now, update_id = 10.0, 999
    while now < 10.0 + LONGEST_S - 1:
        now, update_id = now + 1.0, update_id - 1
        arrive(followed, update_id, now)
        assert 0 < followed.settling(now) <= QUIET_S
    assert followed.settling(10.0 + LONGEST_S) == 0


def test_what_is_as_late_as_a_gap_gives_it_more_time_and_what_is_hardly_late_does_not(followed: Overtaking) -> None:
    arrive(followed, 12, 10.0)
    arrive(followed, 10, 11.5)
    assert followed.settling(11.5) == QUIET_S
    arrive(followed, 14, 13.0)
    arrive(followed, 13, 13.1)
    assert followed.settling(13.1, age_s=1.0) == pytest.approx(QUIET_S - 1.6)
    assert followed.settling(11.5 + QUIET_S, age_s=1.0) == 0


@pytest.mark.property
@pytest.mark.parametrize("lasts_s", [20, 120, 250])
@given(seed=st.integers(0, 2**32))
@settings(max_examples=10, deadline=None)
def test_in_a_shuffled_flood_nobodys_turn_comes_before_all_earlier_updates_have(lasts_s: int, seed: int) -> None:
    overtaking, first_came = Overtaking(), dict[int, float]()
    arrive(overtaking, 999, -60.0)
    deliveries = list(range(1_000, 2_000)) * 5
    random.Random(seed).shuffle(deliveries)
    for number, update_id in enumerate(deliveries):
        now = number * lasts_s / len(deliveries)
        arrive(overtaking, update_id, now)
        first_came.setdefault(update_id, now)
        if number % 10 == 0 and overtaking.settling(now, now - first_came[update_id]) == 0:
            assert set(range(1_000, update_id)) <= first_came.keys()


def test_a_gap_that_was_given_up_is_never_waited_for_again(followed: Overtaking) -> None:
    arrive(followed, 12, 10.0)
    assert followed.settling(15.0) == 0
    arrive(followed, 13, 16.0)
    assert followed.settling(16.0) == 0
    arrive(followed, 11, 17.0)
    assert followed.settling(17.0) == 0


def test_an_earlier_update_that_is_being_written_is_waited_for(followed: Overtaking) -> None:
    followed.arrived(11, 10.0)
    assert followed.settling(10.0) == 0
    arrive(followed, 12, 10.0)
    assert followed.settling(10.0) == TAKING_S
    followed.taken(11)
    assert followed.settling(10.0) == 0


def test_an_update_that_could_not_be_written_is_a_gap(followed: Overtaking) -> None:
    followed.arrived(11, 10.0)
    followed.lost(11, 10.0)
    assert followed.settling(10.0) == QUIET_S
    arrive(followed, 11, 11.0)
    assert followed.settling(11.0) == 0


def test_a_repetition_changes_nothing(followed: Overtaking) -> None:
    arrive(followed, 11, 10.0)
    followed.arrived(10, 10.0)
    assert followed.settling(10.0) == 0


def test_a_new_count_of_ids_is_a_new_beginning(followed: Overtaking) -> None:
    arrive(followed, 11, 5.0)
    arrive(followed, 10 + 10 * FAR, 10.0)
    assert followed.settling(10.0) == FIRST_S
    arrive(followed, 11 + 10 * FAR, 15.0)
    arrive(followed, 5, 20.0)
    assert followed.settling(20.0) == FIRST_S
    assert followed.settling(21.0) == 0


@pytest.mark.parametrize("step", [3, 137, 10 * FAR])
def test_a_server_whose_ids_have_gaps_is_soon_waited_for_hardly_at_all(followed: Overtaking, step: int) -> None:
    for number in range(1, 9):
        arrive(followed, 10 + number * step, 10.0 * number)
        assert followed.settling(10.0 * number) <= QUIET_S
    arrive(followed, 10 + 9 * step, 90.0)
    assert 0 < followed.settling(90.0) <= 2 * LEAST_QUIET_S


def test_a_gap_that_is_filled_after_many_that_were_not_is_patience_regained(followed: Overtaking) -> None:
    for number in range(1, 9):
        arrive(followed, 10 + 3 * number, 10.0 * number)
    arrive(followed, 40, 90.0)
    arrive(followed, 38, 90.05)
    assert followed.settling(90.05) == pytest.approx(QUIET_S)


def test_in_a_steady_stream_of_gaps_every_turn_comes(followed: Overtaking) -> None:
    for number in range(1, 100):
        arrive(followed, 10 + 2 * number, 10.0 + 0.1 * number)
    assert followed.settling(19.9) > 0
    assert followed.settling(19.9, age_s=QUIET_S + 0.1) == 0


def test_updates_that_are_written_all_the_time_hold_up_only_what_came_with_them(followed: Overtaking) -> None:
    followed.arrived(11, 20.0)
    arrive(followed, 12, 20.0)
    assert followed.settling(20.0, age_s=5.0) == 0
    assert followed.settling(20.0) == TAKING_S


def test_what_could_not_be_written_holds_up_what_came_after_it_had_come(followed: Overtaking) -> None:
    followed.arrived(11, 10.0)
    arrive(followed, 12, 10.1)
    followed.lost(11, 15.0)
    assert followed.settling(15.0, age_s=4.9) == QUIET_S
    assert followed.settling(15.0, age_s=9.0) == 0


def test_what_an_earlier_life_took_is_known_and_what_it_missed_is_waited_for() -> None:
    overtaking = Overtaking()
    overtaking.recall([11, 13, 14], 100.0)
    assert overtaking.settling(100.0, age_s=60.0) == QUIET_S
    arrive(overtaking, 12, 100.5)
    assert overtaking.settling(100.5, age_s=60.0) == FIRST_S - 0.5
    assert overtaking.settling(101.0, age_s=60.0) == 0
    arrive(overtaking, 15, 101.0)
    assert overtaking.settling(101.0) == 0


def test_who_took_nothing_in_an_earlier_life_waits_for_nothing() -> None:
    overtaking = Overtaking()
    overtaking.recall([], 100.0)
    assert overtaking.settling(100.0, age_s=60.0) == 0


@pytest.mark.property
@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3 * FAR), st.floats(0, 30)), max_size=60))
def test_waiting_always_ends_and_memory_is_bounded(steps: list[tuple[int, float]]) -> None:
    overtaking, now = Overtaking(), 0.0
    for update_id, later in steps:
        now += later
        arrive(overtaking, update_id, now)
        assert 0 <= overtaking.settling(now) <= max(FIRST_S, QUIET_S) + 1e-6
        assert len(overtaking._missing) <= FAR
    assert overtaking.settling(now + max(FIRST_S, QUIET_S) + 1e-6) == 0


@given(st.permutations(range(40)))
def test_once_all_have_come_nothing_is_waited_for(order: list[int]) -> None:
    overtaking = Overtaking()
    for update_id in order:
        arrive(overtaking, update_id, 0.01 * update_id)
    assert overtaking.settling(FIRST_S + 1) == 0
    assert not overtaking._missing
