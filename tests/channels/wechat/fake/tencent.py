"""Push what customers write and do, as Tencent does: signed, encrypted, and again when nobody answers in time.

The other side of the encryption is wechatpy's, so that ours is never checked against itself.
"""

import hashlib
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal
from xml.etree import ElementTree

import aiohttp
from wechatpy.crypto import WeChatCrypto

from tests.channels.wechat.fake.windows import Windows

TOKEN, APP_ID, APP_SECRET, ORIGINAL_ID = "tokenOfTests", "wx00c0ffee00c0ffee", "5ec2e7" * 5 + "ab", "gh_0123456789ab"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
MOST_REPLY_BYTES = 2048
TRIES, PATIENCE_S = 3, 5.0
OPENING_EVENTS = {"subscribe", "SCAN", "CLICK", "scancode_push", "scancode_waitmsg"}
Fields = dict[str, Any]


class Displeased(AssertionError):
    """Say that the customer now reads "该公众号提供的服务出现故障": the answer was none that Tencent takes."""


@dataclass(frozen=True)
class Push:
    """Be one request; ``params`` go into the URL."""

    params: dict[str, str]
    body: bytes
    content_type: str = "text/xml"


@dataclass
class Delivered:
    """Be what came of a push: how often it was tried, and the passive answer's fields, None for a mere "received"."""

    tries: int = 0
    reply: Fields | None = None
    is_acknowledged: bool = False
    statuses: list[int] = field(default_factory=list)

    async def is_tried_again(self) -> bool:
        return self.tries > 1


