"""The script of a text tells its language well enough for the words of the house."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.language import LANGUAGES, Language, detect, language_of_turn


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("我的订单到了吗", "zh-Hans"), ("我的訂單到了嗎", "zh-Hant"), ("where is my order", "en"), ("我要 refund", "zh-Hans"),
        ("幫我查一下 order TJ1001", "zh-Hant"), ("件貨寄咗未呀", "zh-Hant"), ("hello 你好 where is my parcel please help", "en"),
    ],
)  # fmt: skip
def test_a_plain_text_is_recognised(text: str, language: Language) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("fallback", LANGUAGES)
def test_a_text_without_letters_keeps_the_fallback(fallback: Language) -> None:
    assert detect("5 👍 !!!", fallback) == fallback


def test_han_that_both_scripts_share_keeps_a_chinese_fallback() -> None:
    assert detect("你好", "zh-Hant") == "zh-Hant"
    assert detect("你好", "en") == "zh-Hans"


@pytest.mark.parametrize(
    ("text", "known", "answered_in"),
    [("ok", "zh-Hant", "zh-Hant"), ("asdf qwer", "zh-Hans", "zh-Hans"), ("where is my order", "zh-Hans", "en"),
     ("你好", "en", "zh-Hans"), ("hi", "en", "en"), ("幫我查一下", "zh-Hans", "zh-Hant")],
)  # fmt: skip
def test_a_word_or_two_do_not_change_the_language_of_a_talk(text: str, known: Language, answered_in: Language) -> None:
    assert language_of_turn(text, known) == answered_in


@given(st.text(), st.sampled_from(LANGUAGES))
def test_every_text_has_a_language(text: str, fallback: Language) -> None:
    assert detect(text, fallback) in LANGUAGES
