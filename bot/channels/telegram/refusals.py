"""Say in our words what went wrong at Telegram: whether to try later, somewhere else, or never again."""

import re
from datetime import timedelta
from typing import Final

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.channels.telegram.request import seconds, was_written
from bot.errors import BotError, ChannelError, Moved, TryLater, Undeliverable, Unreachable

TOKEN_PAUSE: Final = timedelta(minutes=1)
LONGEST_REASON: Final = 120
_GONE: Final = re.compile(
    r"chat not found|user not found|deactivated|peer_id_invalid|bot was (kicked|blocked)|user_is_blocked|"
    r"input_user_deactivated|chat_id_invalid|channel_private",
    re.IGNORECASE,
)
_BAD_PICTURE: Final = re.compile(
    r"photo_|image_process|wrong type of the web page|photo must be|picture", re.IGNORECASE
)
_UNFIT: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")


class UnknownToken(TryLater):
    """Report that Telegram does not know our token, or not the call: whoever has it mended may try again."""


class Unanswered(BotError):
    """Report a call of which nobody knows whether Telegram took it."""


def is_about_the_picture(error: BadRequest) -> bool:
    """Say whether Telegram could not make a photo of it; as a file it may still go."""
    return _BAD_PICTURE.search(error.message) is not None


def is_about_the_token(error: TelegramError) -> bool:
    """Say whether Telegram does not know our bot, which only the operator can mend."""
    return isinstance(error, InvalidToken | EndPointNotFound)


def translated(error: TelegramError, external_id: str) -> ChannelError | Unanswered:
    """Return our error for one of the library's; BadRequest and TimedOut are kinds of NetworkError there."""
    if isinstance(error, RetryAfter):
        return TryLater("too fast for Telegram", _span(error.retry_after))
    if isinstance(error, ChatMigrated):
        _, _, user = external_id.partition(":")
        return Moved(f"{error.new_chat_id}:{user}" if user else str(error.new_chat_id))
    if isinstance(error, Forbidden):
        return Unreachable(_reason(error))
    if is_about_the_token(error):
        return UnknownToken("Telegram does not know our token", TOKEN_PAUSE)
    if isinstance(error, BadRequest):
        return Unreachable(_reason(error)) if _GONE.search(error.message) else Undeliverable(_reason(error))
    if isinstance(error, Conflict):
        return TryLater("somebody else is at it")
    return _of_the_network(error)


def _of_the_network(error: TelegramError) -> TryLater | Unanswered:
    """Tell what was never written, or was answered with 5xx, from what was given away without an answer."""
    cause = error.__cause__
    if isinstance(cause, httpx.RequestError):
        return Unanswered(type(cause).__name__) if was_written(cause) else TryLater("Telegram was not reached")
    if isinstance(error, NetworkError) and cause is None:
        return TryLater("Telegram is in trouble")
    return Unanswered(type(error).__name__)


def _span(retry_after: object) -> timedelta:
    return timedelta(
        seconds=seconds(retry_after.total_seconds() if isinstance(retry_after, timedelta) else retry_after)
    )


def _reason(error: TelegramError) -> str:
    """Return Telegram's own words, fit for the desk."""
    return _UNFIT.sub(" ", error.message)[:LONGEST_REASON].strip() or type(error).__name__