class Tencent:
    """Be one Official Account's platform; ``form`` is the data format that was chosen in the console."""

    def __init__(
        self, clock: Callable[[], datetime], *, mode: Literal["plain", "compat", "safe"] = "safe",
        form: Literal["xml", "json"] = "xml", aes_key: str = AES_KEY, token: str = TOKEN, app_id: str = APP_ID,
        original_id: str = ORIGINAL_ID, windows: Windows | None = None,
    ) -> None:  # fmt: skip
        self._clock, self.mode, self.form = clock, mode, form
        self._token, self._app_id, self.original_id = token, app_id, original_id
        self._crypto = WeChatCrypto(token, aes_key, app_id)
        self.windows = windows or Windows(clock)
        self._numbers = itertools.count(23_000_000_000_000_001)
        self._nonces = itertools.count(1_514_711_492)

    def text(self, openid: str, content: str, **more: Any) -> Fields:
        """Let a customer write; returns the fields, to be pushed once or again and again."""
        return self.message(openid, "text", Content=content, **more)

    def message(self, openid: str, msg_type: str, **more: Any) -> Fields:
        """Let a customer send a message of any type."""
        self.windows.wrote(openid)
        return self._common(openid) | {"MsgType": msg_type, **more, "MsgId": next(self._numbers)}

    def event(self, openid: str, name: str, **more: Any) -> Fields:
        """Let a customer do something; some deeds open a window, unfollowing closes them all."""
        if name == "unsubscribe":
            self.windows.left(openid)
        elif name in OPENING_EVENTS:
            self.windows.acted(openid)
        return self._common(openid) | {"MsgType": "event", "Event": name, **more}

    def push(self, fields: Fields, *, at: datetime | None = None) -> Push:
        """Return the request that carries fields, signed now or at another moment."""
        timestamp, nonce = str(int((at or self._clock()).timestamp())), str(next(self._nonces))
        params = self.signed(timestamp, nonce) | {"openid": str(fields.get("FromUserName", ""))}
        plain = as_json(fields) if self.form == "json" else as_xml(fields)
        content_type = "application/json" if self.form == "json" else "text/xml"
        if self.mode == "plain":
            return Push(params, plain.encode(), content_type)
        sealed = ElementTree.fromstring(self._crypto.encrypt_message(plain, nonce, timestamp))
        encrypted, signature = sealed.findtext("Encrypt", ""), sealed.findtext("MsgSignature", "")
        shown = fields if self.mode == "compat" else {"ToUserName": self.original_id}
        body = (as_json if self.form == "json" else as_xml)(shown | {"Encrypt": encrypted})
        return Push(params | {"encrypt_type": "aes", "msg_signature": signature}, body.encode(), content_type)

    def signed(self, timestamp: str, nonce: str) -> dict[str, str]:
        """Return the parameters that prove who asks; with ``echostr`` they are those of the URL check."""
        joined = "".join(sorted((self._token, timestamp, nonce)))
        return {"signature": hashlib.sha1(joined.encode()).hexdigest(), "timestamp": timestamp, "nonce": nonce}

    async def deliver(
        self, session: aiohttp.ClientSession, url: str, fields: Fields, *, patience_s: float = PATIENCE_S,
        came: Delivered | None = None,
    ) -> Delivered:  # fmt: skip
        """Push until something is answered within ``patience_s``, three times at most, newly signed each time.

        ``came`` is filled in on the way, for whoever wants to follow. Raises Displeased when the answer is none that
        Tencent takes.
        """
        came = came or Delivered()
        while came.tries < TRIES and not came.is_acknowledged:
            came.tries += 1
            push = self.push(fields)
            timeout = aiohttp.ClientTimeout(total=patience_s)
            headers = {"Content-Type": push.content_type}
            try:
                async with session.post(
                    url, params=push.params, data=push.body, headers=headers, timeout=timeout
                ) as answer:
                    status, body = answer.status, await answer.read()
            except (aiohttp.ClientError, TimeoutError):
                continue
            came.statuses.append(status)
            if status == 200:
                came.reply = self.reply(body, str(fields["FromUserName"]))
                came.is_acknowledged = True
        return came

    def reply(self, body: bytes, openid: str) -> Fields | None:
        """Return the passive answer's fields, None for "success" or nothing; raises Displeased for anything else."""
        if body in (b"", b"success"):
            return None
        try:
            root = ElementTree.fromstring(body)
        except ElementTree.ParseError as error:
            raise Displeased("not XML") from error
        if root.find("Encrypt") is not None and self.mode != "plain":
            root = ElementTree.fromstring(self._opened(root))
        elif self.mode == "safe" or root.find("Encrypt") is not None:
            raise Displeased("encrypted, or not, against the mode")
        fields = {leaf.tag: leaf.text or "" if not len(leaf) else leaf for leaf in root}
        if fields.get("ToUserName") != openid or fields.get("FromUserName") != self.original_id:
            raise Displeased("to or from somebody else")
        if not fields.get("CreateTime", "").isdecimal() or not fields.get("MsgType"):
            raise Displeased("a field is missing")
        if fields["MsgType"] == "text" and not 0 < len(fields.get("Content", "").encode()) <= MOST_REPLY_BYTES:
            raise Displeased("empty or too long")
        return fields

    def _opened(self, root: ElementTree.Element) -> str:
        fields = {leaf.tag: leaf.text or "" for leaf in root}
        try:
            return self._crypto.decrypt_message(
                ElementTree.tostring(root, "unicode"), fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"]
            )
        except Exception as error:  # wechatpy raises all kinds
            raise Displeased("cannot be decrypted") from error

    def _common(self, openid: str) -> Fields:
        return {
            "ToUserName": self.original_id, "FromUserName": openid, "CreateTime": int(self._clock().timestamp())
        }  # fmt: skip


def as_xml(fields: Fields) -> str:
    """Write fields as Tencent does, raw: whatever the customer typed goes into CDATA as it is."""
    return f"<xml>{_inner(fields)}</xml>"


def as_json(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=False)


def _inner(fields: Fields) -> str:
    return "\n".join(_element(name, one) for name, value in fields.items()
                     for one in (value if isinstance(value, list) else [value]))  # fmt: skip


def _element(name: str, value: Any) -> str:
    if isinstance(value, dict):
        return f"<{name}>{_inner(value)}</{name}>"
    if isinstance(value, int | float):
        return f"<{name}>{value}</{name}>"
    return f"<{name}><![CDATA[{value.replace(']]>', ']]]]><![CDATA[>')}]]></{name}>"
