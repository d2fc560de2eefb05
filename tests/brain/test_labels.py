from bot.brain.nlu.labels import Bars, labels_in, place_of

BARS = Bars(doubt=0.3, person=0.35, complaint=0.25, second=0.3, clause=0.8)


def test_one_matter_has_one_label() -> None:
    assert labels_in({"price": 0.9, "thanks": 0.1}, [], BARS) == {"price": 0.9}


def test_a_sure_clause_adds_its_own_matter() -> None:
    whole = {"delivery_problem": 0.8, "invoice": 0.2}
    parts = [{"delivery_problem": 0.9, "invoice": 0.1}, {"delivery_problem": 0.1, "invoice": 0.9}]
    assert labels_in(whole, parts, BARS) == {"delivery_problem": 0.8, "invoice": 0.9}
    unsure = [{"delivery_problem": 0.3, "invoice": 0.7}]
    assert labels_in(whole, unsure, BARS) == {"delivery_problem": 0.8}


def test_a_complaint_comes_first_even_where_something_else_is_likelier() -> None:
    assert list(labels_in({"refund_return": 0.7, "complaint": 0.3}, [], BARS)) == ["complaint", "refund_return"]
    assert list(labels_in({"refund_return": 0.8, "complaint": 0.2}, [], BARS)) == ["refund_return"]


def test_a_complaint_in_a_clause_of_its_own_comes_first_too() -> None:
    parts = [{"delivery_problem": 0.9, "complaint": 0.1}, {"delivery_problem": 0.1, "complaint": 0.85}]
    assert list(labels_in({"delivery_problem": 0.9, "complaint": 0.1}, parts, BARS)) == [
        "complaint",
        "delivery_problem",
    ]


def test_a_wish_for_a_person_has_a_bar_of_its_own() -> None:
    assert list(labels_in({"price": 0.6, "ask_human": 0.4}, [], BARS)) == ["ask_human", "price"]
    assert list(labels_in({"price": 0.7, "ask_human": 0.3}, [], BARS)) == ["price"]


def test_a_wish_for_a_person_beats_a_complaint() -> None:
    parts = [{"complaint": 0.95, "ask_human": 0.05}, {"complaint": 0.05, "ask_human": 0.95}]
    assert list(labels_in({"complaint": 0.9, "ask_human": 0.1}, parts, BARS)) == ["ask_human", "complaint"]


def test_politeness_is_no_matter_of_its_own() -> None:
    parts = [{"thanks": 0.99, "invoice": 0.01}, {"thanks": 0.01, "invoice": 0.99}]
    assert list(labels_in({"invoice": 0.6, "thanks": 0.4}, parts, BARS)) == ["invoice"]
    assert list(labels_in({"thanks": 0.6, "invoice": 0.4}, parts, BARS)) == ["thanks", "invoice"]


def test_out_of_scope_stands_alone() -> None:
    assert list(labels_in({"out_of_scope": 0.6, "price": 0.4}, [], BARS)) == ["price"]
    assert list(labels_in({"out_of_scope": 0.8, "price": 0.2}, [], BARS)) == ["out_of_scope"]


def test_what_nothing_is_sure_of_has_no_label() -> None:
    assert labels_in({"price": 0.25, "invoice": 0.2, "thanks": 0.2}, [], BARS) == {}


def test_a_label_belongs_to_the_clause_that_says_it_most() -> None:
    parts = [{"delivery_problem": 0.9, "invoice": 0.1}, {"delivery_problem": 0.2, "invoice": 0.8}]
    assert (place_of("delivery_problem", parts), place_of("invoice", parts)) == (1, 2)
    assert place_of("invoice", []) == 0
