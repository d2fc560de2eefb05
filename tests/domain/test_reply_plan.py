"""What goes next to a customer, by which way, when the platform counts."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.ids import MessageId
from bot.domain.reply_plan import Keep, Limits, Passive, Piece, Send, Slot, Wait, plan
from tests.build import NOW
from tests.domain.planned_house import HINT, LIMIT, PlannedHouse, size
from tests.domain.plays import PLAYS, Play, play_of, play_through

LIMITS = Limits(size, LIMIT, HINT)
SOON = Slot("push", NOW + timedelta(seconds=3))


def pieces(*texts: str) -> list[Piece]:
    return [Piece(MessageId(number), 0, text) for number, text in enumerate(texts, 1)]


def decide(texts: list[Piece], slots: list[Slot], left: int, *, more_soon: bool = False) -> object:
    return plan(texts, slots, left, LIMITS, NOW, more_soon=more_soon)


def test_all_bubbles_go_in_one_reply_to_the_push_that_waits() -> None:
    decided = decide(pieces("one", "two"), [SOON], 5)
    assert decided == Passive(SOON, tuple(pieces("one", "two")), "one\n\ntwo")


def test_a_push_waits_for_the_answer_that_is_just_being_made() -> None:
    assert decide(pieces("kept"), [SOON], 5, more_soon=True) == Wait(SOON.answer_by)


def test_a_push_that_cannot_wait_any_longer_takes_what_is_there() -> None:
    due = Slot("push", NOW)
    assert decide(pieces("kept"), [due], 5, more_soon=True) == Passive(due, tuple(pieces("kept")), "kept")


def test_of_two_pushes_the_older_one_takes_what_is_there() -> None:
    later = Slot("later", SOON.answer_by + timedelta(seconds=1))
    decided = decide(pieces("one"), [later, SOON], 5, more_soon=True)
    assert isinstance(decided, Passive) and decided.slot is SOON


def test_bubbles_go_one_by_one_while_the_count_suffices() -> None:
    assert decide(pieces("one", "two"), [], 2) == Send(tuple(pieces("one")), "one")


def test_bubbles_are_joined_when_the_count_is_short() -> None:
    assert decide(pieces("one", "two", "three"), [], 2) == Send(
        tuple(pieces("one", "two", "three")), "one\n\ntwo\n\nthree"
    )


def test_the_last_call_says_that_more_is_coming_when_not_all_fits() -> None:
    decided = decide(pieces("a" * 1_500, "b" * 1_500), [], 1)
    assert isinstance(decided, Send)
    assert decided.pieces == (pieces("a" * 1_500)[0],)
    assert decided.text.endswith(HINT)


def test_a_reply_to_a_push_says_so_only_where_nothing_can_follow_by_itself() -> None:
    long = pieces("a" * 1_500, "b" * 1_500)
    with_calls, without = decide(long, [SOON], 5), decide(long, [SOON], 0)
    assert isinstance(with_calls, Passive) and not with_calls.text.endswith(HINT)
    assert isinstance(without, Passive) and without.text.endswith(HINT)


def test_nothing_goes_without_a_push_and_without_a_count() -> None:
    assert decide(pieces("one"), [], 0) == Keep()


def test_a_file_needs_a_call_of_its_own() -> None:
    file = Piece(MessageId(1), 0, "", is_last=False, is_file=True)
    below = Piece(MessageId(1), 1, "below it")
    assert decide([file, below], [SOON], 1) == Send((file,), "")
    assert decide([file, below], [SOON], 0) == Keep()
    above = Piece(MessageId(0), 0, "above it")
    assert decide([above, file], [SOON], 1) == Passive(SOON, (above,), "above it")


@pytest.mark.property
@pytest.mark.parametrize("first", range(0, 20_000, 2_000))
def test_no_answer_is_refused_lost_repeated_or_out_of_order(first: int) -> None:
    for seed in range(first, first + 2_000):
        try:
            play_through(play_of(seed), PlannedHouse)
        except AssertionError as error:
            raise AssertionError(f"play_of({seed})") from error


@pytest.mark.property
@settings(max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
@given(PLAYS)
def test_nor_in_any_play_that_hypothesis_thinks_of(play: Play) -> None:
    play_through(play, PlannedHouse)
