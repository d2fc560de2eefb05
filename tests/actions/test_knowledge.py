"""The shop's answers are read strictly, and what is wrong is named with its place."""

import json
from pathlib import Path

import pytest
import yaml

from actions.knowledge.entries import read_entries
from actions.knowledge.library import FOLDER, Library, Sure, Unknown
from bot import demo
from bot.domain.language import LANGUAGES
from bot.errors import BadSetting

ENTRY = """
- id: {id}
  title: {{zh-Hans: {title}一, zh-Hant: {title}二, en: {title}3}}
  answer: {{zh-Hans: 答, zh-Hant: 答, en: yes}}
  asked: {{zh-Hans: [怎么办], zh-Hant: [怎麼辦], en: [what now]}}
"""
HEAD = "intent: delivery\nentries:"


def read(folder: Path, text: str, *, with_demo: bool = True) -> int:
    (folder / "shop.yml").write_text(text.replace("en: yes", "en: 'yes'"), encoding="utf-8")
    return len(read_entries(folder, with_demo=with_demo))


def test_an_entry_is_read(tmp_path: Path) -> None:
    assert read(tmp_path, HEAD + ENTRY.format(id="one", title="问")) == 1


def test_what_belongs_to_the_demo_shop_is_left_out_without_it(tmp_path: Path) -> None:
    text = "demo: true\n" + HEAD + ENTRY.format(id="one", title="问")
    assert (read(tmp_path, text), read(tmp_path, text, with_demo=False)) == (1, 0)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("intent: delivery\nentries: [", "shop.yml: .*line"),
        ("entries: []", "shop.yml: \"intent\" is a required property"),
        (HEAD + ENTRY.format(id="One!", title="问"), "shop.yml: entries/0/id: "),
        (HEAD + ENTRY.format(id="one", title="问").replace(", en: yes", ""), "entries/0.*\"en\" is a required"),
        (HEAD + ENTRY.format(id="one", title="问") + "  fact: delivery\n", "entries/0: "),
        (HEAD + ENTRY.format(id="one", title="问") + ENTRY.format(id="one", title="事"), "'one' stands for 2 entries"),
        (HEAD + ENTRY.format(id="one", title="问") + ENTRY.format(id="two", title="问"), "'问一' stands for 2 entries"),
        (HEAD + ENTRY.format(id="one", title="问") + "  id: two\n", "shop.yml: .*duplicate key"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, complaint: str) -> None:
    with pytest.raises(BadSetting, match=complaint):
        read(tmp_path, text)


def test_every_answer_belongs_to_an_intent_of_the_domain_and_every_fact_to_the_demo_shop() -> None:
    entries = read_entries(FOLDER, with_demo=True)
    domain = yaml.safe_load((FOLDER.parents[1] / "domain.yml").read_text())
    assert {entry.intent for entry in entries} <= set(domain["intents"])
    assert sorted(entry.fact for entry in entries if entry.fact) == sorted(demo.FACTS)
    assert all(entry.fact in (None, entry.intent) for entry in entries)


def test_every_title_finds_its_own_entry_in_every_language() -> None:
    library = Library.of(read_entries(FOLDER, with_demo=True))
    for entry in library.entries:
        assert [library.search(entry.title[language]) for language in LANGUAGES] == [Sure(entry)] * len(LANGUAGES)


@pytest.mark.parametrize("text", ["", "?!", "😀", "\x00", "长" * 100_000, "zzz qqq", "{title}"])
def test_noise_finds_nothing(text: str) -> None:
    assert Library.of(read_entries(FOLDER, with_demo=True)).search(text) == Unknown()


def test_an_empty_library_knows_nothing() -> None:
    assert Library.of(()).search("满多少包邮") == Unknown()


def test_the_measuring_set_repeats_no_way_of_asking() -> None:
    asked = {way for entry in read_entries(FOLDER, with_demo=True) for way in entry.wordings(*LANGUAGES)}
    lines = (FOLDER.parents[1] / "tests/understanding/faq.jsonl").read_text(encoding="utf-8").splitlines()
    assert not asked & {json.loads(line)["text"] for line in lines}
