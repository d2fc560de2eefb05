"""What Tencent sealed is opened, what anybody else sealed or changed is refused, always with the same words."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.tencent.envelope import Envelope, Opened
from bot.channels.tencent.signature import sign
from bot.errors import RejectedRequest
from tests.channels.tencent.shared import vectors

TOKEN, APP_ID = "AAAAA", "wxba5fad812f8e6fb9"
KEY, KEY_BEFORE, STRANGE_KEY = "k" * 43, "b" * 43, "s" * 43
OURS = Envelope(TOKEN, APP_ID, KEY, KEY_BEFORE)
AT, NONCE = "1714112445", "415670741"


def locked(padded: bytes, key: str = KEY) -> str:
    """Encrypt bytes that are padded already, well or badly."""
    raw = base64.b64decode(key + "=")
    encryptor = Cipher(algorithms.AES256(raw), modes.CBC(raw[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def inside(plaintext: bytes, receiver: str = APP_ID, length: int | None = None) -> bytes:
    size = len(plaintext) if length is None else length
    return b"r" * 16 + size.to_bytes(4, "big") + plaintext + receiver.encode()


def padded(content: bytes) -> bytes:
    missing = 32 - len(content) % 32
    return content + bytes([missing]) * missing


def opened(encrypted: str, envelope: Envelope = OURS) -> Opened:
    return envelope.open(sign(TOKEN, AT, NONCE, encrypted), AT, NONCE, encrypted)


def test_tencents_worked_examples_come_out_as_tencent_says() -> None:
    told = vectors()
    envelope = Envelope(told["token"], told["appid"], told["aes_key"])
    came, goes = told["aes_in"], told["aes_out"]
    found = envelope.open(came["msg_signature"], came["timestamp"], came["nonce"], came["encrypt"])
    assert found == Opened(came["plaintext"].encode(), 0)
    sealed = envelope.seal(
        goes["plaintext"].encode(), goes["timestamp"], goes["nonce"], random16=goes["random"].encode()
    )
    assert (sealed.encrypted, sealed.signature) == (goes["encrypt"], goes["msg_signature"])
    assert (sealed.timestamp, sealed.nonce) == (goes["timestamp"], goes["nonce"])


def test_the_key_before_still_opens_and_can_seal_the_answer() -> None:
    theirs = Envelope(TOKEN, APP_ID, KEY_BEFORE)
    came = theirs.seal(b"hello", AT, NONCE)
    assert OURS.open(came.signature, AT, NONCE, came.encrypted) == Opened(b"hello", 1)
    answer = OURS.seal(b"hi", AT, NONCE, key_number=1)
    assert theirs.open(answer.signature, AT, NONCE, answer.encrypted).plaintext == b"hi"


def test_the_same_words_never_look_the_same_twice() -> None:
    assert OURS.seal(b"yes", AT, NONCE).encrypted != OURS.seal(b"yes", AT, NONCE).encrypted


GOOD = padded(inside(b"hello"))
BAD = {
    "another receiver": padded(inside(b"hello", "wx0000000000000000")),
    "receiver cut short": padded(inside(b"hello", APP_ID[:-1])),
    "receiver with more": padded(inside(b"hello", APP_ID + "x")),
    "no receiver": padded(inside(b"hello", "")),
    "length beyond the end": padded(inside(b"hello", length=2**31)),
    "length into the receiver": padded(inside(b"hello", length=6)),
    "length too short": padded(inside(b"hello", length=4)),
    "padding of zero": GOOD[:-1] + b"\x00",
    "padding above the block": GOOD[:-1] + b"\x21",
    "padding that differs inside": GOOD[:-3] + b"\x00" + GOOD[-2:],
    "padding of AES's own block": inside(b"hell") + bytes(6 * [6]),
    "nothing but padding": bytes(32 * [32]),
    "half a block of ours": GOOD[:16],
}


@pytest.mark.parametrize("content", BAD.values(), ids=BAD.keys())
def test_a_wrong_inside_is_refused_although_it_is_signed(content: bytes) -> None:
    with pytest.raises(RejectedRequest, match=r"^not allowed$") as refusal:
        opened(locked(content))
    assert refusal.value.__cause__ is None


@pytest.mark.parametrize(
    "encrypted", ["", "====", "not base64!", locked(GOOD)[:-1], locked(GOOD)[:8], locked(GOOD) + "\n", "é", "hello"]
)
def test_what_is_no_ciphertext_is_refused_although_it_is_signed(encrypted: str) -> None:
    with pytest.raises(RejectedRequest, match=r"^not allowed$"):
        opened(encrypted)


def test_a_strange_key_and_a_wrong_signature_are_refused_with_the_same_words() -> None:
    assert opened(locked(GOOD)).plaintext == b"hello"
    with pytest.raises(RejectedRequest) as by_key:
        opened(locked(GOOD, STRANGE_KEY))
    with pytest.raises(RejectedRequest) as by_signature:
        OURS.open("0" * 40, AT, NONCE, locked(GOOD))
    assert str(by_key.value) == str(by_signature.value) == "not allowed"


@pytest.mark.property
@settings(deadline=None)
@given(st.binary(max_size=2_000), st.sampled_from([0, 1]))
def test_whatever_is_sealed_comes_out_the_same(plaintext: bytes, key_number: int) -> None:
    sealed = OURS.seal(plaintext, AT, NONCE, key_number=key_number)
    assert OURS.open(sealed.signature, AT, NONCE, sealed.encrypted) == Opened(plaintext, key_number)


@pytest.mark.property
@settings(deadline=None)
@given(st.binary(max_size=200), st.data())
def test_whatever_is_changed_is_refused(plaintext: bytes, data: st.DataObject) -> None:
    """One flipped bit turns one block into noise and one bit of the next: head, length, receiver or padding do not fit.

    Only what lies wholly in the plaintext could pass; there the signature alone protects, so it is not made anew.
    """
    sealed = OURS.seal(plaintext, AT, NONCE)
    raw = bytearray(base64.b64decode(sealed.encrypted))
    bit = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[bit // 8] ^= 1 << bit % 8
    changed = base64.b64encode(raw).decode()
    with pytest.raises(RejectedRequest, match=r"^not allowed$"):
        OURS.open(sealed.signature, AT, NONCE, changed)
    if bit // 8 >= len(raw) - 16:  # the last block is padding or the receiver's end
        with pytest.raises(RejectedRequest, match=r"^not allowed$"):
            opened(changed)
