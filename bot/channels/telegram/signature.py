"""Recognise Telegram by the secret that we gave it with the webhook.

https://core.telegram.org/bots/api#setwebhook (``secret_token``)
"""

import hmac
from collections.abc import Sequence
from typing import Final

from bot.errors import RejectedRequest

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"


def check(shown: Sequence[str], secret: str) -> None:
    """Raise RejectedRequest unless the header was sent exactly once and is the secret to the last character."""
    genuine = len(shown) == 1 and hmac.compare_digest(_octets(shown[0]), _octets(secret))
    if not genuine:
        raise RejectedRequest("not Telegram")


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
