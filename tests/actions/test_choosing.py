import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.choosing import chosen_of, core_of, is_short, named_in

ORDERS = ["陶瓷马克杯 × 2", "手冲壶 600ml × 1", "浅烘咖啡豆 250g × 2"]
ENGLISH = ["Ceramic mug × 2", "Pour-over kettle 600 ml × 1", "Light roast coffee beans 250 g × 2"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("第二个", 1), ("那第二个呢？", 1), ("第2单吧", 1), ("2", 1), ("2号", 1), ("最后一个", 2), ("第三個", 2), ("杯子", 0), ("那個壺呢", 1),
        ("我是说咖啡豆那单", 2), ("我要第一个", 0),
    ],
)  # fmt: skip
def test_one_of_several_is_named_in_chinese(text: str, place: int) -> None:
    assert chosen_of(text, ORDERS) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("the second one", 1), ("2nd please", 1), ("And the last one?", 2), ("#3", 2), ("the kettle", 1), ("the mugs", 0),
        ("what about the coffee?", 2),
    ],
)  # fmt: skip
def test_one_of_several_is_named_in_english(text: str, place: int) -> None:
    assert chosen_of(text, ENGLISH) == place


@pytest.mark.parametrize(
    "text",
    [
        "手冲壶多少钱",
        "第五个",
        "手机",
        "5分",
        "2024",
        "那个",
        "",
        "?",
        "second thoughts about all of this, I want my money",
        "杯子和壶",
    ],
)
def test_what_names_none_of_them_chooses_none(text: str) -> None:
    assert chosen_of(text, ORDERS) is None


def test_a_longer_text_may_still_name_the_goods() -> None:
    assert named_in("my kettle still has not arrived and I am waiting since Monday", ENGLISH) == 1
    assert named_in("the parcel has not arrived", ENGLISH) is None


@pytest.mark.parametrize(
    ("text", "core"), [("那退货呢？", "退货"), ("and to Taiwan?", "to taiwan"), ("那麼香港呢", "香港")]
)
def test_what_ties_words_to_the_talk_is_left_out(text: str, core: str) -> None:
    assert core_of(text) == core and is_short(text)


@pytest.mark.property
@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=5))
def test_any_text_chooses_something_that_is_there_or_nothing(text: str, names: list[str]) -> None:
    place = chosen_of(text, names)
    assert place is None or 0 <= place < len(names)
