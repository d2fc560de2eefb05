"""What came with a message, what it once said and why it did not arrive are told in plain words."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot
from bot import words
from bot.desk import attached
from bot.domain.attachments import Attachment
from bot.domain.ids import ConversationId, CustomerId, IdentityId, MessageId
from bot.domain.messages import Author, Message, Version
from bot.store.unit_of_work import UnitOfWork
from tests.build import NOW
from tests.desk import telegram_story as story
from tests.desk.conftest import Enter
from tests.desk.house import House

ENGLISH = {"Accept-Language": "en"}


def message(text: str = "", author: Author = Author.CUSTOMER, **more: object) -> Message:
    return Message(ConversationId("c"), CustomerId("u"), IdentityId("i"), author, text, NOW, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_kind_reason_and_audited_change_has_words(language: str) -> None:
    known = words.catalogue(language, "desk")
    assert {f"came-{kind}" for kind in (*attached._DRAWN, "unknown")} <= known.keys()
    assert {f"failure-{name}" for _, name in attached._FAILURES} <= known.keys()
    sources = [path.read_text() for path in (Path(bot.__file__).parent / "services").glob("*.py")]
    changes = re.findall(r'"((?:conversation|customer|identity|message)\.[a-z_]+)"', "\n".join(sources))
    assert {f"action-{one}" for one in changes} <= known.keys()


@pytest.mark.parametrize(
    ("reason", "name"),
    [
        ("Forbidden: bot was blocked by the user", "blocked"), ("Forbidden: bot was kicked from the group", "blocked"),
        ("not reachable", "blocked"), ("Forbidden: user is deactivated", "deactivated"),
        ("Bad Request: chat not found", "no_chat"), ("outcome unknown", "unknown"), ("refused for too long", "given_up"),
        ("the channel is switched off", "switched_off"), ("the file is too large for Telegram", "too_large"),
        ("Bad Request: not enough rights to send text messages to the chat", "no_rights"),
        ("43004: the customer does not follow the account any more", "unfollowed"),
        ("48001: the account is not allowed to do this", "no_permission"), ("45002: the text is too long", "too_large"),
        ("WeChat takes pictures (JPEG, PNG, GIF), no other files", "no_such_files"),
        ("40007: WeChat does not keep the file any more", "file_forgotten"),
        ("95018: the session is with somebody else, or has ended", "session"), ("the session is closed", "session"),
        ("the 48 hours after the customer's last message are over", "window"),
        ("blocked: the customer refuses messages", "blocked"), ("the application is disabled in the console", None),
        ("there is nothing to read in it", "empty"), ("Bad Request: BUTTON_DATA_INVALID", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_reasons_that_we_know_have_a_name(reason: str | None, name: str | None) -> None:
    assert attached.failure(reason) == name


def test_only_words_that_differ_from_the_present_ones_are_earlier() -> None:
    said = message("now")
    versions = [Version(MessageId(1), number, text, NOW) for number, text in ((5, "now"), (0, "first"), (3, "then"))]
    assert [one.text for one in attached.earlier(said, versions)] == ["first", "then"]
    assert attached.earlier(said, [Version(MessageId(1), 4, "now", NOW)]) == []
    assert [one.text for one in attached.earlier(message("first"), versions)] == ["first", "then", "now"]


@given(st.floats() | st.integers() | st.text() | st.booleans(), st.floats() | st.none())
def test_a_place_is_a_point_on_the_earth_or_none(latitude: object, longitude: object) -> None:
    place = attached.place(Attachment("location", details={"latitude": latitude, "longitude": longitude}))  # type: ignore[dict-item]
    if place is not None:
        assert re.fullmatch(r"geo:-?\d{1,3}(\.\d{1,5})?,-?\d{1,3}(\.\d{1,5})?", place.link)


def test_a_place_is_told_as_a_map_reads_it() -> None:
    found = attached.place(Attachment("location", details={"latitude": -31.0, "longitude": 121.4737014}))
    assert found is not None and found.link == "geo:-31,121.4737"


@pytest.mark.parametrize(
    ("size", "told"),
    [(None, ""), (0, "0 B"), (1_023, "1023 B"), (1_024, "1 KB"), (1_536, "1.5 KB"), (20 * 1024 * 1024, "20 MB")],
)
def test_sizes_are_readable(size: int | None, told: str) -> None:
    assert attached.readable_size(size) == told


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0, "0:00"), (42, "0:42"), (213.7, "3:33"), (3_725, "1:02:05"), (-1, ""), ("x", ""), (None, "")],
)
def test_lengths_of_time_are_readable(seconds: object, told: str) -> None:
    assert attached.clock(seconds) == told


@pytest.mark.parametrize("kind", ["hologram", "text", "../x", '"><script>'])
def test_a_kind_that_nobody_knows_is_called_unknown(kind: str) -> None:
    assert attached.came(message(kind=kind)) == (None if kind == "text" else "unknown")
    assert attached.came(message(kind="text", attachment=Attachment(kind))) in (None, "unknown")


async def test_everything_that_came_is_told_in_words(house: House, enter: Enter) -> None:
    talk = story.tell(house, house.hire("lina"))
    _, page = await (await enter("lina")).open(f"/desk/conversations/{talk}", headers=ENGLISH)
    for said in (
        "Photo", "到手就裂了，您看", "Voice message", "0:42", "<audio", "<video", "Too big to be fetched from the platform (200.3 MB).",
        "😤", "geo:31.23042,121.4737", "上海市静安区南京西路 1266 号", "+86 138 0013 8000", "换货还是退款？", "全额退款", "Dice",
        "Something that cannot be shown here.", "Forwarded: not the customer", "command", "edited", "我要退宽", "In reply to:",
        "The customer has blocked us.", "nobody knows whether it arrived", "Bad Request: BUTTON_DATA_INVALID", "退款单.pdf",
    ):  # fmt: skip
        assert said in page, said


async def test_hostile_attachments_show_as_text(house: House, enter: Enter) -> None:
    house.hire("lina")
    bad = '"><script>alert(1)</script>'
    details = {
        "latitude": 1.0,
        "longitude": 2.0,
        "title": bad,
        "address": bad,
        "duration": bad,
        "width": bad,
        "height": bad,
    }
    details |= {"question": bad, "options": [bad], "first_name": bad, "phone_number": bad, "emoji": bad}
    sent = story.send(house, "venue", bad, name=bad, file_ref=bad, media_type=bad, details=details)
    for kind in ("photo", "video", "contact", "poll", "audio", "document"):
        story.send(house, kind, bad, name=bad, file_ref=bad, details=details)
    status, page = await (await enter("lina")).open(f"/desk/conversations/{sent.conversation_id}")
    assert status == 200 and "<script>alert" not in page


async def test_the_list_says_what_came_where_there_are_no_words(house: House, enter: Enter) -> None:
    house.hire("lina")
    story.send(house, "voice", file_ref="v")
    _, page = await (await enter("lina")).open("/desk/?tab=all", headers=ENGLISH)
    assert "Voice message" in page


async def test_what_comes_over_wechat_is_shown_by_its_kind(house: House, enter: Enter) -> None:
    house.hire("lina")
    received = house.hear("看看这个")

    def add(uow: UnitOfWork) -> None:
        first = uow.messages.get(received.message_id)
        assert first is not None
        page = {"title": "茶壶", "description": "新的", "url": "javascript:alert(1)"}
        for attachment in (
            Attachment("image", "m1", media_type="image/jpeg"), Attachment("link", details=page),
            Attachment("voice", "m2", media_type="audio/amr", details={"heard": True}),
        ):  # fmt: skip
            uow.messages.add(Message(
                first.conversation_id, first.customer_id, first.identity_id, Author.CUSTOMER, "", house.clock(),
                kind=attachment.kind, attachment=attachment,
            ))  # fmt: skip

    house.database.perform(add)
    _, page = await (await enter("lina")).open(f"/desk/conversations/{received.conversation_id}", headers=ENGLISH)
    assert page.count("came came-photo") == page.count("came came-link") == page.count("came came-voice") == 1
    assert "茶壶" in page and "<bdi>javascript:alert(1)</bdi>" in page and 'href="javascript' not in page
    assert "The words were heard by the platform." in page
