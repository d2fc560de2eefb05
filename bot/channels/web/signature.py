"""Give visitors a token that only we can make, and recognise it."""

import base64
import hashlib
import hmac
import re
import secrets
from typing import Final

from bot.errors import RejectedRequest

_EXTERNAL_ID: Final = re.compile(r"v[0-9a-f]{32}")


def new_visitor() -> str:
    """Return a fresh external id that nobody can guess."""
    return f"v{secrets.token_hex(16)}"


def sign(external_id: str, key: bytes) -> str:
    """Return the token for a visitor: the external id and a MAC over it."""
    return f"{external_id}.{_mac(external_id, key)}"


def visitor_of(token: str, key: bytes) -> str:
    """Return the external id that a token stands for; raises RejectedRequest for any other string."""
    external_id, _, mac = token.partition(".")
    genuine = hmac.compare_digest(_mac(external_id, key).encode(), mac.encode("utf-8", "surrogatepass"))
    if not genuine or not _EXTERNAL_ID.fullmatch(external_id):
        raise RejectedRequest("unknown visitor")
    return external_id


def _mac(external_id: str, key: bytes) -> str:
    digest = hmac.digest(key, b"visitor:" + external_id.encode("utf-8", "surrogatepass"), hashlib.sha256)
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
