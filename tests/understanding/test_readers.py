"""Read messages with the shop's own model: what no rule knows is understood from what was marked."""

from pathlib import Path

import pytest

from bot.brain.evaluation.reader import Reader, load_reader
from bot.domain.hearing import expressed_in
from bot.domain.preferences import CUSTOMER

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.brain, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def read() -> Reader:
    return load_reader(ROOT / "models")


def test_the_topic_of_a_complaint_is_what_it_is_about_and_not_what_is_asked_beside_it(read: Reader) -> None:
    found = read("快递还没到，再不发我就投诉，另外帮我开发票")
    assert found.grievance is not None
    assert found.grievance.topic == "delivery"
    assert "invoice" in found.labels


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("Rooibos does it for me every time", "Rooibos"),
        ("平常出门都是坐靠过道的，腿长", "过道"),
        ("發票一向開公司抬頭", "公司抬頭"),
    ],
)
def test_a_preference_in_words_that_no_rule_knows_is_heard_with_its_proof(read: Reader, text: str, thing: str) -> None:
    assert expressed_in(text) == []
    found = [one for one in read(text).preferences if thing in one.object]
    assert found and found[0].subject == CUSTOMER
    assert text[found[0].quote_start : found[0].quote_end] == found[0].quote


@pytest.mark.parametrize(
    "text",
    ["Do most people like the blue one?", "以前爱喝奶茶，现在戒了", "I want my money back", "如果我想要大一号的呢？"],
)
def test_questions_the_past_and_single_wishes_are_no_preferences(read: Reader, text: str) -> None:
    assert read(text).preferences == ()
