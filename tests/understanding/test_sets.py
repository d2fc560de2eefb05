"""Keep the measuring sets apart from what is learnt, and from each other: else they would measure memory."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from math import ceil
from pathlib import Path

import pytest
import yaml

from bot.brain.nlu.normal_form import fold, simplified

ROOT = Path(__file__).parents[2]
HERE = Path(__file__).parent
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
TOO_ALIKE = 0.8
SHORT = 20
"""Shorter sentences ("谢谢", "where is my parcel") are said in one way by everybody: they may recur. A Chinese character counts
two."""

MARKED = re.compile(r"\[([^\]]+)\]\{[^}]*\}")
"""Rasa's way of marking an entity; what the customer wrote stands in the square brackets."""


def said(text: str) -> str:
    return re.sub(r"[^\w]+", " ", simplified(fold(text).text)).strip()


def is_short(text: str) -> bool:
    return sum(1 if letter.isascii() else 2 for letter in text) < SHORT


def grams(text: str) -> frozenset[str]:
    bare = text.replace(" ", "_")
    return frozenset(bare[at : at + 3] for at in range(len(bare) - 2))


def taught() -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "data" / "nlu").glob("*/*.yml")):
        for block in yaml.load(path.read_text(), yaml.CSafeLoader)["nlu"]:  # as safe, and ten times as fast
            lines = (line.strip()[2:] for line in block.get("examples", "").splitlines() if line.strip())
            yield from ((MARKED.sub(r"\1", line), block["intent"]) for line in lines)


def learnt() -> Iterator[str]:
    return (text for text, _ in taught())


def marked(kind: str) -> list[dict]:
    lines = [line for one in LANGUAGES for line in (HERE / kind / f"{one}.jsonl").read_text().splitlines()]
    return [json.loads(line) for line in lines if line.strip()]


def alike(one: Iterable[str], other: Iterable[str]) -> list[tuple[str, str]]:
    """Pair what has more than ``TOO_ALIKE`` of its runs of three characters in common.

    Two such texts share one of the few rarest runs of each, so only those are looked up: every pair is found in seconds.
    """
    known, asked = ({text: grams(text) for text in map(said, texts) if not is_short(text)} for texts in (one, other))
    frequency = Counter(gram for own in (*known.values(), *asked.values()) for gram in own)

    def rarest(own: frozenset[str]) -> list[str]:
        return sorted(own, key=lambda gram: (frequency[gram], gram))[: len(own) - ceil(TOO_ALIKE * len(own)) + 1]

    where = defaultdict(list)
    for text, own in known.items():
        for gram in rarest(own):
            where[gram].append(text)
    return [
        (candidate, text)
        for text, own in asked.items()
        for candidate in {candidate for gram in rarest(own) for candidate in where.get(gram, ())}
        if len(own & known[candidate]) > TOO_ALIKE * len(own | known[candidate])
    ]


def test_every_sentence_is_taught_under_one_intent() -> None:
    intents = defaultdict(set)
    for text, intent in taught():
        intents[text].add(intent)
    assert {text: owners for text, owners in intents.items() if len(owners) > 1} == {}


def numbers_of(kind: str, texts: set[str]) -> list[str]:
    """Name sentences of a set without repeating them: nobody who trains may read the test set."""
    return [one["id"] for one in marked(kind) if said(one["text"]) in texts]


@pytest.mark.parametrize("kind", ["dev", "test"])
def test_no_measuring_sentence_resembles_a_training_sentence(kind: str) -> None:
    pairs = alike(learnt(), (one["text"] for one in marked(kind)))
    assert numbers_of(kind, {text for _, text in pairs}) == []


def test_the_two_measuring_sets_do_not_resemble_each_other() -> None:
    pairs = alike((one["text"] for one in marked("dev")), (one["text"] for one in marked("test")))
    assert numbers_of("dev", {text for text, _ in pairs}) == []


def test_the_check_finds_what_it_looks_for() -> None:
    assert alike(["Where is my parcel, please?"], ["where is my parcel please"])
    assert alike(["請問我的包裹到哪裡了呢"], ["请问我的包裹到哪里了呢？"])
    assert not alike(["Where is my parcel, please?"], ["Do you ship to Norway, please?"])


@pytest.mark.parametrize("kind", ["dev", "test"])
def test_every_marked_sentence_is_well_formed(kind: str) -> None:
    intents = set(yaml.safe_load((ROOT / "domain.yml").read_text())["intents"])
    seen = marked(kind)
    assert len({one["id"] for one in seen}) == len(seen)
    for one in seen:
        assert one["label"] in one["labels"], one["id"]
        assert set(one["labels"]) <= intents, one["id"]
        assert -2 <= one["sentiment"] <= 2, one["id"]
        for wish in one["preferences"]:
            assert wish["object"].casefold() in one["text"].casefold(), one["id"]
