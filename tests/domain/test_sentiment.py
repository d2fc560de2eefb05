import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.sentiment import falls_fast, sentiment_of


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("我的订单到哪了", 0), ("Where is my order", 0), ("谢谢，很满意", 2), ("謝謝", 1), ("太慢了", -1), ("氣死我了！！", -2), ("垃圾，再也不来了", -2),
        ("this is unacceptable", -2), ("not happy with this", -1), ("不满意", -1), ("I'd like a refund", 0), ("perfect, thank you", 2),
        ("thanks for nothing, it is broken", -1), ("麻烦帮我查一下", 0), ("no thank you", 0), ("oh great, another empty parcel 🙄", -1),
        ("我喜欢蓝色", 0), ("good morning", 0), ("一点毛病没有，很满意", 2), ("not bad at all, never let me down", 1), ("fuck off", -2), ("智障客服", -2),
        ("THIS IS NOT WORKING", -2), ("有點失望", -1), ("what's the best way to clean it", 0),
    ],
)  # fmt: skip
def test_a_feeling_is_told_from_the_words(text: str, feeling: int) -> None:
    assert sentiment_of(text) == feeling


@given(st.text())
def test_a_feeling_lies_always_between_minus_two_and_two(text: str) -> None:
    assert -2 <= sentiment_of(text) <= 2


@pytest.mark.parametrize(
    ("feelings", "falls"),
    [
        ([], False), ([-1], False), ([-2], False), ([1, -1], True), ([0, -1], False), ([0, -2], True), ([1, 0, -1], True), ([-2, -2], True),
        ([-2, 0, -2], True), ([-2, -2, 0], False), ([2, 0, 0, -1], False), ([-1, -1, -1], False), ([2, 1], False),
    ],
)  # fmt: skip
def test_a_mood_falls_fast_by_two_below_zero_or_with_two_angry_messages(feelings: list[int], falls: bool) -> None:
    assert falls_fast(feelings) is falls
