import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.brain.nlu.normal_form import calm, fold, simplified


@given(st.text(st.characters(), max_size=200))
def test_every_folded_character_knows_where_it_came_from(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.origins)
    assert list(folded.origins) == sorted(folded.origins)
    assert all(0 <= origin < len(text) for origin in folded.origins)
    assert not any(unicodedata.category(letter) == "Cs" for letter in folded.text)


def test_full_width_and_capital_letters_become_ordinary_ones() -> None:
    assert fold("ＨＥＬＰ！").text == "help!"


def test_invisible_marks_vanish() -> None:
    assert fold("投\u200b诉\ufeff").text == "投诉"


def test_shouting_is_calmed() -> None:
    assert calm("sooooo") == "soo"
    assert calm("好好好好") == "好好"
    assert calm("good") == "good"


def test_traditional_characters_read_like_simplified_ones() -> None:
    assert simplified("訂單在哪裡") == "订单在哪里"
