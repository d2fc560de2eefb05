"""Prove that a push comes from WeChat, and open it. Pure.

In plain mode the signature in the address covers the time only; in compat and safe mode the one that counts covers the envelope,
and what stands beside the envelope is not looked at. Whatever is not proven is refused in the same words.
"""

from dataclasses import dataclass
from datetime import datetime

from multidict import MultiMapping

from bot.channel_settings.wechat import WechatSettings
from bot.channels.tencent.envelope import Envelope
from bot.channels.tencent.signature import REFUSAL, check, check_fresh, only
from bot.channels.tencent.xml import Fields, json_fields, read_fields, write_fields
from bot.errors import RejectedRequest, UnreadablePayload


@dataclass(frozen=True)
class Push:
    """Be a push that is proven to be WeChat's; ``pushed_at`` is when it was signed, ``key_number`` of the key that opened it."""

    fields: Fields
    pushed_at: int
    key_number: int | None = None


class Door:
    """Know the secrets of one account."""

    def __init__(self, settings: WechatSettings) -> None:
        self._token, self._window_s = settings.token, settings.replay_window_s
        keys = [key for key in (settings.aes_key, settings.aes_key_before) if key]
        is_sealed = settings.mode != "plain" and keys
        self._envelope = Envelope(settings.token, settings.app_id, *keys) if is_sealed else None

    def check(self, query: MultiMapping[str], now: datetime) -> None:
        """Raise RejectedRequest unless an address shows WeChat's signature of its own time; for plain pushes and the URL check."""
        timestamp, nonce = self._signed_at(query, now)
        check(only(query, "signature"), self._token, timestamp, nonce)

    def admit(self, query: MultiMapping[str], now: datetime) -> None:
        """Raise RejectedRequest for what can be known to be a stranger's before its body is read."""
        if self._envelope is None:
            self.check(query, now)
            return
        self._signed_at(query, now)
        only(query, "msg_signature")

    def open(self, query: MultiMapping[str], body: bytes, now: datetime) -> Push:
        """Return what a push says; raises RejectedRequest, and UnreadablePayload for what is WeChat's and cannot be read."""
        if self._envelope is None:
            self.check(query, now)
            return Push(_read(body), int(only(query, "timestamp")))
        timestamp, nonce = self._signed_at(query, now)
        encrypted = _envelope_in(body)
        opened = self._envelope.open(only(query, "msg_signature"), timestamp, nonce, encrypted)
        return Push(_read(opened.plaintext), int(timestamp), opened.key_number)

    def seal(self, reply: bytes, push: Push, nonce: str) -> bytes:
        """Return a reply in the form in which its push came: in an envelope of the same key, or as it is."""
        if self._envelope is None or push.key_number is None:
            return reply
        sealed = self._envelope.seal(reply, str(push.pushed_at), nonce, key_number=push.key_number)
        return write_fields({
            "Encrypt": sealed.encrypted, "MsgSignature": sealed.signature, "TimeStamp": int(sealed.timestamp),
            "Nonce": sealed.nonce,
        })  # fmt: skip

    def _signed_at(self, query: MultiMapping[str], now: datetime) -> tuple[str, str]:
        timestamp, nonce = only(query, "timestamp"), only(query, "nonce")
        check_fresh(timestamp, now, self._window_s)
        return timestamp, nonce


def _envelope_in(body: bytes) -> str:
    """Return what is encrypted; a body without it is a stranger's, however it is broken."""
    try:
        encrypted = _read(body).get("Encrypt")
    except UnreadablePayload:
        raise RejectedRequest(REFUSAL) from None
    if not isinstance(encrypted, str):
        raise RejectedRequest(REFUSAL)
    return encrypted


def _read(body: bytes) -> Fields:
    return json_fields(body) if body.lstrip()[:1] == b"{" else read_fields(body)
