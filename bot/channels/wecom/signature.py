"""Recognise WeCom's callbacks by what only it and we can encrypt, and read the little that they say.

https://developer.work.weixin.qq.com/document/path/90930
"""

from dataclasses import dataclass
from typing import Final

from multidict import MultiMapping

from bot.channels.tencent.envelope import Envelope
from bot.channels.tencent.signature import only
from bot.channels.tencent.xml import Fields, read_fields
from bot.errors import UnreadablePayload

NEWS: Final = "kf_msg_or_event"


@dataclass(frozen=True)
class Announced:
    """Be the news that an account has something for us; ``token`` lets us pull it without being slowed down."""

    account: str
    token: str | None


@dataclass(frozen=True)
class Unknown:
    """Be an event that is none of ours."""


def echo(envelope: Envelope, query: MultiMapping[str]) -> bytes:
    """Return what the check of our address wants to hear: its echo, decrypted. Raises RejectedRequest."""
    return _opened(envelope, query, only(query, "echostr"))


def announced(envelope: Envelope, query: MultiMapping[str], body: bytes) -> Announced | Unknown:
    """Return what a callback says; raises RejectedRequest for a stranger, UnreadablePayload for what is no callback."""
    inner = read_fields(_opened(envelope, query, _text(read_fields(body), "Encrypt")))
    account = _text(inner, "OpenKfId")
    if _text(inner, "Event") != NEWS or not account:
        return Unknown()
    return Announced(account, _text(inner, "Token") or None)


def _opened(envelope: Envelope, query: MultiMapping[str], encrypted: str) -> bytes:
    signature, timestamp, nonce = (only(query, name) for name in ("msg_signature", "timestamp", "nonce"))
    return envelope.open(signature, timestamp, nonce, encrypted).plaintext


def _text(fields: Fields, name: str) -> str:
    found = fields.get(name, "")
    if not isinstance(found, str):
        raise UnreadablePayload(f"{name} is no text")
    return found
