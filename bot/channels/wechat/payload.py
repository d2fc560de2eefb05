"""Turn the fields of a push into an Arrival. Pure: whatever comes in gives an Arrival or UnreadablePayload.

https://developers.weixin.qq.com/doc/offiaccount/Message_Management/Receiving_standard_messages.html
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from bot.channels.tencent.xml import Fields
from bot.channels.wechat import events
from bot.channels.wechat.attachments import attachment_of
from bot.channels.wechat.fields import message_id, moment, openid, text
from bot.domain.allowance import Grant, Occasion, Opening
from bot.domain.arrivals import Arrival, Ignored, Press, Readable
from bot.domain.ids import MessageId
from bot.domain.messages import Incoming
from bot.errors import RejectedRequest, UnreadablePayload

CHANNEL: Final = "wechat"
MORE: Final = "more"
"""The id of the line that asks for what was kept."""

WRITTEN: Final = frozenset({"text", "image", "voice", "video", "shortvideo", "location", "link"})
_BUTTON: Final = re.compile(r"([1-9][0-9]{0,17})-([0-9]{1,2})", re.ASCII)
Grants = Mapping[Occasion, Grant]


def parse(fields: Fields, account: str, original_id: str | None, grants: Grants) -> Arrival:
    """Return what a push is; raises UnreadablePayload for what is none, RejectedRequest for what is another account's."""
    if original_id is not None and text(fields, "ToUserName") != original_id:
        raise RejectedRequest("not allowed")
    who, at, kind = openid(fields), moment(fields), text(fields, "MsgType")
    if kind == "event":
        key = events.key_of(fields, who)
        content: Readable = events.content_of(fields, CHANNEL, account, who, key)
        occasion = Occasion.EVENT if events.opens_window(fields) else None
    elif kind:
        key = message_id(fields)
        content = _message(fields, kind, Incoming(CHANNEL, account, who, key, "", kind))
        occasion = Occasion.MESSAGE if kind in WRITTEN else None
    else:
        raise UnreadablePayload("MsgType is missing")
    opens = Opening(who, occasion, at, grants[occasion]) if occasion is not None else None
    return Arrival(CHANNEL, account, key, _digest(fields), content, opens)


def takes_reply(fields: Fields) -> bool:
    """Say whether the customer would read a reply to this push: to words of theirs, or a deed that waits for an answer."""
    return text(fields, "MsgType") in WRITTEN or events.opens_window(fields)


def _message(fields: Fields, kind: str, blank: Incoming) -> Incoming | Press | Ignored:
    if kind not in WRITTEN:
        return Ignored("unknown message")
    if kind != "text":
        words, attachment = attachment_of(fields, kind)
        return replace(blank, text=words, attachment=attachment)
    said = replace(blank, text=text(fields, "Content"))
    tapped = text(fields, "bizmsgmenuid").strip()
    if tapped == MORE:
        return Ignored("asked for more")
    button = _BUTTON.fullmatch(tapped)
    return Press(said, MessageId(int(button[1])), int(button[2])) if button else said


def _digest(fields: Fields) -> str:
    """Return what tells a repetition from another push under the same key."""
    written = json.dumps(fields, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
