"""A command is one of four; whatever else begins with a slash stays the customer's text."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.commands import ChooseLanguage, Command, Help, Human, Start, command_in, parse, spelt
from bot.domain.language import LANGUAGES

payloads = st.text("abcXYZ019_-", min_size=1, max_size=64)
bots = st.sampled_from(["", "@shop_bot", "@Shop_Bot9"])
commands = st.one_of(
    st.builds(Start, st.none() | payloads), st.just(Help()), st.just(Human()),
    st.builds(ChooseLanguage, st.none() | st.sampled_from(LANGUAGES)),
)  # fmt: skip


def written(command: Command, name: str, bot: str, space: str) -> str:
    argument = getattr(command, "payload", None) or getattr(command, "language", None)
    return f"/{name}{bot}" + (f"{space}{argument}" if argument else "")


@given(commands, bots, st.sampled_from([" ", "  ", "\n"]), st.sampled_from([str.lower, str.upper, str.title]))
def test_a_command_is_read_however_it_is_written(
    command: Command, bot: str, space: str, case: Callable[[str], str]
) -> None:
    name = {Start: "start", Help: "help", Human: "human", ChooseLanguage: "language"}[type(command)]
    assert parse(written(command, case(name), bot, space)) == command
    assert parse(f" {written(command, case(name), bot, space)}\n") == command


@given(st.text(), st.sampled_from(["", "/", "/start ", "/help ", "/language ", "/start@"]))
def test_no_text_breaks_the_parser_and_only_what_is_a_command_is_one(text: str, beginning: str) -> None:
    command = parse(beginning + text)
    assert command is None or (beginning + text).strip().startswith("/")
    if isinstance(command, Start) and command.payload is not None:
        assert 1 <= len(command.payload) <= 64 and command.payload.isascii()
    if isinstance(command, ChooseLanguage):
        assert command.language in (None, *LANGUAGES)


@pytest.mark.parametrize(
    "text",
    [
        "", "start", "/", "/restart", "/greet", '/greet{"name":"x"}', "/starting", "/start@", "/start@bot@bot",
        "/help me with my parcel", "/start where is my order", "/start " + "x" * 65, "/start a.b", "/start a=b",
        "/ start", "//start", "say /start", "/language in English please", "/ſtart", "/start\u00e9", "/st\u200bart",
        "/human_rights", "／start", "/start@shop-bot",
    ],
)  # fmt: skip
def test_anything_else_is_text(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("/human my parcel is broken", Human()),
        ("/human@shop_bot now!", Human()),
        ("/language zh-hant", ChooseLanguage("zh-Hant")),
        ("/LANGUAGE EN", ChooseLanguage("en")),
        ("/language fr", ChooseLanguage(None)),
        ("/start -_-", Start("-_-")),
    ],
)
def test_what_is_meant_is_understood(text: str, command: Command) -> None:
    assert parse(text) == command


@pytest.mark.parametrize(
    ("kind", "is_one"), [("command", True), ("button", True), ("text", False), ("forwarded", False)]
)
def test_only_commands_and_our_own_buttons_give_commands(kind: str, is_one: bool) -> None:
    assert command_in(kind, "/language en") == (ChooseLanguage("en") if is_one else None)


@pytest.mark.parametrize("language", [None, *LANGUAGES])
def test_the_payload_of_a_button_is_understood_when_it_comes_back(language: object) -> None:
    command = ChooseLanguage(language)  # type: ignore[arg-type]
    assert command_in("button", spelt(command)) == command


def test_a_hostile_text_does_not_hold_the_parser_up() -> None:
    for hostile in ("/start" + " " * 1_000_000 + "x y", "/" + "a" * 1_000_000, "/start@" + "b" * 1_000_000):
        assert parse(hostile) is None
