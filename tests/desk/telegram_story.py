"""Tell what a customer of Telegram may send, one of each kind, through the services that take it."""

import itertools
from dataclasses import replace
from typing import Any

from bot.domain.arrivals import Arrival, Content, Edit, Reach
from bot.domain.attachments import Attachment
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Delivery, Incoming
from bot.domain.users import User
from bot.services import arrivals, delivery, handoffs, replies
from bot.services.messaging import Received
from bot.services.replies import Enclosure
from bot.store.unit_of_work import UnitOfWork
from tests.desk.house import House
from tests.desk.pictures import png, wav

ACCOUNT = "4711"
_numbers = itertools.count(1)
KINDS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("photo", "到手就裂了，您看", {"file_ref": "p1", "media_type": "image/jpeg", "size": 84_000, "details": {"width": 320, "height": 200}}),
    ("voice", "", {"file_ref": "v1", "media_type": "audio/ogg", "size": 8_044, "details": {"duration": 42}}),
    ("audio", "", {
        "file_ref": "v1", "name": "雨声.mp3", "media_type": "audio/mpeg", "size": 3_400_000,
        "details": {"duration": 213, "performer": "山海乐团", "title": "雨声"},
    }),
    ("video", "开箱视频", {
        "file_ref": "f1", "name": "unboxing.mp4", "media_type": "video/mp4", "size": 1_900_000,
        "details": {"duration": 17, "width": 640, "height": 360},
    }),
    ("video", "", {"file_ref": "f2", "name": "whole-evening.mp4", "media_type": "video/mp4", "size": 210_000_000}),
    ("document", "", {
        "file_ref": "d1", "name": "发票 2026-11 (最终版本, 请以这一份为准 please use this one).pdf",
        "media_type": "application/pdf", "size": 245_000,
    }),
    ("document", "", {"file_ref": "d2", "name": "drawing.svg", "media_type": "image/svg+xml", "size": 2_000}),
    ("sticker", "", {"file_ref": "s1", "media_type": "application/x-tgsticker", "details": {"emoji": "😤"}}),
    ("sticker", "", {"file_ref": "p1", "media_type": "image/webp", "details": {"emoji": "🐱"}}),
    ("location", "", {"details": {"latitude": 31.230416, "longitude": 121.473701}}),
    ("venue", "", {"details": {"title": "听见 南京西路店", "address": "上海市静安区南京西路 1266 号", "latitude": 31.2304, "longitude": 121.4737}}),
    ("contact", "", {"details": {"first_name": "小林", "last_name": "王", "phone_number": "+86 138 0013 8000"}}),
    ("poll", "", {"details": {"question": "换货还是退款？", "options": ["换一个新的", "全额退款", "等你们的意见"]}}),
    ("dice", "", {"details": {"emoji": "🎲", "value": 5}}),
    ("photo", "", {"file_ref": "gone", "media_type": "image/jpeg"}),
    ("hologram", "", {}),
)  # fmt: skip


def fill(files: dict[str, bytes]) -> None:
    """Let the platform keep the files of this story."""
    files |= {
        "p1": png(),
        "v1": wav(),
        "f1": b"\x00\x00\x00\x18ftypmp42",
        "d1": b"%PDF-1.7",
        "d2": b"<svg onload=alert(1)/>",
    }


def take(house: House, content: Content) -> Any:
    """Have a delivery taken, a second after the one before."""
    number = next(_numbers)
    house.clock.pass_(seconds=1)
    return house.database.perform(
        arrivals.take, Arrival("telegram", ACCOUNT, f"u{number}", f"{number:032x}", content), house.clock()
    )


def incoming(text: str, who: str = "880001", **more: Any) -> Incoming:
    number = next(_numbers)
    given = {"display_name": "周小满", "username": "xiaoman_zhou", "platform_order": number, **more}
    return Incoming("telegram", ACCOUNT, who, given.pop("platform_id", str(number)), text, **given)


def edit_of(written: Incoming, text: str, version: int) -> Edit:
    """Make the edit by which a customer changes their words."""
    return Edit(replace(written, text=text), version)


def write(house: House, text: str, who: str = "880001", **more: Any) -> Received:
    """Have a message of the customer taken."""
    received = take(house, incoming(text, who, **more))
    assert isinstance(received, Received)
    return received


def send(house: House, kind: str, caption: str = "", who: str = "880001", **attached: Any) -> Received:
    """Have something taken that the customer sent beside words."""
    return write(house, caption, who, kind=kind, attachment=Attachment(kind, **attached))


def tell(house: House, agent: User) -> ConversationId:
    """Tell the whole story to an agent who has the conversation; return the conversation."""
    first = incoming("/start", kind="command", platform_id="m1")
    begun = take(house, first)
    assert isinstance(begun, Received)
    write(house, "你好，我的杯子今天到了", platform_id="m2")
    for kind, caption, attached in KINDS:
        send(house, kind, caption, **attached)
    write(house, "“质量问题七天内包退换”——他们客服之前这么说", kind="forwarded")
    changed = incoming("我要退宽", platform_id="m3")
    take(house, changed)
    take(house, edit_of(changed, "我要退款", 10))
    take(house, edit_of(changed, "我要退款，订单 TJ1024", 11))
    write(house, "就是这张照片里的杯子", reply_to="m2")
    house.call_person(begun.message_id)
    house.database.perform(handoffs.claim, begun.conversation_id, agent, house.clock())
    _answer(house, begun.conversation_id, agent)
    return begun.conversation_id


def _answer(house: House, conversation_id: ConversationId, agent: User) -> None:
    for key, text, enclosure in (
        ("a", "周女士您好，退款单在这里，请核对。", Enclosure(Attachment("document", None, "退款单.pdf", "application/pdf", 48_000), b"%PDF-1.7")),
        ("b", "", Enclosure(Attachment("photo", None, "新杯子.png", "image/png", 9_000), png(240, 320, 60))),
        ("c", "我们已经为您登记。", None),
        ("d", "请问还有别的需要吗？", None),
        ("e", "再见", None),
    ):  # fmt: skip
        house.database.perform(replies.reply, conversation_id, agent, text, key, house.clock(), enclosure=enclosure)
    house.database.perform(_settle, conversation_id, house)


def _settle(uow: UnitOfWork, conversation_id: ConversationId, house: House) -> None:
    """Let each of the agent's messages come to another end."""
    reasons = {"c": "Forbidden: bot was blocked by the user", "e": "Bad Request: BUTTON_DATA_INVALID"}
    for message in uow.messages.of_conversation(conversation_id):
        key = (message.platform_id or "").rpartition(":")[2]
        if message.author is Author.CUSTOMER:
            continue
        message.delivery = Delivery.SENT
        if message.author is Author.PERSON and key in reasons:
            delivery.failed(uow, message.id, reasons[key], house.clock())
        elif message.author is Author.PERSON and key == "d":
            delivery.unknown_outcome(uow, message.id, house.clock())


def block(house: House, who: str = "880001") -> None:
    take(house, Reach(who, reachable=False))


def meet_in_group(house: House) -> Received:
    """Have somebody write where others read along."""
    return write(
        house,
        "@shop_bot 你们周日开门吗？",
        "-100200:880002",
        is_public=True,
        display_name="Sam O'Neill",
        username="sam",
    )
