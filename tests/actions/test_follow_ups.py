"""Half a sentence is understood by what was said just before, and by nothing older."""

from datetime import timedelta
from decimal import Decimal

import pytest

from actions.answers import ActionAnswerQuestion
from actions.base import BotAction
from actions.complaints import ActionOpenComplaint
from actions.matter import HOLDS
from actions.misunderstood import ActionMisunderstood, ActionOutOfScope
from actions.orders import ActionDeliveryProblem, ActionOrderStatus
from actions.person import ActionTakeUpOffer
from actions.privacy import ActionForgetMe
from actions.write_back import ActionListen
from bot.domain.conversation import Handoff
from bot.domain.ids import OrderId
from bot.domain.orders import Order, OrderState
from bot.store.unit_of_work import UnitOfWork
from tests.actions.conftest import Talk


def handoff(talk: Talk) -> Handoff | None:
    found: Handoff | None = talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id))
    return found


@pytest.fixture
def told(shop: Talk) -> Talk:
    """Be a talk in which three orders were just told: TJ1003 (mugs), TJ1002 (kettle), TJ1001 (beans)."""
    said = shop.answered("我的订单到哪了", ActionOrderStatus, "order_status")
    assert [line[2:8] for line in said["text"].splitlines()[1:4]] == ["TJ1003", "TJ1002", "TJ1001"]
    return shop


@pytest.mark.parametrize(
    ("text", "action", "intent"),
    [
        ("那第二个呢？", ActionMisunderstood, "nlu_fallback"),
        ("第2单", ActionOutOfScope, "out_of_scope"),
        ("2", ActionTakeUpOffer, "affirm"),
        ("手冲壶那单", ActionAnswerQuestion, "product_question"),
        ("那個壺呢", ActionAnswerQuestion, "price"),
    ],
)
def test_one_of_the_orders_told_is_meant_by_its_place_or_its_name(
    told: Talk, text: str, action: type[BotAction], intent: str
) -> None:
    said = told.answered(text, action, intent)
    assert "TJ1002" in said["text"] and "TJ1001" not in said["text"]
    assert handoff(told) is None


def test_the_next_can_still_be_meant_after_one_was_told(told: Talk) -> None:
    told.answered("第二个呢", ActionMisunderstood, "nlu_fallback")
    assert "TJ1001" in told.answered("那最后一个呢", ActionMisunderstood, "nlu_fallback")["text"]


def test_a_question_about_the_same_goods_is_not_taken_for_the_order(told: Talk) -> None:
    assert "189" in told.answered("手冲壶多少钱", ActionAnswerQuestion, "price")["text"]


def test_a_grievance_is_never_taken_for_a_choice(told: Talk) -> None:
    said = told.answered("第二个坏了", ActionOpenComplaint, "complaint")
    assert "编号" in said["text"]


def test_returning_the_order_spoken_of_names_it(told: Talk) -> None:
    told.answered("第三个", ActionMisunderstood, "nlu_fallback")
    said = told.answered("那退货呢", ActionAnswerQuestion, "refund_return")
    assert "TJ1001" in said["text"].splitlines()[0] and "7 天内" in said["text"]


def test_after_half_an_hour_a_bare_place_means_nothing(told: Talk) -> None:
    told.now += HOLDS + timedelta(seconds=1)
    assert "没听懂" in told.answered("第二个", ActionMisunderstood, "nlu_fallback")["text"]


@pytest.mark.parametrize(
    ("question", "intent", "follow_up", "language", "answer"),
    [
        ("how much is shipping", "delivery", "and to Taiwan?", "en", "4–7 days"),
        ("退货运费谁出", "refund_return", "要多久？", "zh-Hans", "3 个工作日内"),
        ("包邮吗", "delivery", "要多久？", "zh-Hans", "2–4 天"),
        ("可以退嗎", "refund_return", "要等多久", "zh-Hant", "3 個工作天內"),
        ("运费多少钱", "delivery", "那香港呢", "zh-Hans", "清关"),
        ("手冲壶能放电磁炉吗", "product_question", "多少钱", "zh-Hans", "189"),
        ("is the mug dishwasher safe", "product_question", "and the kettle?", "en", "no dishwasher"),
    ],
)
def test_a_short_question_goes_on_with_the_topic(
    shop: Talk, question: str, intent: str, follow_up: str, language: str, answer: str
) -> None:
    shop.answered(question, ActionAnswerQuestion, intent, language)
    assert answer in shop.answered(follow_up, ActionMisunderstood, "nlu_fallback", language)["text"]


