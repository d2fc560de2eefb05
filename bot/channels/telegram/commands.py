"""Tend the webhook from the command line: set it, delete it, and say how things stand."""

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from bot.channel_settings.telegram import TelegramSettings
from bot.channels.telegram import kinds
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import PATH
from bot.errors import BadSetting
from bot.settings import Settings

CONNECTIONS: Final = 40
PORTS: Final = (443, 80, 88, 8443)
"""The only ports that Telegram calls. https://core.telegram.org/bots/api#setwebhook"""
Say = Callable[[str], None]


async def set_webhook(settings: Settings, say: Say, connections: int = CONNECTIONS) -> None:
    """Have Telegram call us, and offer our commands; raises BadSetting or ChannelError."""
    telegram = telegram_of(settings)
    if telegram.mode != "webhook":
        raise BadSetting("TELEGRAM_MODE: set it to webhook first, or polling and webhook would exclude each other")
    url = webhook_url(settings, telegram)
    api = TelegramApi(telegram)
    try:
        await api.set_webhook(url, telegram.webhook_secret or "", kinds.READ, connections)
        await api.set_commands()
    finally:
        await api.close()
    say(f"Telegram now calls {url}")


async def delete_webhook(settings: Settings, say: Say) -> None:
    """Have Telegram keep updates until they are asked for; none is dropped."""
    api = TelegramApi(telegram_of(settings))
    try:
        await api.delete_webhook()
    finally:
        await api.close()
    say("Telegram calls nobody now. With TELEGRAM_MODE=polling Tingjian asks for updates itself.")


async def check(settings: Settings, say: Say) -> bool:
    """Say who the bot is, what is set here and there, and what waits; return whether the two fit together."""
    telegram = telegram_of(settings)
    api = TelegramApi(telegram)
    try:
        me, there = await api.me(), await api.webhook()
    finally:
        await api.close()
    url = str(there.get("url") or "")
    say(f"bot               @{me.username} ({me.id})")
    say(f"mode here         {telegram.mode}")
    say(f"webhook there     {url or 'none'}")
    say(f"updates waiting   {there.get('pending_update_count', 0)}")
    if there.get("last_error_message"):
        say(f"last error        {there['last_error_message']}")
    problem = _mismatch(settings, telegram, url)
    say(problem or "All is well.")
    return problem is None


def telegram_of(settings: Settings) -> TelegramSettings:
    """Return the settings of the channel; raises BadSetting when it is off."""
    if settings.telegram is None:
        raise BadSetting("TELEGRAM_BOT_TOKEN: not set, so there is no Telegram")
    return settings.telegram


def webhook_url(settings: Settings, telegram: TelegramSettings) -> str:
    """Return the address that Telegram is to call; raises BadSetting for one that it would not."""
    if settings.public_url is None:
        raise BadSetting("TINGJIAN_PUBLIC_URL: needed, Telegram must know where to call")
    parts = urlsplit(settings.public_url)
    if telegram.is_real and parts.scheme != "https":
        raise BadSetting("TINGJIAN_PUBLIC_URL: Telegram calls https:// addresses only")
    if telegram.is_real and (parts.port or 443) not in PORTS:
        raise BadSetting(f"TINGJIAN_PUBLIC_URL: Telegram calls the ports {', '.join(map(str, PORTS))} only")
    return settings.public_url.rstrip("/") + PATH


def _mismatch(settings: Settings, telegram: TelegramSettings, url: str) -> str | None:
    """Return what does not fit between our mode and the webhook that Telegram knows, and what to do about it."""
    if telegram.mode == "polling":
        return "A webhook is set, so polling gets nothing: tingjian telegram delete-webhook" if url else None
    if not url:
        return "No webhook is set, so nothing comes: tingjian telegram set-webhook"
    if url != webhook_url(settings, telegram):
        return "Telegram calls another address than TINGJIAN_PUBLIC_URL: tingjian telegram set-webhook"
    return None
