"""Open and seal the encrypted envelope in which pushes come and passive answers go.

Some lines on ``cryptography``; docs/decisions.md 14 says why no library for WeChat does it.
https://developers.weixin.qq.com/doc/oplatform/Third-party_Platforms/2.0/api/Before_Develop/Technical_Plan.html
"""

import base64
import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from bot.channels.tencent.signature import REFUSAL, check, sign
from bot.errors import RejectedRequest

BLOCK: Final = 32
"""Bytes to which Tencent pads; AES itself has blocks of 16."""
RANDOM: Final = 16
LENGTH: Final = 4
_HEAD: Final = RANDOM + LENGTH


@dataclass(frozen=True)
class Opened:
    """Be what was inside, and the number of the key that opened it: the answer is sealed with the same."""

    plaintext: bytes
    key_number: int


@dataclass(frozen=True)
class Sealed:
    """Be an answer that only Tencent can read, and its signature."""

    encrypted: str
    signature: str
    timestamp: str
    nonce: str


class Envelope:
    """Know token, receiver (appid or corpid) and EncodingAESKeys: the present one first, then those before it."""

    def __init__(self, token: str, receiver_id: str, *aes_keys: str) -> None:
        if not aes_keys or not receiver_id:
            raise ValueError("an envelope needs a key and a receiver")
        self._token, self._receiver = token, receiver_id.encode()
        keys = [base64.b64decode(key + "=") for key in aes_keys]
        self._ciphers = [Cipher(algorithms.AES256(key), modes.CBC(key[:RANDOM])) for key in keys]

    def open(self, signature: object, timestamp: str, nonce: str, encrypted: str) -> Opened:
        """Return what is inside; raises RejectedRequest, the same whatever is wrong, so that nobody learns by trying."""
        check(signature, self._token, timestamp, nonce, encrypted)
        try:
            sealed = base64.b64decode(encrypted, validate=True)
        except ValueError:
            raise RejectedRequest(REFUSAL) from None
        for number, cipher in enumerate(self._ciphers):
            if (plaintext := self._unlocked(cipher, sealed)) is not None:
                return Opened(plaintext, number)
        raise RejectedRequest(REFUSAL)

    def seal(
        self, plaintext: bytes, timestamp: str, nonce: str, *, key_number: int = 0, random16: bytes | None = None
    ) -> Sealed:
        """Return an answer sealed with a key; ``random16`` is for worked examples only."""
        head = (random16 or secrets.token_bytes(RANDOM)) + len(plaintext).to_bytes(LENGTH, "big")
        padder = PKCS7(BLOCK * 8).padder()
        padded = padder.update(head + plaintext + self._receiver) + padder.finalize()
        encryptor = self._ciphers[key_number].encryptor()
        encrypted = base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()
        return Sealed(encrypted, sign(self._token, timestamp, nonce, encrypted), timestamp, nonce)

    def _unlocked(self, cipher: Cipher[modes.CBC], sealed: bytes) -> bytes | None:
        """Return the plaintext, None unless block size, padding, length and receiver are all as they must be."""
        decryptor = cipher.decryptor()
        unpadder = PKCS7(BLOCK * 8).unpadder()
        try:
            padded = decryptor.update(sealed) + decryptor.finalize()
            opened = unpadder.update(padded) + unpadder.finalize()
        except ValueError:
            return None
        end = _HEAD + int.from_bytes(opened[RANDOM:_HEAD], "big")
        return opened[_HEAD:end] if hmac.compare_digest(opened[end:], self._receiver) else None
