"""What others seal we open, what we seal others open: three hundred random messages each way with each of them."""

import base64
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from werobot.crypto import PrpCrypto
from werobot.parser import parse_user_msg

from bot.channels.tencent.envelope import Envelope
from bot.channels.tencent.signature import sign
from bot.channels.tencent.xml import read_fields, write_fields
from tests.channels.tencent.shared import samples
from tests.npm import installed

PEERS = Path(__file__).parent / "peers"
MESSAGES = 300
SIGNS = "abc 你好嗎听見<>&\"'\n]]>😀👨‍👩‍👧é\u0301０\t"
TOKEN, RECEIVER = "tokenOfTests", "wx00c0ffee00c0ffee"
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OURS = Envelope(TOKEN, RECEIVER, KEY)


def letters(seed: str) -> list[dict[str, str]]:
    """Return texts of every length modulo the block, with when and how they were signed."""
    chance = random.Random(seed)
    return [
        {
            "text": "".join(chance.choices(SIGNS, k=chance.randrange(700))),
            "timestamp": str(chance.randrange(1_500_000_000, 2_000_000_000)),
            "nonce": str(chance.randrange(1, 10**10)),
        }
        for _ in range(MESSAGES)
    ]


@pytest.mark.parametrize("peer", ["wechat-crypto", "@wecom/crypto"])
def test_libraries_of_node_and_ours_read_each_other(peer: str) -> None:
    node = installed(PEERS, "the other side of Tencent's encryption")
    theirs, ours = letters(f"from {peer}"), letters(f"to {peer}")
    sent = [OURS.seal(one["text"].encode(), one["timestamp"], one["nonce"]) for one in ours]
    asked: dict[str, Any] = {
        "peer": peer, "token": TOKEN, "key": KEY, "receiver": RECEIVER, "seal": theirs,
        "open": [{"encrypted": one.encrypted, "timestamp": one.timestamp, "nonce": one.nonce} for one in sent],
    }  # fmt: skip
    played = subprocess.run(
        [node, "--no-deprecation", "play.js"], cwd=PEERS, input=json.dumps(asked), capture_output=True, text=True,
        timeout=30, check=True,
    )  # fmt: skip
    answer = json.loads(played.stdout)
    assert len(answer["sealed"]) == len(answer["opened"]) == MESSAGES
    for one, came in zip(theirs, answer["sealed"], strict=True):
        opened = OURS.open(came["signature"], one["timestamp"], one["nonce"], came["encrypted"])
        assert opened.plaintext.decode() == one["text"]
    for one, went, came in zip(ours, sent, answer["opened"], strict=True):
        assert came == {"message": one["text"], "id": RECEIVER, "signature": went.signature}


def test_wechatpy_and_we_read_each_other() -> None:
    theirs = WeChatCrypto(TOKEN, KEY, RECEIVER)
    for one in letters("from wechatpy"):
        came = read_fields(theirs.encrypt_message(one["text"], one["nonce"], one["timestamp"]).encode())
        opened = OURS.open(came["MsgSignature"], one["timestamp"], one["nonce"], str(came["Encrypt"]))
        assert opened.plaintext.decode() == one["text"]
    for one in letters("to wechatpy"):
        sealed = OURS.seal(one["text"].encode(), one["timestamp"], one["nonce"])
        letter = write_fields({"Encrypt": sealed.encrypted}).decode()
        assert theirs.decrypt_message(letter, sealed.signature, one["timestamp"], one["nonce"]) == one["text"]


def test_werobot_and_we_read_each_other() -> None:
    theirs = PrpCrypto(base64.b64decode(KEY + "="))
    for one in letters("from werobot"):
        encrypted = theirs.encrypt(one["text"], RECEIVER).decode()
        signature = sign(TOKEN, one["timestamp"], one["nonce"], encrypted)
        assert OURS.open(signature, one["timestamp"], one["nonce"], encrypted).plaintext.decode() == one["text"]
    for one in letters("to werobot"):
        sealed = OURS.seal(one["text"].encode(), one["timestamp"], one["nonce"])
        assert theirs.decrypt(sealed.encrypted, RECEIVER).decode() == one["text"]


def test_both_parsers_and_ours_find_the_same_in_every_sample() -> None:
    for sample in samples():
        ours = read_fields(sample["xml"].encode())
        theirs = parse_user_msg(sample["xml"])
        assert (theirs.source, theirs.target) == (stripped(ours["FromUserName"]), stripped(ours["ToUserName"]))
        if not sample["work"]:
            second = parse_message(sample["xml"])
            assert second.source == stripped(ours["FromUserName"])
            kind = stripped(ours["MsgType"]).lower()
            assert second.type in (kind, "unknown") or kind.startswith("device_")  # devices are events to wechatpy


def stripped(field: object) -> str:
    """Return a field without the space around it, which those parsers drop."""
    assert isinstance(field, str)
    return field.strip()
