import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.satisfaction import find_rating, parse_rating


@pytest.mark.parametrize(
    ("text", "score"),
    [("5", 5), ("五星", 5), ("★★★★☆", 4), ("4/5", 4), ("３分", 3), ("two stars", 2), ("给兩分", 2), ("rating: 1", 1)],
)
def test_a_text_that_is_a_rating_is_read(text: str, score: int) -> None:
    assert parse_rating(text) == score == find_rating(text)


@pytest.mark.parametrize("text", ["6", "0", "10/10", "5 cups please", "TJ1001", "", "我要五个"])
def test_a_text_that_is_no_rating_is_none(text: str) -> None:
    assert parse_rating(text) is None


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("客服小王很耐心，给5分", 5),
        ("I'd give it 4 stars I guess", 4),
        ("打滿分", 5),
        ("服务一般，三星吧", 3),
        ("3 out of 5 for the reply", 3),
    ],
)
def test_a_rating_within_a_sentence_is_found(text: str, score: int) -> None:
    assert find_rating(text) == score


@pytest.mark.parametrize("text", ["等了5分钟", "2星还是3星", "10分", "我想评价", "3.5 stars", "8 out of 10"])
def test_where_no_single_score_is_named_none_is_guessed(text: str) -> None:
    assert find_rating(text) is None


@given(st.text())
def test_a_found_score_is_always_one_to_five(text: str) -> None:
    assert find_rating(text) in (None, 1, 2, 3, 4, 5)
