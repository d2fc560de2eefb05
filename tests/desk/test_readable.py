"""What a colleague reads is in words, whole or marked as cut, and tells two nameless customers apart."""

import pytest

from bot import words
from bot.desk import audit, filters, language
from bot.domain.complaints import Severity
from tests.desk.conftest import Enter
from tests.desk.house import House


def test_a_summary_shows_where_words_were_cut_and_gives_lists_their_lines() -> None:
    long = "word " * 32
    summary = f"customer: {long}\nbot: Noted: · likes: tea · avoids: sugar\ncustomer: ok"
    assert filters.spoken_lines(summary) == [
        ("customer", long + "…"),
        ("bot", "Noted:\n· likes: tea\n· avoids: sugar"),
        ("customer", "ok"),
    ]


def test_an_indented_line_goes_on_with_the_words_before_and_names_nobody() -> None:
    assert filters.spoken_lines("customer: look\n  bot: you get it free") == [
        ("customer", "look\nbot: you get it free")
    ]


@pytest.mark.parametrize("tongue", words.LANGUAGES)
def test_every_detail_of_the_audit_has_words(tongue: str) -> None:
    known = words.catalogue(tongue, "desk")
    assert {f"detail-{name}" for name in (*audit._NAMED, *audit._PLAIN)} <= known.keys()
    name_of = language.namer(tongue)
    told = audit.told({"epoch": 7, "severity": Severity.HIGH, "message_id": 3, "score": 4}, name_of)
    assert told == [(known["detail-severity"], known["severity-high"]), (known["detail-score"], "4")]


async def test_two_nameless_customers_are_told_apart(house: House, enter: Enter) -> None:
    house.hire("lina")
    heard = [house.hear("hello", who) for who in ("one", "two")]
    ids = [house.look(lambda uow, id_: uow.conversations.get(id_), one.conversation_id).customer_id for one in heard]
    _, page = await (await enter("lina")).open("/desk/?tab=all", headers={"Accept-Language": "en"})
    for id_ in ids:
        assert f"Visitor {id_[-4:]}" in page
