"""Say what came instead of words, or beside them. Pure."""

import math

from bot.channels.tencent.xml import Fields
from bot.channels.wechat.fields import line, reference, text
from bot.domain.attachments import Attachment, Detail


def attachment_of(fields: Fields, kind: str) -> tuple[str, Attachment]:
    """Return the words and the thing in a message; what WeChat heard in a voice note are its words, marked as heard."""
    if kind == "voice":
        heard = text(fields, "Recognition").strip()
        details: dict[str, Detail] = {"format": line(fields, "Format"), "heard": bool(heard)}
        return heard, _file(fields, "voice", "audio/amr", details)
    if kind == "image":
        return "", _file(fields, "image", "image/jpeg", {})
    if kind in ("video", "shortvideo"):
        return "", _file(fields, kind, "video/mp4", {})
    if kind == "location":
        place: dict[str, Detail] = {
            "latitude": _degrees(fields, "Location_X"), "longitude": _degrees(fields, "Location_Y"),
            "address": line(fields, "Label"),
        }  # fmt: skip
        return "", Attachment("location", details=_said(place))
    page: dict[str, Detail] = {
        "title": line(fields, "Title"), "description": line(fields, "Description"), "url": line(fields, "Url")
    }  # fmt: skip
    return "", Attachment("link", details=_said(page))


def _file(fields: Fields, kind: str, media_type: str, details: dict[str, Detail]) -> Attachment:
    return Attachment(kind, reference(fields, "MediaId"), media_type=media_type, details=_said(details))


def _said(details: dict[str, Detail]) -> dict[str, Detail]:
    """Leave out what is empty; what is false is worth saying."""
    return {name: value for name, value in details.items() if value != ""}


def _degrees(fields: Fields, name: str) -> Detail:
    try:
        degrees = float(text(fields, name))
    except ValueError:
        return ""
    return degrees if math.isfinite(degrees) and abs(degrees) <= 180 else ""
