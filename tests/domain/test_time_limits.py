from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.domain.script import fold
from bot.domain.time_limits import ends_at, time_limit_in

SHANGHAI = ZoneInfo("Asia/Shanghai")
WEDNESDAY = datetime(2026, 11, 25, 4, 0, tzinfo=UTC)


def local(month: int, day: int) -> datetime:
    return datetime(2026, month, day, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("words", "end"),
    [
        ("今天", local(11, 26)), ("today", local(11, 26)), ("tomorrow", local(11, 27)), ("这周", local(11, 30)), ("this week", local(11, 30)),
        ("这个月", local(12, 1)), ("until the end of the month", local(12, 1)), ("周五之前", local(11, 28)), ("until Friday", local(11, 28)),
        ("until wednesday", local(11, 26)), ("今年", datetime(2027, 1, 1, tzinfo=SHANGHAI)), ("這個月", local(12, 1)),
    ],
)  # fmt: skip
def test_bounding_words_end_by_the_calendar_of_the_shop(words: str, end: datetime) -> None:
    assert ends_at(fold(words), WEDNESDAY, SHANGHAI) == end


@pytest.mark.parametrize("words", ["only weekends", "工作日", "最近", "for now", ""])
def test_what_recurs_or_names_no_day_has_no_end(words: str) -> None:
    assert ends_at(fold(words), WEDNESDAY, SHANGHAI) is None


def test_the_end_of_december_is_the_new_year() -> None:
    assert ends_at("这个月", datetime(2026, 12, 31, 12, tzinfo=UTC), UTC) == datetime(2027, 1, 1, tzinfo=UTC)


def test_no_bound_is_found_where_none_is_said() -> None:
    assert time_limit_in("我喜欢蓝色") is None
