"""Pushes that no customer's app makes, and every sample that the world has collected."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.tencent.xml import Fields, read_fields
from bot.domain.arrivals import Arrival, Ignored, Reach, Session
from bot.domain.messages import Incoming
from bot.errors import RejectedRequest, UnreadablePayload
from tests.channels.tencent.shared import FOLDER, MISSING
from tests.channels.wechat.pushes import event, message, parse

SAMPLES = FOLDER / "wechat_xml.json"


@pytest.mark.parametrize("number", [None, "", "0", "-1", "abc", "1.5", "١", str(2**63), "9" * 400])
def test_a_message_without_a_usable_number_is_refused(number: str | None) -> None:
    fields: dict[str, Any] = message()
    fields.pop("MsgId")
    with pytest.raises(UnreadablePayload, match="MsgId"):
        parse(fields if number is None else fields | {"MsgId": number})


@pytest.mark.parametrize(
    "who", ["", "x" * 65, "x" * 300, "../../x", "'; DROP TABLE customers; --", "中文", "a b", "a\x00b"]
)
def test_a_sender_that_cannot_be_one_is_refused(who: str) -> None:
    with pytest.raises(UnreadablePayload, match="FromUserName"):
        parse(message() | {"FromUserName": who})


@pytest.mark.parametrize("moment", ["", "abc", "-1", "1e9", "9" * 12, "1767600000.5"])
def test_a_moment_that_is_none_is_refused(moment: str) -> None:
    with pytest.raises(UnreadablePayload, match="CreateTime"):
        parse(message() | {"CreateTime": moment})


@pytest.mark.parametrize("fields", [message() | {"MsgType": ""}, event(""), {"MsgType": "text"}, {}])
def test_what_lacks_the_least_that_a_push_has_is_refused(fields: Fields) -> None:
    with pytest.raises(UnreadablePayload):
        parse(fields, None)


def test_a_field_that_should_be_text_and_holds_fields_is_refused() -> None:
    with pytest.raises(UnreadablePayload, match="Content"):
        parse(message() | {"Content": {"a": "b"}})


def test_a_push_for_another_account_is_refused_where_we_know_our_own() -> None:
    with pytest.raises(RejectedRequest):
        parse(message() | {"ToUserName": "gh_somebody_else"})
    assert parse(message() | {"ToUserName": "gh_somebody_else"}, None)


def test_control_characters_of_a_customers_keyboard_do_no_harm() -> None:
    raw = b"<xml><ToUserName>gh_0123456789ab</ToUserName><FromUserName>oLin</FromUserName><CreateTime>1</CreateTime>"
    raw += b"<MsgType>text</MsgType><Content><![CDATA[a\x08b]]]]><![CDATA[>c]]></Content><MsgId>5</MsgId></xml>"
    content = parse(read_fields(raw)).content
    assert isinstance(content, Incoming) and content.text == "a\ufffdb]]>c"


def samples() -> list[Any]:
    return json.loads(SAMPLES.read_text()) if SAMPLES.is_file() else [None]


@pytest.mark.parametrize(
    "sample", samples(), ids=lambda sample: f"{sample['msgtype']}-{sample['event']}" if sample else ""
)
def test_every_sample_is_taken_for_what_it_is_or_refused_with_a_reason(sample: Any) -> None:
    if sample is None:
        pytest.skip(MISSING)
    try:
        arrival = parse(read_fields(sample["xml"].encode()), None)
    except UnreadablePayload as refused:
        assert sample["msgtype"].strip() == "" or "MsgId" in str(refused) or "FromUserName" in str(refused), sample[
            "xml"
        ]
        return
    check(sample, arrival)


def check(sample: dict[str, Any], arrival: Arrival) -> None:
    kind, name = sample["msgtype"], (sample["event"] or "").lower()
    if kind in ("text", "image", "voice", "video", "shortvideo", "location", "link"):
        assert isinstance(arrival.content, Incoming) and arrival.content.kind == kind
    elif name in ("subscribe", "scan"):
        assert isinstance(arrival.content, Incoming) and arrival.content.text.startswith("/start")
    elif name == "unsubscribe":
        assert isinstance(arrival.content, Reach)
    elif name in ("kf_create_session", "kf_close_session"):
        assert isinstance(arrival.content, Session)
    elif name not in ("click", "scancode_waitmsg"):
        assert isinstance(arrival.content, Ignored)


VALUES = st.recursive(
    st.text(max_size=20) | st.sampled_from(["text", "event", "voice", "1", "CLICK", "subscribe"]),
    lambda inner: st.dictionaries(st.text(max_size=5), inner, max_size=3) | st.lists(
        st.dictionaries(st.text(max_size=5), inner, max_size=2), max_size=2
    ),
    max_leaves=6,
)  # fmt: skip
NAMES = st.sampled_from(
    ["ToUserName", "FromUserName", "CreateTime", "MsgType", "MsgId", "Event", "EventKey", "Content", "bizmsgmenuid", "MediaId",
     "Location_X", "ScanCodeInfo", "Recognition", "Ticket"]
)  # fmt: skip


@pytest.mark.property
@settings(deadline=None)
@given(fields=st.dictionaries(NAMES, VALUES), base=st.sampled_from([message(), event("CLICK"), message("voice"), {}]))
def test_anything_at_all_is_a_push_or_refused(fields: dict[str, Any], base: Fields) -> None:
    try:
        arrival = parse({**base, **fields}, None)
    except UnreadablePayload:
        return
    assert arrival.channel == "wechat" and 0 < len(arrival.key) <= 256
