"""What goes to WeCom has a form that it takes: byte limits, menus, files, and names by which a repetition is known again."""

from dataclasses import replace
from datetime import UTC, datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from bot.channels.wecom import naming
from bot.channels.wecom.outgoing import HEAD_BYTES, ITEM_BYTES, TEXT_BYTES, content_of, cut, kind_of, size, worded
from bot.domain.attachments import Attachment
from bot.domain.ids import ConversationId, IdentityId, MessageId
from bot.domain.messages import Address, Button
from bot.domain.reply_plan import Bundle, Menu, Piece
from bot.errors import Undeliverable
from tests.channels.wecom.fake.talk import MSGID, readable

TO = Address(IdentityId("i" * 32), "wecom", "wkShop", "wmLin")
NAME = "0123456789ab-42-0"
AT = datetime(2026, 5, 4, tzinfo=UTC)


def bundle(text: str = "Which?", titles: tuple[str, ...] = (), head: str | None = None) -> Bundle:
    buttons = tuple(Button(title=title, payload=f"I want {title}") for title in titles)
    menu = Menu(MessageId(42), text if head is None else head, buttons) if buttons else None
    return Bundle(TO, (Piece(MessageId(42), 0, text),), text, 1, menu=menu)


def test_words_go_as_text() -> None:
    assert content_of(bundle("您好"), NAME) == {"msgtype": "text", "text": {"content": "您好"}}


def test_a_few_buttons_are_a_menu_whose_items_know_where_they_stand() -> None:
    content = content_of(bundle(titles=("查订单", "退货")), NAME)
    assert readable(content) == ("Which?\n查订单\n退货", (f"{NAME}:0", f"{NAME}:1"))
    assert naming.item(f"{NAME}:1") == naming.Item(NAME, MessageId(42), 1)


@pytest.mark.parametrize(
    "unfit",
    [bundle(titles=tuple("abcdefghijk")), bundle(titles=("a",), head="长" * 400), bundle(titles=("a", " ")), bundle(titles=("a",), head="")],
)  # fmt: skip
def test_what_no_menu_can_show_is_text(unfit: Bundle) -> None:
    assert content_of(unfit, NAME)["msgtype"] == "text"


def test_a_long_title_is_cut_within_its_bytes() -> None:
    content = content_of(bundle(titles=("标题" * 60,)), NAME)
    title = content["msgmenu"]["list"][0]["click"]["content"]
    assert title.endswith("…") and size(title) <= ITEM_BYTES


def test_buttons_are_lines_where_there_is_no_menu() -> None:
    buttons = [Button(title="查 订单", payload="x"), Button(title=" ", payload="y"), Button(title="退货", payload="z")]
    assert worded(MessageId(1), buttons) == "· 查 订单\n· 退货"


@pytest.mark.property
@given(st.text(max_size=3000), st.lists(st.text(max_size=80), max_size=12))
def test_whatever_is_said_has_a_form_that_wecom_takes(text: str, titles: list[str]) -> None:
    for piece in cut(text):
        said = bundle(piece, tuple(titles))
        words, items = readable(content_of(said, NAME))
        assert size(piece) <= TEXT_BYTES and words and len(items) <= 10


@pytest.mark.property
@given(st.text(st.sampled_from("长a😀é\u0301\n 。"), max_size=4000))
def test_nothing_but_space_is_lost_between_the_pieces(text: str) -> None:
    assert "".join("".join(cut(text)).split()) in ("", "".join(text.split()))


@pytest.mark.parametrize(
    ("media_type", "length", "kind"),
    [
        ("image/png", 100, "image"), ("image/jpeg", 2_000_001, "file"), ("image/webp", 100, "file"),
        ("video/mp4", 100, "video"), ("video/mp4", 10_000_001, "file"), ("application/pdf", 100, "file"), (None, 100, "file"),
    ],
)  # fmt: skip
def test_a_file_goes_as_what_wecom_can_show(media_type: str | None, length: int, kind: str) -> None:
    assert kind_of(Attachment("document", media_type=media_type), b"x" * length) == kind


@pytest.mark.parametrize("content", [b"", b"x" * 5, b"x" * 20_000_001])
def test_a_file_that_wecom_would_not_take_is_not_uploaded(content: bytes) -> None:
    with pytest.raises(Undeliverable):
        kind_of(Attachment("document"), content)


@pytest.mark.property
@given(st.text("0123456789abcdef", min_size=32, max_size=32), st.integers(1, 10**12), st.integers(0, 999))
def test_a_name_is_one_that_wecom_takes_and_says_what_it_names(conversation: str, message: int, part: int) -> None:
    name = naming.msgid_of(ConversationId(conversation), MessageId(message), part)
    assert MSGID.fullmatch(name)
    assert naming.named(name) == naming.Named(conversation[:12], MessageId(message))
    assert len(naming.item_id(name, 9).encode()) <= 64


@pytest.mark.parametrize(
    "other", ["", "msg_7", "0123456789ab-42", "0123456789AB-42-0", "0123456789ab-42-0\n", "0123456789ab-٤٢-0"]
)
def test_other_names_are_not_ours(other: str) -> None:
    assert naming.named(other) is None and naming.item(f"{other}:1") is None


def test_heads_are_shorter_than_texts() -> None:
    fits, too_long = "长" * (HEAD_BYTES // 3), "长" * (HEAD_BYTES // 3 + 1)
    assert content_of(bundle(fits, ("a",)), NAME)["msgtype"] == "msgmenu"
    assert content_of(replace(bundle(too_long, ("a",))), NAME)["msgtype"] == "text"
