"""Say what an operator may decide about Telegram, and read it."""

import re
from dataclasses import dataclass, field
from typing import Final, Literal, cast

from environs import Env, ValidationError, validate

from bot.channel_settings.addresses import check_base

TELEGRAM_API: Final = "https://api.telegram.org"
NAMES: Final = tuple(
    f"TELEGRAM_{name}" for name in ("BOT_TOKEN", "MODE", "WEBHOOK_SECRET", "API_BASE", "PER_SECOND", "PER_GROUP_MINUTE")
)
STRONG_SECRET: Final = 16
"""Characters from which a webhook's secret is not easily guessed; a shorter one is warned of at start."""
_TOKEN: Final = re.compile(r"[!-~]{1,200}")
_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True)
class TelegramSettings:
    """Be the settings of the Telegram channel.

    ``per_second`` and ``per_group_minute`` are Telegram's limits for one bot (messages in all, messages to one group);
    one message a second to one chat is its third. https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
    """

    token: str = field(repr=False)
    mode: Literal["polling", "webhook"] = "polling"
    webhook_secret: str | None = field(default=None, repr=False)
    api_base: str = TELEGRAM_API
    per_second: int = 30
    per_group_minute: int = 20

    @property
    def account(self) -> str:
        """Return the bot's own id, which its token begins with; ``bot`` where the token is of another shape."""
        bot_id = self.token.partition(":")[0]
        return bot_id if bot_id.isascii() and bot_id.isdecimal() else "bot"

    @property
    def is_real(self) -> bool:
        """Say whether this is Telegram itself and not a server of our own choice."""
        return self.api_base == TELEGRAM_API

    @property
    def has_weak_secret(self) -> bool:
        """Say whether the secret of the webhook could be guessed."""
        return self.webhook_secret is not None and len(self.webhook_secret) < STRONG_SECRET


def read(env: Env) -> tuple[TelegramSettings | None, list[str]]:
    """Return the settings, None without a token, and the problems that ``env`` cannot know of."""
    with env.prefixed("TELEGRAM_"):
        token = env.str("BOT_TOKEN", "", validate=_token)
        mode = env.str("MODE", "polling", validate=validate.OneOf(["polling", "webhook"]))
        secret = env.str("WEBHOOK_SECRET", "", validate=_secret)
        api_base = env.str("API_BASE", TELEGRAM_API, validate=check_base)
        per_second = env.int("PER_SECOND", 30, validate=validate.Range(1, 1_000))
        per_group_minute = env.int("PER_GROUP_MINUTE", 20, validate=validate.Range(1, 1_000))
    if not token:
        return None, []
    problems = []
    if mode == "webhook" and secret == "":
        problems.append("TELEGRAM_WEBHOOK_SECRET: needed in webhook mode, 1 to 256 letters, digits, _ or -")
    return TelegramSettings(
        token, cast(Literal["polling", "webhook"], mode), secret or None, (api_base or "").rstrip("/"), per_second,
        per_group_minute,
    ), problems  # fmt: skip


def _token(token: str) -> None:
    if token and (not _TOKEN.fullmatch(token) or not {"/", "?", "#", "%"}.isdisjoint(token)):
        raise ValidationError("must be the token as BotFather gave it, without spaces or slashes")


def _secret(secret: str) -> None:
    if secret and not _SECRET.fullmatch(secret):
        raise ValidationError("must be 1 to 256 letters, digits, _ or -")
