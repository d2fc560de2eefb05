"""``tingjian wechat …`` puts the menu and says how things stand, in one sentence where something is wrong."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import settings
from bot.__main__ import main
from bot.store.migrate import migrate
from tests.channels.loopback import served_aside
from tests.channels.wechat.fake.server import FakeWechat
from tests.channels.wechat.fake.tencent import AES_KEY, APP_ID, APP_SECRET, TOKEN
from tests.channels.wechat.fake.troubles import refusal

MENU = "button: [{name: 人工客服, type: click, key: human}]"


@pytest.fixture
def fake() -> Iterator[FakeWechat]:
    with served_aside(FakeWechat()) as fake:
        yield fake


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake: FakeWechat) -> None:
    for name in settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    migrate(f"sqlite:///{tmp_path / 'tingjian.db'}")
    (tmp_path / "menu.yml").write_text(MENU, encoding="utf-8")
    for name, value in {
        "TINGJIAN_HOME": str(tmp_path), "TINGJIAN_PUBLIC_URL": "https://chat.example.com/", "WECHAT_APP_ID": APP_ID,
        "WECHAT_APP_SECRET": APP_SECRET, "WECHAT_TOKEN": TOKEN, "WECHAT_AES_KEY": AES_KEY, "WECHAT_API_BASE": fake.url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


def tingjian(*words: str) -> Result:
    result = CliRunner().invoke(main, ["wechat", *words])
    assert not any(secret in result.output for secret in (APP_SECRET, TOKEN, AES_KEY, "TTTT"))
    assert "Traceback" not in result.output
    return result


def test_a_check_says_what_there_is_and_what_is_left() -> None:
    result = tingjian("check")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        f"account           {APP_ID}",
        "mode here         safe",
        "address           https://chat.example.com/channels/wechat",
        "access token      there is one",
        "pushes come from  2 addresses, the first is 127.0.0.1",
        "messages today    7 of 100000 used, 99993 left",
    ]


def test_a_check_says_what_only_the_operator_can_mend(fake: FakeWechat) -> None:
    fake.tokens.is_listed = False
    result = tingjian("check")
    assert result.exit_code == 1
    assert "access token      none: 40164: our address is not in the IP list (IP白名单) of the account" in result.output


def test_an_account_that_may_not_send_is_told_apart(fake: FakeWechat, monkeypatch: pytest.MonkeyPatch) -> None:
    fake.troubles.append(refusal(48001, path="quota/get", times=9))
    refused = tingjian("check")
    assert refused.exit_code == 1 and "messages today    not known: 48001" in refused.output
    monkeypatch.setenv("WECHAT_CAN_SEND", "0")
    assert tingjian("check").exit_code == 0


def test_the_menu_is_pushed_and_shown(fake: FakeWechat) -> None:
    before = tingjian("menu", "show")
    assert before.exit_code == 2 and "46003: there is no menu" in before.output
    pushed = tingjian("menu", "push", "menu.yml")
    assert pushed.exit_code == 0 and "The menu is there" in pushed.output
    assert fake.menu == {"button": [{"name": "人工客服", "type": "click", "key": "human"}]}
    assert json.loads(tingjian("menu", "show").output) == fake.menu


def test_a_menu_with_a_mistake_never_reaches_wechat(fake: FakeWechat, tmp_path: Path) -> None:
    (tmp_path / "menu.yml").write_text("button: [{name: a}]", encoding="utf-8")
    result = tingjian("menu", "push", "menu.yml")
    assert result.exit_code == 2 and "button 1: type must be one of" in result.output
    assert fake.record.calls == []


def test_without_an_account_or_a_database_one_sentence_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TINGJIAN_DATABASE_URL", f"sqlite:///{tmp_path / 'new.db'}")
    without_tables = tingjian("check")
    assert without_tables.exit_code == 2 and "tingjian migrate" in without_tables.output
    for name in ("APP_ID", "APP_SECRET", "TOKEN", "AES_KEY"):
        monkeypatch.delenv(f"WECHAT_{name}")
    without_account = tingjian("check")
    assert without_account.exit_code == 2 and "WECHAT_APP_ID: not set" in without_account.output
