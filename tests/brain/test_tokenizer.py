import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.brain


def tokens(text: str) -> list[str]:
    return [token.text for token in cut(text)]


def cut(text: str) -> list:
    from rasa.shared.nlu.constants import TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.brain.nlu.tokenizer import MixedTokenizer

    return MixedTokenizer(MixedTokenizer.get_default_config()).tokenize(Message({TEXT: text}), TEXT)


@settings(deadline=None)  # the first call loads a dictionary
@given(st.text(st.characters(), max_size=100))
def test_there_is_always_a_token_and_never_a_space(text: str) -> None:
    found = cut(text)
    assert found
    for token in found:
        assert token.text.strip() == token.text != ""
        assert 0 <= token.start <= token.end <= max(len(text), token.end)


def test_both_writings_of_chinese_give_the_same_words() -> None:
    assert tokens("我的訂單到哪裡了") == tokens("我的订单到哪里了")


def test_numbers_order_numbers_and_addresses_are_masked() -> None:
    assert tokens("订单 TJ-2024001 等了3天 https://x.example/a?b=1 a@b.example") == [
        "订单", "__code__", "等", "了", "__number__", "天", "__url__", "__email__",
    ]  # fmt: skip


def test_mixed_sentences_are_cut_by_script() -> None:
    assert tokens("I don't 喜欢 it!!!") == ["i", "don't", "喜欢", "it", "!"]


def test_a_token_says_where_it_stood_in_the_original() -> None:
    assert [(token.start, token.end) for token in cut("ｈｅｌｐ 訂單")] == [(0, 4), (5, 7)]
