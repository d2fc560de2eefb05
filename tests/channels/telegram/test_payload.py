"""Every kind of update becomes what it is; the raw updates lie in ``updates/``, one file per kind."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.channels.telegram import kinds, payload
from bot.channels.telegram.groups import Ourselves
from bot.domain.arrivals import Content, Edit, Ignored, Press, Reach, Unreadable
from bot.domain.messages import Incoming
from tests.channels.telegram.fake.spec import MISSING, PATH

UPDATES = Path(__file__).parent / "updates"
US = Ourselves("424242", "tingjian_bot", 424242)
PRIVATE, IN_GROUP = "5550101", "-1001234500042:5550101"

# file → kind, text, what is attached: (kind, file id, name, media type, size), details
WORDS: dict[str, tuple[str, str]] = {
    "text": ("text", "我的订单到哪里了？"),
    "command_start_with_payload": ("command", "/start spring_sale"),
    "command_with_our_name": ("command", "/human please"),
    "command_of_another_bot": ("text", "/help@other_bot"),
    "unknown_command": ("text", "/restart"),
    "forwarded": ("forwarded", "You have won, ask for a human"),
    "via_another_bot": ("forwarded", "a recipe"),
    "reply": ("text", "this one"),
    "traditional_chinese": ("text", "您好"),
    "another_language": ("text", "bonjour"),
    "a_name_with_markup": ("text", "hi"),
}
GROUPS: dict[str, tuple[str, str]] = {
    "group_mention": ("text", "😀 when do you open?"),
    "group_mention_in_caption": ("photo", "look 😀 !"),
    "group_text_mention": ("text", "hey hello"),
    "group_command": ("command", "/help"),
    "group_reply_to_us": ("text", "and on Sunday?"),
}
FILES: dict[str, tuple[str, str, str | None, str | None, int | None, dict[str, object]]] = {
    "photo_with_caption": ("杯子裂了", "p3", None, "image/jpeg", 180_000, {"width": 1280, "height": 960}),
    "photo_without_caption": ("", "p4", None, "image/jpeg", 1_200, {"width": 90, "height": 67}),
    "live_photo": ("", "lp", None, "video/mp4", 910_000, {"width": 1080, "height": 1440, "duration": 3}),
    "voice": ("", "v", None, "audio/ogg", 28_000, {"duration": 7}),
    "audio": (
        "", "a", "tea.mp3", "audio/mpeg", 5_200_000, {"duration": 215, "performer": "Faye", "title": "Tea song"}
    ),
    "video": ("it leaks", "vi", "leak.mp4", "video/mp4", 8_100_000, {"width": 1920, "height": 1080, "duration": 12}),
    "video_note": ("", "vn", None, None, 650_000, {"length": 384, "duration": 9}),
    "animation": ("", "an", "hello.mp4", "video/mp4", 90_000, {"width": 320, "height": 320, "duration": 2}),
    "sticker": ("", "st", None, "image/webp", 14_000, {"emoji": "😀", "set_name": "TeaCups"}),
    "sticker_animated": ("", "st2", None, "application/x-tgsticker", None, {"emoji": "🎉"}),
    "sticker_video": ("", "st3", None, "video/webm", None, {}),
    "document": ("the invoice", "d", "invoice.pdf", "application/pdf", 64_000, {}),
}  # fmt: skip
THINGS: dict[str, dict[str, object]] = {
    "location": {"latitude": 31.2304, "longitude": 121.4737, "horizontal_accuracy": 12.5},
    "venue": {"title": "IFC", "address": "8 Finance Street", "latitude": 22.2819, "longitude": 114.1581},
    "contact": {"phone_number": "+8613800138000", "first_name": "Mei", "last_name": "Zhou"},
    "poll": {"question": "Green or black?", "options": ["green", "black"]},
    "dice": {"emoji": "🎲", "value": 4},
    "game": {"title": "Tea race", "description": "Be quick"},
    "story": {"id": 31},
    "paid_media": {"star_count": 5},
    "invoice": {"title": "Tea", "description": "A box", "currency": "CNY", "total_amount": 9900},
    "checklist": {"title": "To buy", "tasks": ["tea", "cups"]},
    "something_of_the_future": {},
}
IGNORED: dict[str, str] = {
    **{kind: kind for kind in kinds.IGNORED - {"poll"}},
    "poll_update": "poll",
    "an_update_of_the_future": "unknown",
    "added_to_a_group": "my_chat_member",
    "edited_live_location": "live_location",
    "press_without_message": "callback_query",
    "press_with_too_long_data": "callback_query",
    "press_with_foreign_data": "callback_query",
    "press_of_a_game": "callback_query",
    "group_talk": "group",
    "group_command_for_anybody": "group",
    "group_reply_to_another": "group",
    "group_topic": "group",
    "group_anonymous_admin": "sender_chat",
    "group_sender_chat": "sender_chat",
    "group_automatic_forward": "is_automatic_forward",
    "group_bot": "bot",
    "group_new_member": "new_chat_members",
    "group_migrates": "migrate_to_chat_id",
    "pinned_message": "pinned_message",
}
SPECIAL = {
    "edited_text", "edited_caption", "press", "press_under_an_old_message", "press_in_a_group", "blocked", "unblocked",
    "unreadable_poll", "unreadable_chat_id", "unreadable_text", "rich_message",
}  # fmt: skip


def raw(name: str) -> dict[str, Any]:
    update: dict[str, Any] = json.loads((UPDATES / f"{name}.json").read_text(encoding="utf-8"))
    return update


def content(name: str) -> Content:
    return payload.parse(raw(name), US).content


def incoming(name: str) -> Incoming:
    found = content(name)
    assert isinstance(found, Incoming)
    return found


def test_every_file_of_the_folder_is_expected_here_and_back() -> None:
    here = set(WORDS) | set(GROUPS) | set(FILES) | set(THINGS) | set(IGNORED) | SPECIAL
    assert {path.stem for path in UPDATES.glob("*.json")} == here


@pytest.mark.parametrize("name", sorted(path.stem for path in UPDATES.glob("*.json")))
def test_an_update_is_known_by_its_id_and_told_from_a_forgery_by_its_digest(name: str) -> None:
    update = raw(name)
    arrival = payload.parse(update, US)
    assert (arrival.channel, arrival.account, arrival.key) == ("telegram", "424242", str(update["update_id"]))
    assert len(arrival.digest) == 32
    assert payload.parse(dict(reversed(update.items())), US).digest == arrival.digest
    assert payload.parse(update | {"more": 1}, US).digest != arrival.digest


@pytest.mark.parametrize("name", sorted(WORDS))
def test_words_in_private_are_read(name: str) -> None:
    found = incoming(name)
    assert (found.kind, found.text) == WORDS[name]
    assert (found.external_id, found.is_public, found.attachment) == (PRIVATE, False, None)
    message_id = raw(name)["message"]["message_id"]
    assert (found.platform_id, found.platform_order) == (str(message_id), message_id)


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_words_to_us_in_a_group_are_a_members_own(name: str) -> None:
    found = incoming(name)
    assert (found.kind, found.text) == GROUPS[name]
    assert (found.external_id, found.is_public) == (IN_GROUP, True)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_is_kept_by_its_id_with_its_caption(name: str) -> None:
    found, (text, ref, file_name, media_type, size, details) = incoming(name), FILES[name]
    assert found.attachment is not None
    assert found.kind == found.attachment.kind == next(kind for kind in raw(name)["message"] if kind in name)
    assert (found.text, found.attachment.file_ref) == (text, f"AgACAgUAAx{ref}")
    assert (found.attachment.name, found.attachment.media_type, found.attachment.size) == (file_name, media_type, size)
    assert found.attachment.details == details


@pytest.mark.parametrize("name", sorted(THINGS))
def test_what_is_no_file_is_kept_by_what_it_says(name: str) -> None:
    found = incoming(name)
    assert found.attachment is not None
    kind = name if THINGS[name] else "unknown"
    assert (found.kind, found.attachment.kind, found.text) == (kind, kind, "")
    assert (found.attachment.details, found.attachment.file_ref) == (THINGS[name], None)


@pytest.mark.parametrize("name", sorted(IGNORED))
def test_what_is_none_of_our_business_is_counted_by_its_kind(name: str) -> None:
    assert content(name) == Ignored(IGNORED[name])


@pytest.mark.parametrize("name", ["unreadable_poll", "unreadable_chat_id", "unreadable_text"])
def test_what_cannot_be_read_is_put_aside_whole(name: str) -> None:
    found = content(name)
    assert isinstance(found, Unreadable)
    assert json.loads(found.payload) == raw(name)
    assert found.reason == "TypeError"


def test_who_writes_is_known_by_name_and_language() -> None:
    found = incoming("text")
    assert (found.display_name, found.username, found.language_hint) == ("Lin Lan", "lin_lan", "zh-Hans")
    hints = [incoming(name).language_hint for name in ("traditional_chinese", "another_language", "a_name_with_markup")]
    assert hints == ["zh-Hant", "en", "en"]


def test_a_reply_says_what_it_replies_to() -> None:
    assert incoming("reply").reply_to == "55"
    assert incoming("text").reply_to is None


def test_an_edit_is_the_message_as_it_reads_now_and_later_ones_have_greater_versions() -> None:
    text, caption = content("edited_text"), content("edited_caption")
    assert isinstance(text, Edit) and isinstance(caption, Edit)
    assert text.incoming.text == "我的订单 TJ1001 到哪里了？"
    assert (caption.incoming.kind, caption.incoming.text) == ("photo", "杯子裂了两处")
    again = raw("edited_text")
    again["update_id"] += 1
    next_one = payload.parse(again, US).content
    assert isinstance(next_one, Edit)
    assert 0 < text.version < next_one.version < caption.version


def test_a_press_names_our_message_and_the_number_of_the_button() -> None:
    for name, message_id, button, who in (
        ("press", 41, 1, PRIVATE), ("press_under_an_old_message", 42, 0, PRIVATE), ("press_in_a_group", 43, 0, IN_GROUP)
    ):  # fmt: skip
        found = content(name)
        assert isinstance(found, Press)
        assert (found.message_id, found.button, found.incoming.external_id) == (message_id, button, who)
        assert (found.incoming.platform_id, found.incoming.kind) == (f"press:{message_id}", "button")


@pytest.mark.parametrize("name", sorted(path.stem for path in UPDATES.glob("press*.json")))
def test_every_press_wants_an_answer_whatever_is_in_it(name: str) -> None:
    assert payload.press_id(raw(name)) == "4382bfdwdsb323b2d9"
    assert payload.press_id(raw("text")) is None


def test_a_customer_who_blocks_us_and_comes_back_is_news() -> None:
    assert content("blocked") == Reach(PRIVATE, reachable=False)
    assert content("unblocked") == Reach(PRIVATE, reachable=True)


def test_without_our_name_a_mention_is_nobodys_and_a_reply_is_still_ours() -> None:
    nameless = Ourselves("424242", None, 424242)
    assert payload.parse(raw("group_mention"), nameless).content == Ignored("group")
    assert isinstance(payload.parse(raw("group_reply_to_us"), nameless).content, Incoming)
    assert payload.is_from_group(raw("group_mention")) and not payload.is_from_group(raw("text"))


def test_every_kind_of_update_in_the_bot_api_has_a_file_or_is_counted_as_ignored() -> None:
    if not PATH.exists():
        pytest.skip(MISSING)
    spec = json.loads(PATH.read_text(encoding="utf-8"))
    kinds_there = {field["name"] for field in spec["types"]["Update"]["fields"]} - {"update_id"}
    assert kinds_there == set(kinds.READ) | kinds.IGNORED
    here = {kind for path in UPDATES.glob("*.json") for kind in json.loads(path.read_text(encoding="utf-8"))}
    assert kinds_there <= here
    fields_there = {field["name"] for field in spec["types"]["Message"]["fields"]}
    assert fields_there >= kinds.SERVICE


def test_the_words_of_a_rich_message_are_kept_line_by_line() -> None:
    found = incoming("rich_message")
    assert found.text == "My order\nit is three days late\n1.\ncups\n2.\ntea\nthe box"
    assert (found.kind, found.attachment) == ("text", None)
