from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.brain.nlu.thing_finder import ThingFinder, units_of

pytestmark = pytest.mark.brain

THINGS = "green tea,dark roast,linen shirts,rye bread,oat milk,blue mugs,wool socks,paper bags".split(",")
WAYS = [
    ("i love {} a lot", "like"),
    ("please no {} for me", "avoid"),
    ("we always take {}", "want"),
    ("{} is not for me", "dislike"),
]


@pytest.fixture(scope="module")
def finder(tmp_path_factory: pytest.TempPathFactory) -> ThingFinder:
    marked = []
    for way, stance in WAYS:
        for thing in THINGS:
            start = way.index("{")
            marked.append((way.format(thing), stance, [(start, start + len(thing))]))
    marked += [
        (f"我喜欢{thing}的", "like", [(3, 3 + len(thing))]) for thing in ("绿茶", "浅烘豆", "棉衬衫", "黑麦包")
    ] * 4
    return ThingFinder.train(marked, tmp_path_factory.mktemp("things"))


@pytest.mark.parametrize(
    ("clause", "stance", "thing"),
    [
        ("i love silk scarves a lot", "like", "silk scarves"),
        ("please no plastic cups for me", "avoid", "plastic cups"),
        ("我喜欢乌龙茶的", "like", "乌龙茶"),
    ],
)
def test_things_never_seen_are_found_where_things_stand(
    finder: ThingFinder, clause: str, stance: str, thing: str
) -> None:
    assert [clause[start:end] for start, end in finder.things(clause, stance)] == [thing]


@given(st.text(max_size=60), st.sampled_from(["like", "avoid", "never heard of"]))
def test_whatever_is_written_things_are_pieces_of_it_one_after_the_other(
    finder: ThingFinder, clause: str, stance: str
) -> None:
    end_before = 0
    for start, end in finder.things(clause, stance):
        assert end_before <= start < end <= len(clause)
        end_before = end


def test_a_clause_of_nothing_but_blanks_holds_nothing(finder: ThingFinder) -> None:
    assert finder.things("   ", "like") == []


def test_a_kept_finder_finds_the_same(finder: ThingFinder, tmp_path: Path) -> None:
    kept = ThingFinder.train([("i love green tea", "like", [(7, 16)])] * 4, tmp_path)
    assert ThingFinder.load(tmp_path).things("i love green tea", "like") == kept.things("i love green tea", "like")


def test_chinese_is_cut_into_letters_and_the_rest_into_words() -> None:
    assert [unit.text for unit in units_of("我要l码 don't 12.5元")] == ["我", "要", "l", "码", "don't", "12.5", "元"]
