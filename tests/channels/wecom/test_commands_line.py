"""``tingjian wecom check`` says how things stand, in one sentence where something is wrong, and never a secret."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import settings
from bot.__main__ import main
from bot.store.migrate import migrate
from tests.channels.loopback import served_aside
from tests.channels.wecom.fake.server import CORP_ID, SECRET, FakeWecom
from tests.channels.wecom.house import AES_KEY, TOKEN


@pytest.fixture
def fake() -> Iterator[FakeWecom]:
    with served_aside(FakeWecom("wkShop")) as fake:
        yield fake


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, fake: FakeWecom) -> None:
    for name in settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    migrate(f"sqlite:///{tmp_path / 'tingjian.db'}")
    for name, value in {
        "TINGJIAN_HOME": str(tmp_path), "TINGJIAN_PUBLIC_URL": "https://chat.example.com/", "WECOM_CORP_ID": CORP_ID,
        "WECOM_KF_SECRET": SECRET, "WECOM_KF_TOKEN": TOKEN, "WECOM_KF_AES_KEY": AES_KEY, "WECOM_API_BASE": fake.url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


def check() -> Result:
    result = CliRunner().invoke(main, ["wecom", "check"])
    assert not any(secret in result.output for secret in (SECRET, TOKEN, AES_KEY))
    assert "Traceback" not in result.output
    return result


def test_it_names_the_accounts_and_where_callbacks_go() -> None:
    result = check()
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "All is well.")
    assert "account wkShop (wkShop)" in result.output
    assert "https://chat.example.com/channels/wecom-kf" in result.output
    assert "to our desk" in result.output


def test_no_account_is_a_problem_with_its_remedy(fake: FakeWecom) -> None:
    fake.talk.accounts.clear()
    result = check()
    assert result.exit_code == 1 and "可调用接口的应用" in result.output


def test_without_a_public_address_it_says_that_nobody_calls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TINGJIAN_PUBLIC_URL")
    result = check()
    assert result.exit_code == 1 and "polling only" in result.output


def test_a_hand_off_to_wecom_names_who_gets_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECOM_KF_HANDOFF", "wecom")
    assert "to the pool in the WeCom client" in check().output
    monkeypatch.setenv("WECOM_KF_SERVICER", "li.lei")
    assert "to li.lei in the WeCom client" in check().output


def test_a_wrong_secret_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WECOM_KF_SECRET", "wrong")
    result = check()
    assert result.exit_code == 2 and "WeCom does not know our secret" in result.output


def test_without_settings_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in settings.names():
        if name.startswith("WECOM_"):
            monkeypatch.delenv(name, raising=False)
    result = check()
    assert result.exit_code == 2 and "WECOM_CORP_ID: not set" in result.output
