"""Recognise Tencent by a token that both consoles and we know, and refuse what was signed too long ago.

https://developers.weixin.qq.com/doc/offiaccount/Basic_Information/Access_Overview.html
"""

import hashlib
import hmac
import re
from datetime import datetime
from typing import Final

from multidict import MultiMapping

from bot.errors import RejectedRequest

REFUSAL: Final = "not allowed"
"""All that a stranger learns, whatever was wrong."""
_TIMESTAMP: Final = re.compile(r"[0-9]{1,12}")


def sign(token: str, *parts: str) -> str:
    """Return the signature: SHA-1 in lower-case hex over token and parts, sorted and joined."""
    joined = "".join(sorted((token, *parts)))
    return hashlib.sha1(_octets(joined), usedforsecurity=False).hexdigest()


def check(signature: object, token: str, *parts: str) -> None:
    """Raise RejectedRequest unless this is the signature to the last character; takes the same time for every wrong one."""
    shown = signature if isinstance(signature, str) else ""
    if not hmac.compare_digest(_octets(shown), _octets(sign(token, *parts))):
        raise RejectedRequest(REFUSAL)


def check_fresh(timestamp: str, now: datetime, window_s: float) -> None:
    """Raise RejectedRequest unless a signed time, in seconds since 1970, lies within ``window_s`` before or after ``now``.

    Whoever recorded a push cannot repeat it later; clocks that differ a little do no harm.
    """
    if not _TIMESTAMP.fullmatch(timestamp) or abs(now.timestamp() - int(timestamp)) > window_s:
        raise RejectedRequest(REFUSAL)


def only(query: MultiMapping[str], name: str) -> str:
    """Return the value of a parameter; raises RejectedRequest unless it was given exactly once and says something."""
    values = query.getall(name, [])
    if len(values) != 1 or not values[0]:
        raise RejectedRequest(REFUSAL)
    return values[0]


def _octets(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
