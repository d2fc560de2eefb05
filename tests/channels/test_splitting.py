"""Long words become pieces that fit, in order, with nothing lost and no written sign broken."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from bot.channels.splitting import Measure, shorten, split, utf16_units

FAMILY, FLAG, ZALGO = "👨‍👩‍👧‍👦", "🇨🇳", "e\u0301\u0327\u0330"
SIGNS = st.sampled_from(
    [*"ab。！，.? \n\t", "\n\n", "\r\n", "你", "好", "é", FAMILY, FLAG, ZALGO, "\u200d", "\u0301", "𠮷"]
)
TEXTS = st.lists(SIGNS, max_size=120).map("".join)


def utf8_bytes(text: str) -> int:
    return len(text.encode())


def without_space(text: str) -> str:
    return "".join(text.split())


@given(TEXTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.integers(4, 60),
       st.sampled_from([utf16_units, utf8_bytes, len]))  # fmt: skip
@example("\u0301" * 300, 40, utf8_bytes)
def test_pieces_fit_and_nothing_but_space_is_lost(text: str, limit: int, measure: Measure) -> None:
    pieces = split(text, limit, measure)
    assert all(0 < measure(piece) <= limit and piece.strip() for piece in pieces)
    assert without_space("".join(pieces)) == without_space(text)


@given(TEXTS, st.integers(4, 60))
def test_no_written_sign_is_broken_unless_it_alone_is_too_long(text: str, limit: int) -> None:
    borders, at = {0}, 0
    for sign in iter_graphemes(text):
        at += len(sign)
        borders.add(at)
        if utf16_units(sign) > limit:
            borders.update(range(at - len(sign), at))
    at = 0
    for piece in split(text, limit, utf16_units):
        at = text.index(piece, at) + len(piece)
        rest = text[at:]
        spaces = len(rest) - len(rest.lstrip())
        assert any(at + skipped in borders for skipped in range(spaces + 1))


@pytest.mark.parametrize("sign", [FAMILY, FLAG, ZALGO, "👍🏽", "각"])
def test_signs_made_of_many_characters_stay_whole_at_the_cut(sign: str) -> None:
    for lead in range(12):
        pieces = split("x" * lead + sign * 400, 100, utf16_units)
        assert all(piece.removeprefix("x" * lead).replace(sign, "") == "" for piece in pieces)


def test_ten_thousand_accents_on_one_letter_are_cut_between_the_accents() -> None:
    pieces = split("a" + "\u0301" * 10_000, 4096, utf16_units)
    assert [utf16_units(piece) for piece in pieces] == [4096, 4096, 1809]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("One two three.\n\nFour five. Six seven", ["One two three.", "Four five. Six seven"]),
        ("One two three four. Five six", ["One two three four.", "Five six"]),
        ("one two three four five six seven", ["one two three four", "five six seven"]),
        ("我们今天很高兴见到您真的很高兴。请问您还有什么问题吗？", ["我们今天很高兴见到您真的很高兴。", "请问您还有什么问题吗？"]),
        ("x" * 45, ["x" * 20, "x" * 20, "x" * 5]),
        ("3.14159265358979 and 2.71828", ["3.14159265358979 and", "2.71828"]),
        ("  \n ", []),
        ("short", ["short"]),
    ],
)  # fmt: skip
def test_a_cut_is_made_where_a_reader_would_pause(text: str, pieces: list[str]) -> None:
    assert split(text, 20, utf16_units) == pieces


@pytest.mark.parametrize(("length", "pieces"), [(4096, 1), (4097, 2), (1_000_000, 245)])
def test_a_text_goes_in_as_few_pieces_as_its_length_allows(length: int, pieces: int) -> None:
    assert len(split("好" * length, 4096, utf16_units)) == pieces


def test_a_piece_is_never_much_shorter_than_half_of_what_fits() -> None:
    text = "word " * 3 + "x" * 300
    assert min(map(len, split(text, 100, utf16_units)[:-1])) >= 50


def test_a_limit_that_no_character_fits_in_is_refused() -> None:
    with pytest.raises(ValueError, match="limit"):
        split("text", 3, utf8_bytes)


def test_a_title_is_shortened_between_signs() -> None:
    assert shorten(FAMILY * 5, 3) == FAMILY * 2 + "…"
    assert shorten("fits", 4) == "fits"
    assert re.fullmatch(r"a+…", shorten("a" * 99, 10))
