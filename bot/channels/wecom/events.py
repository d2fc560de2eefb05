"""Read what WeCom's system tells of a session: who came, who has it, what did not arrive, what was taken back. Pure.

https://developer.work.weixin.qq.com/document/path/94670 (事件消息)
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from bot.channels.wecom import naming
from bot.domain.arrivals import Bounce, Content, Entry, Ignored, Recall, Session
from bot.errors import UnreadablePayload

COUNTED: Final = frozenset({
    "servicer_status_change", "servicer_recall_msg", "reject_customer_msg_switch_change", "user_recall_msg",
    "msg_send_fail", "session_status_change",
})  # fmt: skip
"""What may be counted under its own name; all else is ``unknown_event``, so that nobody else names our numbers."""
ENDED: Final = 3
WITH_SERVICER: Final = frozenset({1, 2, 4})
"""Changes after which a servicer has the session: picked up from the pool, passed on, opened again."""
REFUSED: Final = 10
_FAILED: Final = {
    0: "not delivered, for a reason that WeCom does not tell",
    1: "the customer-service account is gone",
    2: "the application is disabled in the console",
    4: "the 48 hours after the customer's last message are over",
    5: "the session is closed",
    6: "more than five messages since the customer's last one",
    8: "the company is not verified, and the day's customers are used up",
    10: "blocked: the customer refuses messages",
    11: "nobody of the company is signed in to WeCom",
    12: "this kind of message may not be sent there",
    13: "held back by WeCom's own safety rules",
}
_ID: Final = re.compile(r"[!-~]{1,128}")


def read(event: Mapping[str, Any], at: datetime) -> Content:
    """Return what an event says that happened at a moment; raises UnreadablePayload for one that we know and cannot read."""
    kind = event.get("event_type")
    if kind == "enter_session":
        return Entry(_identifier(event, "external_userid"), _code(event, "welcome_code"), at)
    if kind == "user_recall_msg":
        return Recall(_identifier(event, "external_userid"), _identifier(event, "recall_msgid"))
    if kind == "session_status_change":
        return _session(event, at)
    if kind == "msg_send_fail":
        return _bounce(event)
    return Ignored(kind if isinstance(kind, str) and kind in COUNTED else "unknown_event")


def _session(event: Mapping[str, Any], at: datetime) -> Content:
    change = event.get("change_type")
    if not isinstance(change, int) or change not in {ENDED, *WITH_SERVICER}:
        return Ignored("session_status_change")
    external_id = _identifier(event, "external_userid")
    if change != ENDED:
        return Session(external_id, with_person=True)
    return Session(external_id, with_person=False, code=_code(event, "msg_code"), at=at)


def _bounce(event: Mapping[str, Any]) -> Content:
    msgid = _identifier(event, "fail_msgid")
    ours = naming.named(msgid)
    if ours is None:
        return Ignored("msg_send_fail")
    cause = event.get("fail_type")
    reason = _FAILED.get(cause if isinstance(cause, int) else 0, _FAILED[0])
    external_id = _identifier(event, "external_userid")
    return Bounce(external_id, msgid, ours.message_id, ours.conversation, reason, unreachable=cause == REFUSED)


def _code(event: Mapping[str, Any], name: str) -> str | None:
    """Return the code by which one thing may be said, None where there is none."""
    found = event.get(name)
    return found if isinstance(found, str) and found else None


def _identifier(event: Mapping[str, Any], name: str) -> str:
    found = event.get(name)
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise UnreadablePayload(f"{name} is missing or strange")
    return found
