"""Judge a message as the customer-service API does: its form, its length, its receiver, and whether it may be sent now."""

import json
import re
from typing import Any

from tests.channels.wechat.fake.record import Taken
from tests.channels.wechat.fake.windows import Windows

MOST_TEXT_BYTES = 2048
MOST_MENU_LINES = 10
MEDIA = ("image", "voice", "video")
ESCAPE = re.compile(r"(?<!\\)(\\\\)*\\u")


class Refused(Exception):
    """Say no with an error code."""

    def __init__(self, errcode: int) -> None:
        super().__init__(errcode)
        self.errcode = errcode


def parsed(raw: bytes) -> dict[str, Any]:
    """Return a call's JSON; it must be plain UTF-8, without escapes for what can be written as it is."""
    try:
        text = raw.decode("utf-8")
        found = json.loads(text)
    except ValueError as error:
        raise Refused(47001) from error
    if ESCAPE.search(text):
        raise Refused(40033)
    if not isinstance(found, dict):
        raise Refused(47001)
    return found


class Sending:
    """Take messages; ``can_send`` and ``can_offer_menu`` are what the type of the account permits."""

    def __init__(self, windows: Windows, media: dict[str, bytes]) -> None:
        self._windows, self._media = windows, media
        self.can_send = self.can_offer_menu = True
        self.blocking: set[str] = set()

    def take(self, asked: dict[str, Any]) -> Taken:
        """Return the message that the customer now reads; raises Refused."""
        kind, openid = asked.get("msgtype"), asked.get("touser")
        if not self.can_send:
            raise Refused(48001)
        if not isinstance(openid, str) or not openid:
            raise Refused(40003)
        content = asked.get(str(kind))
        text = self._text_of(kind, content)
        if openid in self._windows.gone:
            raise Refused(43004)
        if openid in self.blocking:
            raise Refused(48002)
        if errcode := self._windows.spend(openid):
            raise Refused(errcode)
        return Taken(openid, str(kind), text, content or {})

    def _text_of(self, kind: object, content: Any) -> str:
        if kind not in ("text", "msgmenu", *MEDIA):
            raise Refused(40008)
        if not isinstance(content, dict):
            raise Refused(47001)
        if kind == "msgmenu":
            return self._menu(content)
        if kind in MEDIA:
            if content.get("media_id") not in self._media:
                raise Refused(40007)
            return f"[{kind}]"
        return _fitting(content.get("content"))

    def _menu(self, content: dict[str, Any]) -> str:
        if not self.can_offer_menu:
            raise Refused(40200)
        lines = content.get("list") or []
        if not lines or not all(line.get("id") and line.get("content") for line in lines):
            raise Refused(47001)
        if len(lines) > MOST_MENU_LINES:
            raise Refused(45098)
        words = [content.get("head_content"), *(line["content"] for line in lines), content.get("tail_content")]
        return _fitting("\n".join(word for word in words if word))


def _fitting(text: object) -> str:
    if not isinstance(text, str) or not text.strip():
        raise Refused(44004)
    if len(text.encode()) > MOST_TEXT_BYTES:
        raise Refused(45002)
    return text
