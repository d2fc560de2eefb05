import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sentiment import sentiment_of


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("我的订单到哪了", 0), ("Where is my order", 0), ("谢谢，很满意", 2), ("謝謝", 1), ("太慢了", -1), ("氣死我了！！", -2), ("垃圾，再也不来了", -2),
        ("this is unacceptable", -2), ("not happy with this", -1), ("不满意", -1), ("I'd like a refund", 0), ("perfect, thank you", 2),
        ("thanks for nothing, it is broken", -1),
    ],
)  # fmt: skip
def test_a_feeling_is_told_from_the_words(text: str, feeling: int) -> None:
    assert sentiment_of(text) == feeling


@given(st.text())
def test_a_feeling_lies_always_between_minus_two_and_two(text: str) -> None:
    assert -2 <= sentiment_of(text) <= 2
