"""Make fields of pushes, as they look once they are read."""

from datetime import timedelta
from typing import Final

from bot.channels.tencent.xml import Fields
from bot.channels.wechat import payload
from bot.domain.allowance import Grant, Occasion
from bot.domain.arrivals import Arrival

OPENID: Final = "oLin_0123456789-abcdefghijkl"
ACCOUNT, ORIGINAL_ID = "wx00c0ffee00c0ffee", "gh_0123456789ab"
GRANTS: Final = {Occasion.MESSAGE: Grant(5, timedelta(hours=48)), Occasion.EVENT: Grant(3, timedelta(minutes=1))}
COMMON: Final = {"ToUserName": ORIGINAL_ID, "FromUserName": OPENID, "CreateTime": "1767600000"}


def message(kind: str = "text", **more: str) -> Fields:
    """Make a message; a text says hello unless told otherwise."""
    said = {"Content": "hello"} if kind == "text" else {}
    return {**COMMON, "MsgType": kind, "MsgId": "23000000000000001", **said, **more}


def event(name: str, **more: str) -> Fields:
    return {**COMMON, "MsgType": "event", "Event": name, **more}


def parse(fields: Fields, original_id: str | None = ORIGINAL_ID) -> Arrival:
    return payload.parse(fields, ACCOUNT, original_id, GRANTS)
