"""Each kind of message that WeCom gives is read, and none that cannot be read keeps others from being read."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.channels.wecom import payload
from bot.domain.allowance import Grant, Occasion, Opening
from bot.domain.arrivals import Arrival, Bounce, Entry, Ignored, Press, Recall, SaidElsewhere, Session, Unreadable
from bot.domain.attachments import Attachment
from bot.domain.ids import MessageId
from bot.domain.messages import Incoming

GRANT = Grant(5, timedelta(hours=48))
AT = datetime.fromtimestamp(1_770_000_000, UTC)
MESSAGES: dict[str, Any] = json.loads((Path(__file__).parent / "messages.json").read_text())


def raw(kind: str, **more: Any) -> dict[str, Any]:
    """Return a message of the collection, as WeCom gives it."""
    common = {
        "msgid": "msg-1",
        "open_kfid": "wkShop",
        "external_userid": "wmLin",
        "send_time": 1_770_000_000,
        "origin": 3,
    }
    return common | {"msgtype": kind} | MESSAGES.get(kind, {}) | more


def event(**fields: Any) -> Arrival:
    given = {"msgid": "msg-1", "send_time": 1_770_000_000, "origin": 4, "msgtype": "event", "event": fields}
    return payload.parse(given, "wkShop", {}, GRANT)


def parsed(kind: str, **more: Any) -> Arrival:
    return payload.parse(raw(kind, **more), "wkShop", {"wmLin": "林"}, GRANT)


def incoming(kind: str, **more: Any) -> Incoming:
    content = parsed(kind, **more).content
    assert isinstance(content, Incoming)
    return content


def test_a_text_is_the_customers_words_and_opens_a_window() -> None:
    arrival = parsed("text")
    assert arrival.content == Incoming("wecom", "wkShop", "wmLin", "msg-1", "我的订单到哪了？", display_name="林")
    assert arrival.opens == Opening("wmLin", Occasion.MESSAGE, AT, GRANT)
    assert (arrival.channel, arrival.account, arrival.key) == ("wecom", "wkShop", "msg-1")


@pytest.mark.parametrize(
    ("kind", "attachment"),
    [
        ("image", Attachment("photo", "media-image", media_type="image/jpeg")),
        ("voice", Attachment("voice", "media-voice", media_type="audio/amr")),
        ("video", Attachment("video", "media-video", media_type="video/mp4")),
        ("file", Attachment("document", "media-file")),
        ("business_card", Attachment("contact", details={"name": "li.lei"})),
        ("location", Attachment("location", details={
            "latitude": 31.23, "longitude": 121.47, "title": "人民广场", "address": "上海市黄浦区"})),
        ("meeting", Attachment("unknown")),
    ],
)  # fmt: skip
def test_what_came_beside_words_is_an_attachment(kind: str, attachment: Attachment) -> None:
    found = incoming(kind)
    assert (found.attachment, found.kind, found.text) == (attachment, attachment.kind, "")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("link", "秋茶上市\n今年的新茶\nhttps://shop.example/tea"),
        ("miniprogram", "茶铺小程序\nwx0123456789abcdef\npages/tea.html"),
        ("channels", "老茶客\n怎么泡乌龙茶"),
        ("channels_shop_product", "铁观音 250g\n12800\n茶铺"),
        ("channels_shop_order", "铁观音 250g\n共1件 ¥128.00\n已发货\n茶铺"),
        ("msgmenu", "请选择\n查订单\n联系我们\n打开小程序\n第二行\n随时回复"),
        ("merged_msg", "群聊的聊天记录\n小王: 好喝吗？\n小李: [image]\n小赵: [text]"),
    ],
)  # fmt: skip
def test_a_card_is_not_the_customers_own_words(kind: str, text: str) -> None:
    found = incoming(kind)
    assert (found.kind, found.text, found.attachment) == ("forwarded", text, None)


def test_a_tap_on_our_menu_is_a_press_with_its_words() -> None:
    content = parsed("text", text={"content": "查订单", "menu_id": "0123456789ab-42-1:3"}).content
    assert isinstance(content, Press)
    assert (content.message_id, content.button) == (MessageId(42), 3)
    assert (content.incoming.text, content.incoming.reply_to) == ("查订单", "0123456789ab-42-1")


@pytest.mark.parametrize("menu_id", ["", "101", "0123456789ab-42-1", "0123456789ab-42-1:", ":3", 7, None])
def test_a_tap_on_another_menu_is_a_text(menu_id: object) -> None:
    assert incoming("text", text={"content": "查订单", "menu_id": menu_id}).text == "查订单"


@pytest.mark.parametrize("kind", [kind for kind in MESSAGES if kind != "event"])
def test_what_a_servicer_writes_is_theirs_and_opens_nothing(kind: str) -> None:
    arrival = parsed(kind, origin=5, servicer_userid="li.lei")
    as_customer = incoming(kind)
    assert arrival.content == SaidElsewhere("wmLin", "msg-1", as_customer.text, as_customer.attachment)
    assert arrival.opens is None


def test_events_say_what_happened() -> None:
    lin = {"open_kfid": "wkShop", "external_userid": "wmLin"}
    assert event(event_type="enter_session", welcome_code="code", **lin).content == Entry("wmLin", "code", AT)
    assert event(event_type="enter_session", **lin).content == Entry("wmLin", None, AT)
    assert event(event_type="user_recall_msg", recall_msgid="m7", **lin).content == Recall("wmLin", "m7")
    passed = [event(event_type="session_status_change", change_type=change, **lin).content for change in (1, 2, 4)]
    assert passed == [Session("wmLin", with_person=True)] * 3
    ended = event(event_type="session_status_change", change_type=3, msg_code="code", **lin).content
    assert ended == Session("wmLin", with_person=False, code="code", at=AT)


@pytest.mark.parametrize(
    ("fail_type", "words"), [(0, "not delivered"), (4, "48 hours"), (10, "refuses"), (99, "not delivered")]
)
def test_a_failure_names_our_message_and_its_reason(fail_type: int, words: str) -> None:
    found = event(
        event_type="msg_send_fail", external_userid="wmLin", fail_msgid="0123456789ab-42-0", fail_type=fail_type
    )
    content = found.content
    assert isinstance(content, Bounce) and words in content.reason
    assert (content.platform_id, content.message_id, content.conversation) == ("0123456789ab-42-0", 42, "0123456789ab")
    assert content.unreachable is (fail_type == 10)


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"event_type": "servicer_status_change"}, "servicer_status_change"),
        ({"event_type": "reject_customer_msg_switch_change"}, "reject_customer_msg_switch_change"),
        ({"event_type": "msg_send_fail", "external_userid": "wmLin", "fail_msgid": "not-ours"}, "msg_send_fail"),
        ({"event_type": "session_status_change", "external_userid": "wmLin", "change_type": 9}, "session_status_change"),
        ({"event_type": "of_the_future"}, "unknown_event"),
        ({"event_type": ["x"]}, "unknown_event"),
    ],
)  # fmt: skip
def test_all_other_events_are_counted(fields: dict[str, Any], kind: str) -> None:
    assert event(**fields).content == Ignored(kind)


@pytest.mark.parametrize(
    "more",
    [
        {"external_userid": None}, {"external_userid": "x" * 300}, {"external_userid": "../../x y"}, {"text": "hello"},
        {"text": {"content": 7}}, {"send_time": "soon"}, {"send_time": -1}, {"msgtype": "image"},
        {"msgtype": "image", "image": {"media_id": ""}}, {"origin": 4}, {"origin": 4, "event": []},
    ],
)  # fmt: skip
def test_what_should_be_readable_and_is_not_is_put_aside(more: dict[str, Any]) -> None:
    arrival = parsed("text", **more)
    assert isinstance(arrival.content, Unreadable)
    assert arrival.key.startswith("unreadable:")


def test_messages_without_an_id_are_told_apart_by_what_they_say() -> None:
    first, second = (parsed("text", msgid=None, text={"content": text}) for text in ("one", "two"))
    assert first.key != second.key
    assert first.key == parsed("text", msgid=None, text={"content": "one"}).key


def test_an_unknown_origin_is_counted() -> None:
    assert parsed("text", origin=9).content == Ignored("origin")


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
FIELDS = ("msgid", "external_userid", "send_time", "origin", "msgtype", "event", *MESSAGES)


@pytest.mark.property
@given(st.sampled_from(sorted(MESSAGES)), st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=4))
def test_nothing_that_is_json_raises(kind: str, changed: dict[str, Any]) -> None:
    arrival = payload.parse(raw(kind) | changed, "wkShop", {}, GRANT)
    assert 0 < len(arrival.key) <= 256 and arrival.digest


@pytest.mark.property
@given(st.sampled_from(sorted(MESSAGES)), ANYTHING)
def test_no_part_of_a_message_can_be_so_strange_that_it_raises(kind: str, inner: Any) -> None:
    for name in MESSAGES[kind].get(kind, {}):
        part = MESSAGES[kind][kind] | {name: inner}
        assert payload.parse(raw(kind, **{kind: part}), "wkShop", {}, GRANT).key
