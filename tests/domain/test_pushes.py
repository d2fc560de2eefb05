"""When a reply to a push is known to have been taken, and how often a push was brought."""

from datetime import timedelta

import pytest

from bot.domain.pushes import attempt_of, sure_at
from tests.build import NOW


def test_a_quick_reply_is_soon_sure_and_a_late_one_when_the_push_would_have_come_again() -> None:
    assert sure_at(NOW, NOW + timedelta(seconds=1)) == NOW + timedelta(seconds=2.5)
    assert sure_at(NOW, NOW + timedelta(seconds=4)) == NOW + timedelta(seconds=6.5)


@pytest.mark.parametrize(
    ("age_s", "before", "attempt"), [(-3, 0, 1), (0, 0, 1), (4.9, 0, 1), (5, 0, 2), (10, 1, 3), (5, 2, 3), (0.5, 1, 2)]
)
def test_age_and_memory_tell_how_often_a_push_was_brought(age_s: float, before: int, attempt: int) -> None:
    assert attempt_of(NOW, NOW + timedelta(seconds=age_s), before) == attempt
