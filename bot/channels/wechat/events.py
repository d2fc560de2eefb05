"""Read events: what customers do without words. They have no id; who, when and what tell them apart. Pure.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_event_pushes.html
"""

import hashlib
import re
from typing import Final

from bot.channels.tencent.xml import Fields
from bot.channels.wechat.fields import group, line, text
from bot.domain.arrivals import Ignored, Reach, Readable, Session
from bot.domain.messages import Incoming
from bot.errors import UnreadablePayload

OPENING: Final = frozenset({"subscribe", "scan", "click", "scancode_push", "scancode_waitmsg"})
"""The deeds after which some messages may be sent."""

KNOWN: Final = OPENING | frozenset(
    """
    unsubscribe view location pic_sysphoto pic_photo_or_album pic_weixin location_select view_miniprogram
    templatesendjobfinish masssendjobfinish kf_create_session kf_close_session kf_switch_session
    subscribe_msg_popup_event subscribe_msg_change_event subscribe_msg_sent_event
    """.split()
)
_SCENE: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_QR: Final = "qrscene_"


def name_of(fields: Fields) -> str:
    """Return the name of an event in lower case; raises UnreadablePayload."""
    name = text(fields, "Event").strip().lower()
    if not name:
        raise UnreadablePayload("Event is missing")
    return name


def key_of(fields: Fields, who: str) -> str:
    """Return what an event is known by when it comes again."""
    what = "\0".join((name_of(fields), text(fields, "EventKey"), text(fields, "MsgID"), text(fields, "MsgId")))
    return (
        f"event:{who}:{text(fields, 'CreateTime').strip()}:{hashlib.blake2b(what.encode(), digest_size=8).hexdigest()}"
    )


def opens_window(fields: Fields) -> bool:
    """Say whether a push is a deed after which some messages may be sent, and to which a reply is read."""
    return text(fields, "MsgType") == "event" and name_of(fields) in OPENING


def content_of(fields: Fields, channel: str, account: str, who: str, key: str) -> Readable:
    """Return what an event means to us."""
    name = name_of(fields)
    if name in ("subscribe", "scan"):
        return Incoming(channel, account, who, key, _start(text(fields, "EventKey")), "command")
    if name == "click" and (words := line(fields, "EventKey")):
        return Incoming(channel, account, who, key, words, "button")
    if name == "scancode_waitmsg" and (scanned := line(group(fields, "ScanCodeInfo"), "ScanResult")):
        return Incoming(channel, account, who, key, scanned)
    if name == "unsubscribe":
        return Reach(who, reachable=False)
    if name in ("kf_create_session", "kf_close_session"):
        return Session(who, with_person=name == "kf_create_session")
    return Ignored(name if name in KNOWN else "unknown event")


def _start(event_key: str) -> str:
    """Return the command to begin, with the scene of the QR code by which the customer came, if it is a word."""
    scene = event_key.strip().removeprefix(_QR)
    return f"/start {scene}" if _SCENE.fullmatch(scene) else "/start"
