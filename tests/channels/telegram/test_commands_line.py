"""``tingjian telegram …`` sets, deletes and checks the webhook, and says in one sentence what is wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot import settings
from bot.__main__ import main
from bot.channel_settings.telegram import TELEGRAM_API, TelegramSettings
from bot.channels.telegram.commands import webhook_url
from bot.errors import BadSetting
from tests.channels.loopback import served_aside
from tests.channels.telegram.fake.server import TOKEN, FakeTelegram
from tests.channels.telegram.fake.spec import spec_or_skip

SECRET = "a-secret_for-Telegram-0123456789"


@pytest.fixture
def api() -> Iterator[FakeTelegram]:
    with served_aside(FakeTelegram(spec_or_skip())) as fake:
        yield fake


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, api: FakeTelegram) -> None:
    for name in settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "TINGJIAN_HOME": str(tmp_path), "TINGJIAN_PUBLIC_URL": "http://127.0.0.1:8080/", "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": SECRET, "TELEGRAM_API_BASE": api.url,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)


def tingjian(*words: str) -> Result:
    result = CliRunner().invoke(main, ["telegram", *words])
    assert TOKEN not in result.output and SECRET not in result.output
    return result


def test_the_webhook_is_set_with_the_secret_and_for_what_we_read_only(api: FakeTelegram) -> None:
    result = tingjian("set-webhook", "--connections", "12")
    assert (result.exit_code, result.output) == (0, "Telegram now calls http://127.0.0.1:8080/channels/telegram\n")
    [call] = api.record.of("setWebhook")
    assert call.parameters["secret_token"] == SECRET
    assert call.parameters["max_connections"] == 12
    assert call.parameters["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert {call.parameters.get("language_code") for call in api.record.of("setMyCommands")} == {None, "en", "zh"}
    assert api.record.wrong == []


def test_a_check_says_who_the_bot_is_and_whether_all_fits(api: FakeTelegram, monkeypatch: pytest.MonkeyPatch) -> None:
    before = tingjian("check")
    assert before.exit_code == 1 and "set-webhook" in before.output
    tingjian("set-webhook")
    after = tingjian("check")
    assert after.exit_code == 0
    assert "@tingjian_bot (424242)" in after.output and "All is well." in after.output
    monkeypatch.setenv("TELEGRAM_MODE", "polling")
    polling = tingjian("check")
    assert polling.exit_code == 1 and "delete-webhook" in polling.output
    assert tingjian("delete-webhook").exit_code == 0
    assert tingjian("check").exit_code == 0
    assert [call.parameters.get("drop_pending_updates", False) for call in api.record.of("deleteWebhook")] == [False]


def test_a_webhook_that_leads_elsewhere_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    tingjian("set-webhook")
    monkeypatch.setenv("TINGJIAN_PUBLIC_URL", "http://127.0.0.1:9999")
    result = tingjian("check")
    assert result.exit_code == 1 and "another address" in result.output


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("TINGJIAN_PUBLIC_URL", None, "TINGJIAN_PUBLIC_URL: needed"),
        ("TELEGRAM_MODE", "polling", "TELEGRAM_MODE: set it to webhook"),
        ("TELEGRAM_BOT_TOKEN", None, "TELEGRAM_BOT_TOKEN: not set"),
        ("TELEGRAM_WEBHOOK_SECRET", None, "TELEGRAM_WEBHOOK_SECRET: needed"),
        ("TELEGRAM_BOT_TOKEN", "1:unknown", "does not know our token"),
        ("TELEGRAM_API_BASE", "http://127.0.0.1:9", "Telegram was not reached"),
    ],
)
def test_what_is_missing_is_said_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str | None, reason: str
) -> None:
    if value is None:
        monkeypatch.delenv(name)
    else:
        monkeypatch.setenv(name, value)
    result = tingjian("set-webhook")
    assert result.exit_code == 2
    assert reason in result.output and "Traceback" not in result.output and "1:unknown" not in result.output


@pytest.mark.parametrize(
    ("url", "is_right"),
    [
        ("https://chat.example.com", True), ("https://chat.example.com:8443/", True), ("https://x.example:80", True),
        ("http://chat.example.com", False), ("https://chat.example.com:8080", False),
    ],
)  # fmt: skip
def test_telegram_itself_calls_few_addresses_only(monkeypatch: pytest.MonkeyPatch, url: str, is_right: bool) -> None:
    monkeypatch.setenv("TINGJIAN_PUBLIC_URL", url)
    monkeypatch.setenv("TELEGRAM_API_BASE", TELEGRAM_API)
    chosen = settings.read(dotenv=None)
    telegram = chosen.telegram
    assert isinstance(telegram, TelegramSettings)
    if is_right:
        assert webhook_url(chosen, telegram) == url.rstrip("/") + "/channels/telegram"
        return
    with pytest.raises(BadSetting, match="TINGJIAN_PUBLIC_URL"):
        webhook_url(chosen, telegram)
