from datetime import UTC, datetime

import pytest

from bot.domain.ids import CustomerId, MessageId, PreferenceId, UserId
from bot.domain.preferences import Expressed, NotReviewable, Polarity, Preference, PreferenceState

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def preference(thing: str = "tea", polarity: Polarity = Polarity.LIKE) -> Preference:
    return Preference(
        PreferenceId("p"), CustomerId("c"), MessageId(1), "dietary", thing, polarity, f"I like {thing}", 0.9, NOW, NOW
    )


def test_opposite_polarities_contradict_each_other_and_equal_sides_do_not() -> None:
    for one in Polarity:
        for other in Polarity:
            assert (other in one.opposes) == (one in other.opposes)
        assert one not in one.opposes


def test_a_replaced_preference_ends_where_the_newer_begins() -> None:
    old, new = preference(), preference(polarity=Polarity.DISLIKE)
    old.give_way_to(new)
    assert old.state is PreferenceState.SUPERSEDED and old.valid_until == new.valid_from


def test_what_no_longer_stands_cannot_be_reviewed() -> None:
    old = preference()
    old.give_way_to(preference(polarity=Polarity.DISLIKE))
    with pytest.raises(NotReviewable):
        old.approve(UserId("u"), NOW)


def test_the_same_object_is_recognised_whatever_its_case() -> None:
    assert preference("Tea").speaks_of_the_same(Expressed("dietary", "tea", Polarity.AVOID, "tea", 0.5))
