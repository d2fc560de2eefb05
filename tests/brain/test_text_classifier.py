from pathlib import Path

import numpy as np
import pytest

pytestmark = pytest.mark.brain

PRICES = [["how", "much", "is", thing] for thing in "tea coffee cake milk soap rope wine salt".split()]
HOURS = [["when", "do", "you", "open", "on", day] for day in "monday tuesday wednesday thursday friday".split()]
PEOPLE = [["let", "me", "talk", "to", "a", who] for who in "person human agent manager somebody".split()]
TEXTS = [*PRICES, *HOURS, *PEOPLE] * 4
NO_MEANINGS = np.zeros((len(TEXTS), 0), dtype=np.float32)
INTENTS = (["price"] * len(PRICES) + ["store_hours"] * len(HOURS) + ["ask_human"] * len(PEOPLE)) * 4


def none(number: int) -> np.ndarray:
    return NO_MEANINGS[:number]


@pytest.fixture(scope="module")
def model():
    from bot.brain.nlu.text_classifier import TextClassifier

    return TextClassifier.train(TEXTS, NO_MEANINGS, INTENTS)


def test_what_was_learnt_is_recognised_in_other_words(model) -> None:
    rows = model.probabilities(
        [["how", "much", "is", "sugar"], ["do", "you", "open", "today"]],
        none(len([["how", "much", "is", "sugar"], ["do", "you", "open", "today"]])),
    )
    assert [model.classes[best] for best in rows.argmax(axis=1)] == ["price", "store_hours"]


def test_probabilities_are_probabilities(model) -> None:
    rows = model.probabilities(
        [["tea"], ["nothing", "like", "it"], ["何时", "营业"]],
        none(len([["tea"], ["nothing", "like", "it"], ["何时", "营业"]])),
    )
    assert rows.shape == (3, 3)
    assert np.allclose(rows.sum(axis=1), 1, atol=1e-5)
    assert (rows >= 0).all()


def test_words_never_seen_give_no_certainty(model) -> None:
    assert (
        model.probabilities([["quux"]], none(len([["quux"]]))).max()
        < model.probabilities([PRICES[0]], none(len([PRICES[0]]))).max()
    )


def test_a_kept_model_reads_as_before(model, tmp_path: Path) -> None:
    from bot.brain.nlu.text_classifier import TextClassifier

    model.save(tmp_path)
    loaded = TextClassifier.load(tmp_path)
    assert loaded.classes == model.classes
    assert np.allclose(
        loaded.probabilities(TEXTS[:20], none(len(TEXTS[:20]))),
        model.probabilities(TEXTS[:20], none(len(TEXTS[:20]))),
        atol=0.01,
    )


def test_nothing_in_a_kept_model_can_be_executed(model, tmp_path: Path) -> None:
    model.save(tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".npy", ".npz"}
    for path in tmp_path.glob("*.np*"):
        np.load(path, allow_pickle=False)


def test_two_intents_suffice() -> None:
    from bot.brain.nlu.text_classifier import TextClassifier

    model = TextClassifier.train(
        [*PRICES, *HOURS], none(len(PRICES) + len(HOURS)), ["price"] * len(PRICES) + ["store_hours"] * len(HOURS)
    )
    rows = model.probabilities([PRICES[0], HOURS[0]], none(len([PRICES[0], HOURS[0]])))
    assert [model.classes[best] for best in rows.argmax(axis=1)] == ["price", "store_hours"]


def test_cues_count_as_words_and_have_no_letters() -> None:
    from bot.brain.nlu.cues import cues_in
    from bot.brain.nlu.terms import written

    assert cues_in("几点开门") == []
    assert "§person" in cues_in("转人工")
    assert "§taste" in cues_in("我喜欢浅烘的咖啡豆")
    assert written(["I", "like", "红茶", "§taste"]) == " I like 红茶 "


def test_where_the_same_words_mean_different_things_nothing_is_certain(model) -> None:
    from bot.brain.nlu.text_classifier import TextClassifier

    intents = ["price", "store_hours", "ask_human"]
    contradictory = [intents[(number + number // 18) % 3] for number in range(len(TEXTS))]
    assert TextClassifier.train(TEXTS, NO_MEANINGS, contradictory).probabilities(TEXTS, none(len(TEXTS))).max() < 0.9
    assert model.probabilities(TEXTS, none(len(TEXTS))).max() > 0.9


def test_meanings_tell_apart_what_words_do_not() -> None:
    from bot.brain.nlu.text_classifier import TextClassifier

    near, far = np.array([[1, 0.1], [0.9, -0.1]] * 10), np.array([[-1, 0.1], [-0.9, -0.1]] * 10)
    words = [[f"word{number}"] for number in range(40)]
    model = TextClassifier.train(words, np.vstack([near, far]).astype(np.float32), ["yes"] * 20 + ["no"] * 20)
    rows = model.probabilities([["never", "seen"]] * 2, np.array([[0.8, 0], [-0.8, 0]], dtype=np.float32))
    assert [model.classes[best] for best in rows.argmax(axis=1)] == ["yes", "no"]


def test_terms_are_weighed_as_scikit_learn_weighs_them() -> None:
    from sklearn.feature_extraction.text import TfidfVectorizer

    from bot.brain.nlu.terms import Terms

    texts = [" ".join(text) for text in TEXTS]
    expected = TfidfVectorizer(token_pattern=r"\S+", ngram_range=(1, 2), sublinear_tf=True, lowercase=False)
    rows = expected.fit(texts).transform(["how much much is tea tea tea", "quux"]).toarray()
    mine = Terms.learn(TEXTS).matrix(["how much much is tea tea tea".split(), ["quux"]]).toarray()
    assert np.allclose(mine[:, : rows.shape[1]], rows, atol=1e-5)
