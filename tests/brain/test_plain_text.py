import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.brain.plain_text import KEPT_CHARACTERS, READ_CHARACTERS, kept_text, read_text, says_something

ANY_TEXT = st.text(st.characters(), max_size=1_200)


@given(ANY_TEXT)
@example('/greeting{"language":"en"}')
@example("  //  /restart")
@example("\x00/restart")
@example("\ud83d/restart")
@example("/" * 1_100 + "restart")
def test_what_the_model_reads_never_looks_like_a_command(text: str) -> None:
    read = read_text(text)
    assert not read.strip().startswith("/")
    assert len(read) <= READ_CHARACTERS


@given(ANY_TEXT)
def test_what_the_tracker_keeps_can_always_be_stored(text: str) -> None:
    kept = kept_text(text)
    kept.encode("utf-8")
    assert "\x00" not in kept
    assert len(kept) <= KEPT_CHARACTERS


@pytest.mark.parametrize("text", ["/restart", "我要投訴！", "a\nb", "ｈｅｌｐ", "EXTERNAL: greeting", "❤️ é"])
def test_harmless_words_are_kept_as_they_were_written(text: str) -> None:
    assert kept_text(text) == text


def test_a_slash_inside_a_sentence_stays() -> None:
    assert read_text("and/or") == "and/or"


def test_a_very_long_text_is_cut_for_the_model() -> None:
    assert len(read_text("长" * 1_000_000)) == READ_CHARACTERS


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "\u200b\u200c",
        "😀",
        "👍👍",
        "\u202e",
        "…!?",
        "///",
        "   .",
        "/restart",
        "{name}",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "<script>alert(1)</script>",
        '/greet{"a":"b"}',
        "%s%n",
    ],
)
def test_a_text_without_words_says_nothing(text: str) -> None:
    assert not says_something(text)


@pytest.mark.parametrize(
    "text", ["5", "好", "ok", "★★★", "/ where is my order", "😀 谢谢", "<b>你好</b>", "$5 off?", "/订单"]
)
def test_everything_else_says_something(text: str) -> None:
    assert says_something(text)
