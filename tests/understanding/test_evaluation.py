"""Play the public command's stream, and count known cases by hand."""

import io
import json
from datetime import UTC, datetime
from functools import partial

import pytest

from bot.brain.evaluation.aims import AIMS
from bot.brain.evaluation.answers import answer, answered
from bot.brain.evaluation.cases import Case, Measured, Wish
from bot.brain.evaluation.measures import calibration_error, counted, macro_f1, wishes, wrong_subjects
from bot.brain.evaluation.report import broken_floors, raised_floors
from bot.brain.evaluation.understood import Understood, understood
from bot.domain.preferences import Expressed, Polarity

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
KEYS = ["id", "label", "labels", "confidence", "complaint", "preferences", "sentiment"]


def read_as(*labels: str, confidence: float = 0.9) -> dict:
    ranked = [{"name": label, "confidence": confidence} for label in labels]
    return {"intent": ranked[0] if ranked else {"name": "nlu_fallback", "confidence": 0.8}, "labels": ranked}


def played(lines: list[str], *labels: str) -> tuple[list[dict], str, int]:
    answers, refusals = io.StringIO(), io.StringIO()
    each = partial(map, partial(answered, lambda text: understood(text, read_as(*labels))))
    bad = answer(lines, each, answers, refusals, NOW, UTC)
    return [json.loads(line) for line in answers.getvalue().splitlines()], refusals.getvalue(), bad


def test_every_message_gets_one_answer_in_its_order() -> None:
    found, refusals, bad = played(['{"id": 7, "text": "a"}', "", '{"id": "x", "text": "b", "more": 1}'], "price")
    assert [(one["id"], one["label"]) for one in found] == [(7, "price"), ("x", "price")]
    assert [list(one) for one in found] == [KEYS, KEYS]
    assert (refusals, bad) == ("", 0)


@pytest.mark.parametrize(
    "line", ["{", "[]", '"text"', '{"id": 1}', '{"text": "a"}', '{"id": 1, "text": 2}', "[" * 99_999]
)
def test_a_line_that_cannot_be_read_is_named_and_skipped(line: str) -> None:
    found, refusals, bad = played([line, '{"id": 1, "text": "a"}'], "price")
    assert [one["id"] for one in found] == [1]
    assert refusals.startswith("line 1 ")
    assert bad == 1


def test_an_explicit_wish_for_a_person_needs_no_model() -> None:
    found = understood("转人工，我的发票呢", read_as("invoice"))
    assert (found.labels, found.confidence) == (("ask_human", "invoice"), 1.0)


def test_what_nobody_understands_is_out_of_scope() -> None:
    assert understood("咕噜咕噜", read_as()).labels == ("out_of_scope",)


def test_a_complaint_tells_topic_severity_and_wishes() -> None:
    found = understood("快递又丢了，我要打12315，退钱！", read_as("complaint"))
    assert found.grievance is not None
    assert (found.grievance.topic, found.grievance.severity) == ("delivery", "high")
    assert "refund" in found.grievance.wants
    assert found.sentiment < 0


def test_an_end_of_advertising_is_granted_and_no_complaint() -> None:
    assert understood("别再给我发广告了", read_as("complaint", "preference")).grievance is None


def test_preferences_are_quoted_with_their_place() -> None:
    text = "hello, I love dark roast"
    (found, *_), _, _ = played([json.dumps({"id": 1, "text": text})], "preference")
    (wish,) = found["preferences"]
    assert text[wish["start"] : wish["end"]] == wish["quote"]
    assert (wish["object"], wish["polarity"], wish["subject"]) == ("dark roast", "like", "customer")


def case(label: str, *wished: Wish, language: str = "en") -> Case:
    return Case("dev", language, "words", (label,), None, wished, 0)


def measured(label: str, found: str, confidence: float = 0.9) -> Measured:
    return Measured(case(label), Understood((found,), confidence, None, (), 0), 1.0)


CASES = [
    measured("price", "price"),
    measured("price", "invoice"),
    measured("invoice", "invoice"),
    measured("invoice", "thanks"),
]


def test_hits_false_alarms_and_misses_are_counted() -> None:
    counts = counted(CASES, lambda one: one.case.label == "invoice", lambda one: one.found.label == "invoice")
    assert (counts.hits, counts.alarms, counts.misses) == (1, 1, 1)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.5, 0.5)


def test_the_macro_f1_gives_each_intent_the_same_weight() -> None:
    assert macro_f1(CASES) == pytest.approx((2 / 3 + 1 / 2) / 2)


def test_half_right_at_nine_tenths_is_four_tenths_off() -> None:
    assert calibration_error(CASES) == pytest.approx(0.4)


def heard(thing: str, polarity: Polarity, subject: str = "customer") -> Expressed:
    return Expressed("product", thing, polarity, thing, 0.9, subject=subject)


def test_preferences_are_matched_by_words_and_polarity() -> None:
    marked = case(
        "preference", Wish("dark roast", "like", True), Wish("tea", "avoid", True), Wish("cocoa", "like", False)
    )
    preferences = (
        heard("dark roast coffee", Polarity.WANT),
        heard("tea", Polarity.LIKE),
        heard("cocoa", Polarity.LIKE),
    )
    one = Measured(marked, Understood(("preference",), 0.9, None, preferences, 0), 1.0)
    counts = wishes([one])
    assert (counts.hits, counts.alarms, counts.misses) == (1, 2, 1)
    assert wrong_subjects([one]) == pytest.approx(1 / 3)


def everything_right() -> list[Measured]:
    return [
        Measured(case("price", language=language), Understood(("price",), 0.9, None, (), 0), 1.0)
        for language in ("zh-Hans", "zh-Hant", "en")
    ]


def test_floors_rise_to_just_below_what_was_reached_and_never_fall() -> None:
    name = "intents macro-F1 en"
    assert raised_floors(everything_right(), {"dev": {}})["dev"][name] == pytest.approx(0.98)
    assert raised_floors(everything_right(), {"dev": {name: 0.5}})["dev"][name] == pytest.approx(0.98)
    assert raised_floors(everything_right(), {"dev": {name: 0.995}})["dev"][name] == pytest.approx(0.995)
    alarms = "in scope but rejected"
    assert raised_floors(everything_right(), {"dev": {alarms: 0.2}})["dev"][alarms] == pytest.approx(0.02)


def test_a_figure_under_its_floor_is_named() -> None:
    several = everything_right()
    assert broken_floors(several, {"dev": {aim.name: aim.measure(several) for aim in AIMS}}) == []
    assert broken_floors(several, {"dev": {"parse p50 in ms": 0.5}}) == ["dev: parse p50 in ms is 1.0, and was 0.5"]
    assert broken_floors(several, {"dev": {"intents macro-F1 en": 1.1}}) != []
