"""The words of the interface: every language says everything, and nothing a customer types becomes a template."""

import re
from pathlib import Path
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import words

CHAT = Path(words.__file__).parent / "channels" / "web"
DOMAINS = sorted({path.stem for path in words.HOME.glob("*/LC_MESSAGES/*.po")})


def places(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def literals(pattern: str, *files: Path) -> set[str]:
    return {found for file in files for found in re.findall(pattern, file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_language_has_the_same_msgids_with_the_same_places(language: str, domain: str) -> None:
    english, other = words.catalogue("en", domain), words.catalogue(language, domain)
    assert other.keys() == english.keys()
    assert {msgid: places(text) for msgid, text in other.items()} == {m: places(text) for m, text in english.items()}


@pytest.mark.parametrize("domain", DOMAINS)
@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant"])
def test_no_chinese_entry_is_left_in_english(language: str, domain: str) -> None:
    left = [m for m, text in words.catalogue(language, domain).items() if text == m and re.search(r"[A-Za-z]{4}", m)]
    assert not [msgid for msgid in left if " " in msgid]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_a_msgid_that_two_domains_know_says_the_same_in_both(language: str) -> None:
    said: dict[str, str] = {}
    for domain in DOMAINS:
        for msgid, text in words.catalogue(language, domain).items():
            assert said.setdefault(msgid, text) == text, f"{domain} says {msgid!r} otherwise"


def test_every_word_the_chat_page_asks_for_is_in_its_catalogue() -> None:
    known = words.catalogue("en", "chat").keys()
    scripts, template = sorted((CHAT / "static").glob("*.js")), CHAT / "templates" / "chat.html"
    assert literals(r'\bsay\("([^"]+)"', *scripts) <= known
    assert literals(r'\bt\("([^"]+)"\)', template) <= known
    listed = re.findall(r"in \[(.+?)\]", template.read_text(encoding="utf-8"))
    assert {text for row in listed for text in re.findall(r'"([^"]+)"', row)} <= known


def test_the_chat_catalogue_holds_no_word_that_nobody_says() -> None:
    files = [*(CHAT / "static").glob("*.js"), CHAT / "templates" / "chat.html"]
    source = "\n".join(file.read_text(encoding="utf-8") for file in files)
    assert [msgid for msgid in words.catalogue("en", "chat") if f'"{msgid}"' not in source] == []


def test_values_take_their_places() -> None:
    assert words.say("en", "{name} is with you", name="Lin Lan") == "Lin Lan is with you"


@given(st.text())
def test_whatever_a_value_holds_stays_literal(value: str) -> None:
    assert words.say("en", "{name} is with you", name=value) == f"{value} is with you"


def test_a_value_left_out_is_an_error() -> None:
    with pytest.raises(KeyError, match="name"):
        words.say("en", "{name} is with you")


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_an_unknown_msgid_is_an_error_that_names_it(language: str) -> None:
    with pytest.raises(KeyError, match="nobody ever wrote this"):
        words.say(language, "nobody ever wrote this")


def test_an_unknown_language_is_an_error() -> None:
    with pytest.raises(KeyError):
        words.say("fr", "Send")


def test_a_page_gets_a_copy_and_cannot_change_the_words() -> None:
    words.catalogue("en", "chat").clear()
    assert words.for_page("en")("Send") == "Send"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "zh-Hans"),
        ("", "zh-Hans"),
        ("*", "zh-Hans"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-SG", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK,en;q=0.5", "zh-Hant"),
        ("zh-MO", "zh-Hant"),
        ("zh-Hant-US", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("en-GB,en;q=0.9", "en"),
        ("fr-FR,de;q=0.8", "en"),
        ("fr, zh-TW;q=0.7, en;q=0.3", "zh-Hant"),
        ("en;q=0.2, zh-CN;q=0.8", "zh-Hans"),
        ("zh;q=0, en;q=0.1", "en"),
        (";;;q=x, ,", "en"),
    ],
)
def test_a_page_speaks_the_language_most_wanted(header: str | None, language: str) -> None:
    assert words.best_language(header) == language


@given(st.text())
def test_any_header_gives_a_language_we_have(header: str) -> None:
    assert words.best_language(header) in words.LANGUAGES