def test_a_new_topic_is_a_new_topic(shop: Talk) -> None:
    shop.answered("包邮吗", ActionAnswerQuestion, "delivery")
    assert "支付宝" in shop.answered("怎么付款", ActionAnswerQuestion, "payment")["text"]


def test_a_topic_that_has_nothing_to_do_with_it_adds_no_meaning(shop: Talk) -> None:
    shop.answered("发票怎么开", ActionAnswerQuestion, "invoice")
    assert "没听懂" in shop.answered("价钱", ActionMisunderstood, "nlu_fallback")["text"]


def test_which_order_is_to_be_changed_is_asked_once(shop: Talk) -> None:
    asked = shop.answered("帮我改一下地址", ActionAnswerQuestion, "order_change")
    assert [button["title"][:6] for button in asked["buttons"]] == ["TJ1003", "TJ1002"] and handoff(shop) is None
    shop.answered("第一个", ActionMisunderstood, "nlu_fallback")
    request = handoff(shop)
    assert request is not None and "TJ1003" in request.summary.splitlines()[0]


def test_who_names_none_of_the_orders_is_not_asked_again(shop: Talk) -> None:
    shop.answered("帮我改一下地址", ActionAnswerQuestion, "order_change")
    shop.answered("就上回那个嘛你懂的", ActionMisunderstood, "nlu_fallback")
    assert handoff(shop) is not None


def test_of_two_parcels_on_their_way_the_late_one_is_asked_for(shop: Talk) -> None:
    order = Order(
        OrderId("o4"), "TJ1009", shop.customer_id, OrderState.SHIPPED, "滤纸 × 1", Decimal("18"), "CNY", shop.now,
        carrier="顺丰速运", tracking_number="SF1", expected_at=shop.now,
    )  # fmt: skip
    shop.database.perform(lambda uow: uow.shop.add_order(order))
    asked = shop.answered("包裹一直没到", ActionDeliveryProblem, "delivery_problem")
    assert len(asked["buttons"]) == 2
    said = shop.answered("壶", ActionOutOfScope, "out_of_scope")
    assert said["text"].startswith("抱歉") and "TJ1002" in said["text"]


def test_who_was_told_of_the_parcel_and_is_not_content_is_not_told_again(shop: Talk) -> None:
    first = shop.answered("包裹没收到", ActionDeliveryProblem, "delivery_problem")
    second = shop.answered("包裹真的没收到", ActionDeliveryProblem, "delivery_problem")
    assert "抱歉" in first["text"] and "抱歉" not in second["text"] and "TJ1002" not in second["text"]
    assert handoff(shop) is not None


def test_the_same_sorry_is_not_said_twice_in_a_row(shop: Talk) -> None:
    said = [shop.answered("TJ9999 到哪了", ActionOrderStatus, "order_status")["text"] for _ in range(2)]
    assert "没有查到" in said[0] and said[1] != said[0]
    shop.answered("满多少包邮", ActionAnswerQuestion, "delivery")
    assert shop.answered("TJ9999 到哪了", ActionOrderStatus, "order_status")["text"] == said[0]


def test_a_second_case_is_opened_without_the_words_of_the_first(shop: Talk) -> None:
    first = shop.answered("快递太慢了", ActionOpenComplaint, "complaint")
    second = shop.answered("而且你们多收了我钱", ActionOpenComplaint, "complaint")
    assert "真对不起" in first["text"] and "真对不起" not in second["text"]


def test_who_is_forgotten_is_not_talked_about_any_more(told: Talk) -> None:
    told.answered("删除我的数据", ActionForgetMe, "data_request")
    told.say("是的，确认删除", ActionTakeUpOffer, ActionListen, intent="affirm")
    assert told.slots["matter"] is None


def test_where_others_read_along_no_order_is_kept_to_be_meant(told: Talk) -> None:
    told.slots.clear()
    told.database.perform(make_public, told.who)
    told.answered("我的订单到哪了", ActionOrderStatus, "order_status")
    assert "TJ1002" not in told.answered("第二个", ActionMisunderstood, "nlu_fallback")["text"]
    told.answered("帮我改一下地址", ActionAnswerQuestion, "order_change")
    assert handoff(told) is not None


def make_public(uow: UnitOfWork, who: str) -> None:
    identity = uow.customers.known_as("web", "web", who)
    assert identity is not None
    identity.is_public = True
