"""Read the messages that WeCom gives page by page: what customers wrote, what servicers wrote, and what happened. Pure.

https://developer.work.weixin.qq.com/document/path/94670
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.wecom import events, kinds, naming
from bot.channels.wecom.kinds import Came
from bot.domain.allowance import Grant, Occasion, Opening
from bot.domain.arrivals import Arrival, Content, Ignored, Press, SaidElsewhere, Unreadable
from bot.domain.messages import Incoming
from bot.errors import UnreadablePayload

CHANNEL: Final = "wecom"
CUSTOMER: Final = 3
SYSTEM: Final = 4
SERVICER: Final = 5
_LATEST: Final = 253_402_300_799
_ID: Final = re.compile(r"[!-~]{1,128}")


def parse(raw: Mapping[str, Any], account: str, names: Mapping[str, str], grant: Grant) -> Arrival:
    """Return one message of an account as a delivery.

    ``names`` are how customers call themselves, as far as we know; ``grant`` is what a customer's message allows us to answer.
    Whatever it is, it is a delivery: one that cannot be read must not keep those behind it from being read.
    """
    digest = hashlib.sha256(_canonical(raw)).hexdigest()
    try:
        key = _identifier(raw, "msgid")
        arrival = Arrival(CHANNEL, account, key, digest, _content(raw, account, key, names))
        external_id = writer(raw)
        if external_id is None:
            return arrival
        return replace(arrival, opens=Opening(external_id, Occasion.MESSAGE, written_at(raw), grant))
    except UnreadablePayload as error:
        return Arrival(CHANNEL, account, f"unreadable:{digest}", digest, unreadable(raw, str(error)))


def unreadable(raw: Mapping[str, Any], reason: str) -> Unreadable:
    """Return a message as it is put aside."""
    return Unreadable(json.dumps(raw, ensure_ascii=False), reason)


def writer(raw: Mapping[str, Any]) -> str | None:
    """Return the customer who wrote a message, None for anything else."""
    found = raw.get("external_userid")
    return found if raw.get("origin") == CUSTOMER and isinstance(found, str) and _ID.fullmatch(found) else None


def written_at(raw: Mapping[str, Any]) -> datetime:
    """Return when a message was written, by WeCom's clock; raises UnreadablePayload where it does not say."""
    seconds = raw.get("send_time")
    if not isinstance(seconds, int) or not 0 < seconds <= _LATEST:
        raise UnreadablePayload("send_time is missing or strange")
    return datetime.fromtimestamp(seconds, UTC)


def _content(raw: Mapping[str, Any], account: str, key: str, names: Mapping[str, str]) -> Content:
    origin = raw.get("origin")
    if origin == SYSTEM:
        return events.read(kinds.mapping(raw, "event"), written_at(raw))
    if origin not in (CUSTOMER, SERVICER):
        return Ignored("origin")
    external_id = _identifier(raw, "external_userid")
    came = kinds.read(raw)
    if origin == SERVICER:
        return SaidElsewhere(external_id, key, came.text, came.attachment)
    incoming = Incoming(
        CHANNEL, account, external_id, key, came.text, came.kind, display_name=names.get(external_id),
        attachment=came.attachment,
    )  # fmt: skip
    return _chosen(incoming, came) or incoming


def _chosen(incoming: Incoming, came: Came) -> Press | None:
    """Return the press that a text is when the customer tapped an item of a menu of ours."""
    item = naming.item(came.menu_id) if came.menu_id else None
    if item is None or not incoming.text.strip():
        return None
    by = Incoming(
        incoming.channel, incoming.account, incoming.external_id, incoming.platform_id, incoming.text,
        display_name=incoming.display_name, reply_to=item.msgid,
    )  # fmt: skip
    return Press(by, item.message_id, item.number)


def _identifier(raw: Mapping[str, Any], name: str) -> str:
    found = raw.get(name)
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise UnreadablePayload(f"{name} is missing or strange")
    return found


def _canonical(raw: Mapping[str, Any]) -> bytes:
    return json.dumps(raw, sort_keys=True, ensure_ascii=True).encode()
