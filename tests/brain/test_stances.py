import pytest

from bot.brain.nlu.stances import Bars, Mark, Stated, Take, read, stated
from bot.brain.nlu.thing_finder import ThingFinder
from bot.brain.nlu.tokenizer import MixedTokenizer
from bot.domain.preferences import CUSTOMER, Polarity

pytestmark = pytest.mark.brain

BARS = Bars(alone=0.5, heard=0.3)
THINGS = "green tea,dark roast,linen shirts,rye bread,oat milk,blue mugs,wool socks,paper bags".split(",")


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> ThingFinder:
    ways = [("{} does it for me", "like"), ("{} and i are not friends", "dislike"), ("mine is {} every time", "want")]
    marked = [
        (way.format(thing), stance, [(way.index("{"), way.index("{") + len(thing))])
        for way, stance in ways
        for thing in THINGS
    ]
    return ThingFinder.train(marked, tmp_path_factory.mktemp("things"))


def clauses_of(text: str, *marks: Mark) -> list[Stated]:
    from rasa.shared.nlu.training_data.message import Message

    tokens = MixedTokenizer(MixedTokenizer.get_default_config()).tokenize(Message(data={"text": text}), "text")
    return list(stated(text, tokens, marks))


def test_a_clause_takes_the_stance_of_what_is_marked_in_it() -> None:
    text = "my son loves crisps, I stick to nuts. What is new?"
    others, own, asked = clauses_of(text, Mark(13, 19, "like", is_own=False), Mark(32, 36, "want", is_own=True))
    assert [one.take for one in (others, own, asked)] == [Take.ANOTHERS, Take.WANT, Take.NONE]
    assert [own.clause.written[start:end] for start, end in own.things] == ["nuts"]


def test_what_the_rules_hear_is_a_word_of_its_clause_alone() -> None:
    plain, heard = clauses_of("The parcel is here. I love green tea.")
    assert not any(word.startswith("§") for word in plain.words)
    assert "§own-like" in heard.words


def test_a_thing_is_found_in_words_that_no_rule_knows(finder: ThingFinder) -> None:
    text = "Silver birch does it for me."
    [found] = read(text, clauses_of(text), [{Take.LIKE: 0.7, Take.NONE: 0.3}], finder, BARS)
    assert (found.object, found.polarity, found.subject) == ("Silver birch", Polarity.LIKE, CUSTOMER)
    assert text[found.quote_start : found.quote_end] == found.quote
    assert found.confidence == 0.7


def test_where_rule_and_stance_agree_the_rule_names_the_thing(finder: ThingFinder) -> None:
    text = "I don't eat pork."
    [found] = read(text, clauses_of(text), [{Take.AVOID: 0.9, Take.NONE: 0.1}], finder, BARS)
    assert (found.object, found.kind) == ("pork", "dietary")


@pytest.mark.parametrize(
    "told",
    [{Take.NONE: 0.8, Take.LIKE: 0.2}, {Take.AVOID: 0.4, Take.NONE: 0.6}, {Take.ANOTHERS: 1.0}],
    ids=["none", "the contrary, unsure", "somebody else's"],
)
def test_nothing_is_heard_of_what_is_not_surely_the_customers(finder: ThingFinder, told: dict[Take, float]) -> None:
    text = "I love green tea."
    assert read(text, clauses_of(text), [told], finder, BARS) == []


def test_less_is_enough_where_a_rule_heard_the_same(finder: ThingFinder) -> None:
    heard, unheard = "I love green tea.", "Silver birch does it for me."
    told = [{Take.LIKE: 0.4, Take.NONE: 0.6}]
    assert [one.object for one in read(heard, clauses_of(heard), told, finder, BARS)] == ["green tea"]
    assert read(unheard, clauses_of(unheard), told, finder, BARS) == []


def test_likes_and_wants_together_outweigh_what_is_nothing(finder: ThingFinder) -> None:
    text = "mine is rooibos every time"
    [found] = read(text, clauses_of(text), [{Take.LIKE: 0.3, Take.WANT: 0.32, Take.NONE: 0.38}], finder, BARS)
    assert (found.object, found.polarity) == ("rooibos", Polarity.WANT)


def test_an_allergy_behind_a_question_is_heard_whatever_the_model_says(finder: ThingFinder) -> None:
    text = "Are there nuts in it? I'm allergic."
    found = read(text, (clauses := clauses_of(text)), [{Take.NONE: 1.0}] * len(clauses), finder, BARS)
    assert [one.object for one in found] == ["nuts"]
