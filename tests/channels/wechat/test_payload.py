"""Every kind of message and event, and what it becomes."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.channels.wechat.payload import takes_reply
from bot.domain.allowance import Occasion, Opening
from bot.domain.arrivals import Ignored, Press, Reach, Session
from bot.domain.attachments import Attachment
from bot.domain.ids import MessageId
from bot.domain.messages import Incoming
from tests.channels.wechat.pushes import ACCOUNT, GRANTS, OPENID, event, message, parse

AT = datetime.fromtimestamp(1767600000, UTC)


def read(fields: Any) -> Incoming:
    content = parse(fields).content
    assert isinstance(content, Incoming)
    return content


def test_a_text_is_known_by_its_number_and_opens_a_window_by_wechats_clock() -> None:
    arrival = parse(message(Content="你好"))
    assert arrival.key == "23000000000000001"
    assert arrival.content == Incoming("wechat", ACCOUNT, OPENID, arrival.key, "你好", "text")
    assert arrival.opens == Opening(OPENID, Occasion.MESSAGE, AT, GRANTS[Occasion.MESSAGE])


def test_a_tapped_line_is_a_press_on_our_button_with_the_words_that_the_customer_sees() -> None:
    content = parse(message(Content="Yes", bizmsgmenuid="17-1")).content
    assert isinstance(content, Press)
    assert (content.message_id, content.button, content.incoming.text) == (MessageId(17), 1, "Yes")


@pytest.mark.parametrize("foreign", ["101", "17", "17-", "-1", "0-1", "17-1-1", "٣-1", "1" * 30 + "-1"])
def test_a_tapped_line_of_somebody_else_is_text(foreign: str) -> None:
    assert read(message(Content="Yes", bizmsgmenuid=foreign)).text == "Yes"


def test_whoever_asks_for_the_rest_asks_for_nothing_else() -> None:
    arrival = parse(message(Content="继续", bizmsgmenuid="more"))
    assert arrival.content == Ignored("asked for more")
    assert arrival.opens is not None


def test_what_was_heard_in_a_voice_note_are_its_words() -> None:
    heard = read(message("voice", MediaId="m1", Format="amr", Recognition="我要退货"))
    assert (heard.text, heard.kind) == ("我要退货", "voice")
    assert heard.attachment == Attachment(
        "voice", "m1", media_type="audio/amr", details={"format": "amr", "heard": True}
    )
    unheard = read(message("voice", MediaId="m1", Format="amr", Recognition=""))
    assert (unheard.text, unheard.attachment and unheard.attachment.details["heard"]) == ("", False)


@pytest.mark.parametrize(
    ("kind", "media_type"), [("image", "image/jpeg"), ("video", "video/mp4"), ("shortvideo", "video/mp4")]
)
def test_a_picture_or_a_film_can_be_fetched(kind: str, media_type: str) -> None:
    found = read(message(kind, MediaId="m1", PicUrl="http://example.com/p.jpg", ThumbMediaId="t1"))
    assert (found.kind, found.text) == (kind, "")
    assert found.attachment == Attachment(kind, "m1", media_type=media_type)


def test_a_place_and_a_page_tell_what_is_worth_reading() -> None:
    place = read(message("location", Location_X="23.13", Location_Y="113.35", Scale="20", Label="某路 1 号"))
    assert place.attachment == Attachment(
        "location", details={"latitude": 23.13, "longitude": 113.35, "address": "某路 1 号"}
    )
    page = read(message("link", Title="T", Description="D", Url="https://example.com"))
    assert page.attachment == Attachment(
        "link", details={"title": "T", "description": "D", "url": "https://example.com"}
    )


@pytest.mark.parametrize("degrees", ["", "north", "nan", "inf", "1e9"])
def test_a_place_that_is_none_has_no_degrees(degrees: str) -> None:
    place = read(message("location", Location_X=degrees, Location_Y="113.35"))
    assert place.attachment == Attachment("location", details={"longitude": 113.35})


@pytest.mark.parametrize("reference", ["", "with space", "中", "x" * 513, "a\nb"])
def test_what_is_no_id_of_a_file_is_not_fetched(reference: str) -> None:
    found = read(message("image", MediaId=reference))
    assert found.attachment is not None and found.attachment.file_ref is None


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "/start"),
        ({"EventKey": ""}, "/start"),
        ({"EventKey": "qrscene_123", "Ticket": "T"}, "/start 123"),
        ({"EventKey": "qrscene_从海报来"}, "/start"),
    ],
)
def test_whoever_follows_begins_with_the_scene_of_their_qr_code(more: dict[str, str], words: str) -> None:
    arrival = parse(event("subscribe", **more))
    assert isinstance(arrival.content, Incoming)
    assert (arrival.content.text, arrival.content.kind) == (words, "command")
    assert arrival.opens == Opening(OPENID, Occasion.EVENT, AT, GRANTS[Occasion.EVENT])


def test_whoever_scans_again_begins_anew() -> None:
    assert read(event("SCAN", EventKey="shop_7", Ticket="T")).text == "/start shop_7"


def test_whoever_leaves_cannot_be_reached_and_is_owed_nothing() -> None:
    arrival = parse(event("unsubscribe"))
    assert (arrival.content, arrival.opens) == (Reach(OPENID, reachable=False), None)


def test_a_press_in_the_menu_says_what_its_key_says() -> None:
    pressed = read(event("CLICK", EventKey="我的订单"))
    assert (pressed.text, pressed.kind) == ("我的订单", "button")
    assert parse(event("CLICK", EventKey="")).content == Ignored("click")


def test_what_was_scanned_from_the_menu_is_said() -> None:
    scanned = parse(
        {**event("scancode_waitmsg", EventKey="scan"), "ScanCodeInfo": {"ScanType": "qrcode", "ScanResult": "A-7"}}
    )
    assert isinstance(scanned.content, Incoming) and scanned.content.text == "A-7"


def test_tencents_own_agents_count_as_persons() -> None:
    assert parse(event("kf_create_session", KfAccount="a@b")).content == Session(OPENID, with_person=True)
    assert parse(event("kf_close_session", KfAccount="a@b")).content == Session(OPENID, with_person=False)


@pytest.mark.parametrize("name", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "kf_switch_session", "pic_sysphoto"])
def test_what_is_only_told_is_counted_by_its_name_and_opens_nothing(name: str) -> None:
    arrival = parse(event(name))
    assert (arrival.content, arrival.opens) == (Ignored(name.lower()), None)


def test_what_we_do_not_know_is_counted_as_such() -> None:
    assert parse(event("event_of_next_year")).content == Ignored("unknown event")
    assert parse(message("hologram")).content == Ignored("unknown message")


def test_events_are_told_apart_by_who_when_and_what() -> None:
    base = parse(event("CLICK", EventKey="a")).key
    assert base == parse(event("CLICK", EventKey="a")).key
    others = [
        event("CLICK", EventKey="b"), event("VIEW", EventKey="a"), event("CLICK", EventKey="a") | {"CreateTime": "1767600001"},
        event("CLICK", EventKey="a") | {"FromUserName": "oSomebody"}, event("TEMPLATESENDJOBFINISH", MsgID="1"),
        event("TEMPLATESENDJOBFINISH", MsgID="2"),
    ]  # fmt: skip
    keys = {base, *(parse(other).key for other in others)}
    assert len(keys) == len(others) + 1
    assert all(len(key) <= 256 for key in keys)


def test_only_words_and_deeds_that_wait_for_an_answer_get_a_reply() -> None:
    assert all(takes_reply(fields) for fields in (message(), message("voice"), event("CLICK"), event("subscribe")))
    assert not any(takes_reply(event(name)) for name in ("VIEW", "LOCATION", "unsubscribe", "TEMPLATESENDJOBFINISH"))
