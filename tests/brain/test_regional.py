import pytest

from bot.brain.nlu.normal_form import simplified, word_for_sign
from bot.brain.nlu.regional import in_common_words


@pytest.mark.parametrize(
    ("regional", "common"),
    [
        ("幾時送到", "什么时候送到"),
        ("我唔鍾意佢", "我不喜欢他"),
        ("宅配到超商", "快递到便利店"),
        ("冇收到嘢", "没有收到东西"),
    ],
)
def test_regional_words_read_like_common_ones(regional: str, common: str) -> None:
    assert in_common_words(simplified(regional)) == common


def test_common_words_stay_as_they_are() -> None:
    assert in_common_words("快递什么时候送到") == "快递什么时候送到"


def test_emoji_of_one_feeling_are_one_word() -> None:
    assert word_for_sign("😡") == word_for_sign("🤬") != word_for_sign("😀")
    assert word_for_sign("🥑") == "🥑"
