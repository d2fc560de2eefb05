"""Read single values out of a push, and believe none of them. Pure."""

import re
from datetime import UTC, datetime
from typing import Final

from bot.channels.tencent.xml import Fields
from bot.domain.messages import clean_text
from bot.errors import UnreadablePayload

LONGEST_DETAIL: Final = 1_000
_OPENID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,18}")
_SECONDS: Final = re.compile(r"[0-9]{1,11}")
_REFERENCE: Final = re.compile(r"[!-~]{1,512}")


def text(fields: Fields, name: str) -> str:
    """Return a field's text, empty where there is none; raises UnreadablePayload where it holds fields."""
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise UnreadablePayload(f"{name} must be text")
    return value


def line(fields: Fields, name: str) -> str:
    """Return a text fit to be kept beside a message: without control characters, not endless."""
    return clean_text(text(fields, name))[:LONGEST_DETAIL].strip()


def group(fields: Fields, name: str) -> Fields:
    """Return the fields within a field, none where it has none."""
    value = fields.get(name, {})
    return value if isinstance(value, dict) else {}


def openid(fields: Fields) -> str:
    """Return who pushes; raises UnreadablePayload for what cannot be an OpenID."""
    found = text(fields, "FromUserName")
    if not _OPENID.fullmatch(found):
        raise UnreadablePayload("FromUserName must be an OpenID")
    return found


def moment(fields: Fields) -> datetime:
    """Return when it happened by WeChat's clock; raises UnreadablePayload."""
    found = text(fields, "CreateTime").strip()
    if not _SECONDS.fullmatch(found):
        raise UnreadablePayload("CreateTime must be seconds since 1970")
    return datetime.fromtimestamp(int(found), UTC)


def message_id(fields: Fields) -> str:
    """Return the number of a message; raises UnreadablePayload for none, 0 and words. The documents also write MsgID."""
    found = (text(fields, "MsgId") or text(fields, "MsgID")).strip()
    if not _NUMBER.fullmatch(found) or int(found) >= 2**63:
        raise UnreadablePayload("MsgId must be a number from 1 to 2^63 - 1")
    return found


def reference(fields: Fields, name: str) -> str | None:
    """Return the id of a file; None for what cannot be one."""
    found = text(fields, name).strip()
    return found if _REFERENCE.fullmatch(found) else None
