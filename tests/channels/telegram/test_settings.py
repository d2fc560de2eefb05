"""Telegram is off without a token, and whoever switches it on wrongly is told everything at once."""

from pathlib import Path

import pytest

from bot import settings
from bot.channel_settings.telegram import TELEGRAM_API, TelegramSettings
from bot.errors import BadSetting

TOKEN = "123456789:AAExampleExampleExampleExample12345"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TINGJIAN_HOME", str(tmp_path))


def chosen(monkeypatch: pytest.MonkeyPatch, **values: str) -> TelegramSettings | None:
    for name, value in values.items():
        monkeypatch.setenv(f"TELEGRAM_{name}", value)
    return settings.read(dotenv=None).telegram


def test_without_a_token_telegram_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen(monkeypatch) is None
    assert chosen(monkeypatch, BOT_TOKEN="", MODE="webhook") is None


def test_a_token_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = chosen(monkeypatch, BOT_TOKEN=TOKEN)
    assert telegram == TelegramSettings(TOKEN, "polling", None, TELEGRAM_API, 30, 20)
    assert (telegram.account, telegram.is_real) == ("123456789", True)


def test_a_token_of_another_shape_stands_for_some_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    telegram = chosen(monkeypatch, BOT_TOKEN="sampleToken", API_BASE="http://127.0.0.1:9000/")
    assert telegram is not None
    assert (telegram.account, telegram.api_base, telegram.is_real) == ("bot", "http://127.0.0.1:9000", False)


def test_the_webhook_needs_a_secret_and_a_weak_one_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSetting, match="TELEGRAM_WEBHOOK_SECRET: needed in webhook mode"):
        chosen(monkeypatch, BOT_TOKEN=TOKEN, MODE="webhook")
    for secret, weak in (("short", True), ("a" * 16, False)):
        telegram = chosen(monkeypatch, WEBHOOK_SECRET=secret)
        assert telegram is not None and (telegram.mode, telegram.has_weak_secret) == ("webhook", weak)


@pytest.mark.parametrize(
    "token", [" ", f" {TOKEN}", f"{TOKEN}\n", "12 34:x", "123:a/b", "123:a?b", "123:a%2fb", "令牌"]
)
def test_a_token_that_would_change_an_address_is_refused_and_not_repeated(
    monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    with pytest.raises(BadSetting, match="TELEGRAM_BOT_TOKEN") as refusal:
        chosen(monkeypatch, BOT_TOKEN=token)
    assert token.strip() == "" or token.strip() not in str(refusal.value)


@pytest.mark.parametrize("secret", ["with space", "x" * 257, "ümlaut", "a.b", "a/b"])
def test_a_secret_that_telegram_would_not_send_is_refused(monkeypatch: pytest.MonkeyPatch, secret: str) -> None:
    with pytest.raises(BadSetting, match="TELEGRAM_WEBHOOK_SECRET"):
        chosen(monkeypatch, BOT_TOKEN=TOKEN, MODE="webhook", WEBHOOK_SECRET=secret)


def test_everything_wrong_is_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSetting) as refusal:
        chosen(
            monkeypatch, BOT_TOKEN="a b", MODE="pulling", WEBHOOK_SECRET="!", API_BASE="ftp://x", PER_SECOND="0",
            PER_GROUP_MINUTE="many", WEBHOOK="1",
        )  # fmt: skip
    for name in ("BOT_TOKEN", "MODE", "WEBHOOK_SECRET", "API_BASE", "PER_SECOND", "PER_GROUP_MINUTE"):
        assert f"TELEGRAM_{name}:" in str(refusal.value)
    assert "TELEGRAM_WEBHOOK: unknown setting" in str(refusal.value)


@pytest.mark.parametrize("base", ["http://[", "nowhere", "https://x/?a=1", "https:///bot", "http://x:y"])
def test_an_api_must_have_an_address(monkeypatch: pytest.MonkeyPatch, base: str) -> None:
    with pytest.raises(BadSetting, match="TELEGRAM_API_BASE"):
        chosen(monkeypatch, BOT_TOKEN=TOKEN, API_BASE=base)


def test_no_secret_is_shown_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGJIAN_API_TOKEN", "api-token-of-the-house")
    chosen(monkeypatch, BOT_TOKEN=TOKEN, MODE="webhook", WEBHOOK_SECRET="webhook-secret-of-it")
    shown = repr(settings.read(dotenv=None))
    for secret in (TOKEN, "webhook-secret-of-it", "api-token-of-the-house"):
        assert secret not in shown
