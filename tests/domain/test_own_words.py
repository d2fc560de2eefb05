"""Only words of the customer's own count as theirs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.own_words import Words, thing_of, words_in
from bot.words import LANGUAGES, say

KINDS = [
    "photo", "image", "animation", "sticker", "voice", "audio", "video", "video_note", "document", "location", "venue",
    "contact", "poll", "dice", "story", "unknown",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("caption", ["", "  ", "…", "❤️", "\u200b", "?!"])
def test_what_comes_without_a_word_is_wordless(kind: str, caption: str) -> None:
    assert words_in(kind, caption) is Words.NONE


@pytest.mark.parametrize("caption", ["坏了", "is this the right size?", "5", "⭐⭐⭐", "é"])
def test_a_caption_is_the_customers_word(caption: str) -> None:
    assert words_in("photo", caption) is Words.OWN


@given(st.text())
def test_written_messages_are_the_customers_own_and_forwarded_ones_never(text: str) -> None:
    assert {words_in(kind, text) for kind in ("text", "command", "button")} == {Words.OWN}
    assert words_in("forwarded", text) is Words.FORWARDED


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_whatever_comes_there_is_a_sentence_for_it(kind: str, language: str) -> None:
    assert say(language, f"wordless-{thing_of(kind)}")
