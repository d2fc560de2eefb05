"""Tell the desk of a small shop in which something is going on, for the browser tests and for looking at the pages."""

from datetime import timedelta
from decimal import Decimal

from bot.domain.complaints import Complaint, ComplaintState, Severity, case_number
from bot.domain.conversation import Reason
from bot.domain.ids import (
    ComplaintId,
    ConversationId,
    CustomerId,
    MessageId,
    OrderId,
    PreferenceId,
    PromiseId,
    RatingId,
    new_id,
)
from bot.domain.messages import Author, Delivery, Reading
from bot.domain.orders import Order, OrderState
from bot.domain.preferences import Polarity, Preference, PreferenceState, Strength
from bot.domain.promises import Promise
from bot.domain.satisfaction import Rating
from bot.domain.users import Role
from bot.services import handoffs, replies
from bot.store.unit_of_work import UnitOfWork
from tests.desk.house import House

HOSTILE = "<script>document.title='stolen'</script><img src=x onerror=alert(1)>"


def tell(house: House) -> ConversationId:
    """Fill the house and return the conversation that is worth looking at."""
    lina = house.hire("lina", shown="林娜")
    house.hire("tom", shown="Tom Baker")
    house.hire("mira", Role.MARKETER, "Mira 周")
    house.hire("admin", Role.ADMIN, "Ada")
    main = _complaint_of_wang(house)
    for text, who, name in _OTHERS:
        heard = house.hear(text, who, name, "telegram" if who.startswith("t") else "web")
        house.answer(
            heard.conversation_id, "Happy to look into that." if text.isascii() else "好的，我马上帮您查一下。"
        )
        house.clock.pass_(minutes=3)
        if who.endswith("!"):
            again = house.hear("Please let me talk to a person" if text.isascii() else "我要真人客服", who, name)
            house.call_person(again.message_id)
        house.clock.pass_(minutes=7)
    wanted = house.hear("我要找经理，这已经是第三次了", "v-wang", "王晓梅")
    house.call_person(wanted.message_id, Reason.ANGRY)
    house.clock.pass_(seconds=40)
    house.database.perform(handoffs.claim, main, lina, house.clock())
    words = "王女士您好，我是林娜。非常抱歉让您等了这么久，\n我现在就联系仓库，十分钟内给您答复。"
    house.database.perform(replies.reply, main, lina, words, "k1", house.clock())
    house.database.perform(_deliver)
    house.hear("好的，我等你消息", "v-wang")
    return main


_OTHERS = (
    ("請問我的訂單什麼時候會到？", "v-chen!", "陳雅婷"),
    ("Hi, is the blue kettle back in stock? I would like two of them if possible.", "t-sam!", "Sam O'Neill"),
    ("你们几点关门", "v-4", None),
    (HOSTILE, "v-5!", "<b>Robert</b>"),
    ("謝謝你的幫忙", "t-6", "林志豪"),
    ("Where can I download the invoice for TJ1029?", "v-7", "Priya Raman"),
    ("👍", "v-8", "小鱼"),
)


def _complaint_of_wang(house: House) -> ConversationId:
    heard = house.hear("你好，我上周买的杯子到了", "v-wang", "王晓梅")
    house.answer(heard.conversation_id, "您好！杯子还喜欢吗？")
    liked = house.hear("喜欢的，我就爱这种素色的陶瓷，不要塑料的", "v-wang")
    house.answer(heard.conversation_id, "记下了，谢谢您告诉我们。")
    house.clock.pass_(hours=20)
    angry = house.hear("可是第二个到手就裂了，气死我了！！客服电话打不通", "v-wang")
    house.answer(heard.conversation_id, "真的很抱歉。我已经为您立案 C261122-0001，24 小时内给您答复。")
    house.database.perform(_record, heard.conversation_id, liked.message_id, angry.message_id, house)
    return ConversationId(heard.conversation_id)


def _record(uow: UnitOfWork, conversation: ConversationId, liked: MessageId, angry: MessageId, house: House) -> None:
    now = house.clock()
    talk = uow.conversations.get(conversation)
    assert talk is not None
    customer = talk.customer_id
    known = uow.customers.get(customer)
    assert known is not None
    known.tags = ["老顾客", "VIP"]
    uow.messages.add_reading(Reading(liked, "preference", 0.93, "zh-Hans", 1, now, ["陶瓷"]))
    uow.messages.add_reading(Reading(angry, "complaint", 0.98, "zh-Hans", -2, now, ["product_quality"]))
    for kind, object_, polarity, quote, state in (
        ("attribute", "陶瓷", Polarity.LIKE, "我就爱这种素色的陶瓷", PreferenceState.APPROVED),
        ("attribute", "塑料", Polarity.AVOID, "不要塑料的", PreferenceState.HEARD),
    ):
        uow.preferences.add(
            Preference(
                PreferenceId(new_id()), customer, liked, kind, object_, polarity, quote, 0.9, now, now, state=state
            )
        )
    uow.preferences.add(
        Preference(
            PreferenceId(new_id()), customer, liked, "dietary", "牛奶", Polarity.AVOID, "我女儿对牛奶过敏", 0.9, now, now,
            aspect="allergy", strength=Strength.STRONG, subject="我女儿", time_limit="今年",
        )
    )  # fmt: skip
    case = Complaint(
        ComplaintId(new_id()), case_number(now, 1), customer, conversation, angry, "product_quality", Severity.MEDIUM,
        "第二个到手就裂了，气死我了！！客服电话打不通", now, now + timedelta(hours=24), wants=["refund", "apology"],
    )  # fmt: skip
    uow.complaints.add(case)
    old = Complaint(
        ComplaintId(new_id()), "C261003-0007", customer, conversation, liked, "delivery", Severity.HIGH,
        "快递三天没动静", now - timedelta(days=40), now - timedelta(days=39), state=ComplaintState.OPEN,
    )  # fmt: skip
    uow.complaints.add(old)
    uow.promises.add(
        Promise(PromiseId(new_id()), customer, conversation, "24 小时内答复裂杯问题", now, case.due_at, case.id)
    )
    uow.ratings.add(Rating(RatingId(new_id()), customer, conversation, 4, "4", now - timedelta(days=9)))
    _orders(uow, customer, house)


def _orders(uow: UnitOfWork, customer: CustomerId, house: House) -> None:
    for number, state, items, amount in (
        ("TJ1024", OrderState.DELIVERED, "素色陶瓷杯 × 2", "168.00"),
        ("TJ1031", OrderState.SHIPPED, "手冲咖啡壶", "329.00"),
    ):
        uow.shop.add_order(
            Order(
                OrderId(new_id()),
                number,
                customer,
                state,
                items,
                Decimal(amount),
                "CNY",
                house.clock(),
                "顺丰",
                "SF1029384756",
            )
        )


def _deliver(uow: UnitOfWork) -> None:
    """Let the first words go out and leave the others in each of the states that the desk must tell apart."""
    states = {Author.BOT: Delivery.SENT, Author.SYSTEM: Delivery.SENT, Author.PERSON: Delivery.PENDING}
    for conversation in uow.conversations.page(owner=None, agent_id=None, cursor=None, limit=50).items:
        for number, message in enumerate(uow.messages.of_conversation(conversation.id)):
            if message.author in states:
                message.delivery = states[message.author]
            if message.author is Author.BOT and number == 5:
                message.delivery = Delivery.WITHHELD
            if message.author is Author.BOT and number == 3:
                message.delivery = Delivery.AMBIGUOUS
