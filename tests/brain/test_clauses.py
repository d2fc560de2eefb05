import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.brain


def pieces(text: str) -> list[str]:
    from rasa.shared.nlu.constants import TEXT
    from rasa.shared.nlu.training_data.message import Message

    from bot.brain.nlu.clauses import clauses
    from bot.brain.nlu.tokenizer import MixedTokenizer

    tokenizer = MixedTokenizer(MixedTokenizer.get_default_config())
    return [clause.text for clause in clauses(text, tokenizer.tokenize(Message({TEXT: text}), TEXT))]


def test_a_message_is_cut_at_its_marks() -> None:
    assert pieces("快递还没到，再不发我就投诉！另外帮我开发票") == ["快递还没到", "再不发我就投诉！", "另外帮我开发票"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("where is my parcel and can I get an invoice", ["where is my parcel", "and can I get an invoice"]),
        ("快递没到另外帮我开发票", ["快递没到", "另外帮我开发票"]),
        ("快遞沒到順便幫我開發票", ["快遞沒到", "順便幫我開發票"]),
    ],
)
def test_a_new_matter_opens_a_clause_without_any_mark(text: str, expected: list[str]) -> None:
    assert pieces(text) == expected


def test_bread_and_butter_stay_together() -> None:
    assert pieces("do you sell bread and butter") == ["do you sell bread and butter"]


def test_a_single_word_goes_with_its_neighbour() -> None:
    assert pieces("hello, where is my parcel, thanks") == ["hello, where is my parcel, thanks"]


def test_decimal_points_cut_nothing() -> None:
    assert pieces("I paid 3.50 for it") == ["I paid 3.50 for it"]


@settings(deadline=None)  # the first call loads a dictionary
@given(st.text(st.characters(), max_size=100))
def test_every_clause_is_a_piece_of_the_text(text: str) -> None:
    assert all(piece in text for piece in pieces(text))
