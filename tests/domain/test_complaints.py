from datetime import UTC, datetime

from bot.domain.complaints import case_number


def test_a_case_number_names_the_day_and_counts() -> None:
    assert case_number(datetime(2026, 11, 22, 3, tzinfo=UTC), 7) == "C261122-0007"
