import random

from hypothesis import given
from hypothesis import strategies as st

from bot.brain.nlu.slips import SHORTEST, misspelt


def test_only_longer_english_words_are_misspelt() -> None:
    words = ["my", "快递没到", "__number__", "§taste", "café"] * 50
    assert misspelt(words, random.Random(1)) == words


def test_about_a_third_is_misspelt_by_one_letter() -> None:
    found = misspelt(["parcel"] * 300, random.Random(1))
    slips = [word for word in found if word != "parcel"]
    assert 60 < len(slips) < 120
    assert {"pacel", "pacrel", "parccel"} & set(slips)


@given(st.text("abcdefgh", min_size=SHORTEST, max_size=12), st.integers())
def test_a_slip_changes_the_length_by_one_letter_at_most(word: str, seed: int) -> None:
    (found,) = misspelt([word], random.Random(seed))
    assert abs(len(found) - len(word)) <= 1
    assert found[-1] == word[-1] or sorted(found) == sorted(word)
