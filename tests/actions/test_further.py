"""What a message asks beside its main matter is answered too, where that is sure and the bot still has the talk."""

import pytest

from actions.answers import ActionAnswerQuestion
from actions.complaints import ActionOpenComplaint
from actions.orders import ActionDeliveryProblem, ActionOrderStatus
from actions.person import ActionDeclineOffer, ActionRequestPerson, ActionTakeUpOffer
from actions.preferences import ActionHearPreference
from actions.write_back import ActionListen
from tests.actions.conftest import Talk


def test_two_questions_in_one_message_get_two_answers(shop: Talk) -> None:
    text = "满多少才包邮呀，另外你们几点开门"
    first, second = shop.say(
        text, ActionAnswerQuestion, ActionListen, intent="delivery", asked="满多少才包邮呀",
        further={"store_hours": "另外你们几点开门"},
    )  # fmt: skip
    assert "运费" in first["text"]
    assert "10:00–21:00" in second["text"] and second["text"].endswith("—— 常见问题：营业时间")


def test_where_more_was_asked_the_likelier_of_two_answers_is_told_instead_of_asking_back(shop: Talk) -> None:
    [asked] = shop.say("顺便问下发票怎么开", ActionAnswerQuestion, ActionListen, intent="invoice")
    assert asked["text"] == "您想问的是哪一个？"
    answer, order = shop.say(
        "订单到哪了，顺便问下发票怎么开", ActionAnswerQuestion, ActionListen, intent="invoice", asked="顺便问下发票怎么开",
        further={"order_status": "订单到哪了，"},
    )  # fmt: skip
    assert "发票" in answer["text"] and "常见问题" in answer["text"]
    assert "TJ1002" in order["text"]


def test_an_order_is_told_beside_an_answer(shop: Talk) -> None:
    said = shop.say(
        "Do you open on Sunday? And where is TJ1002?", ActionAnswerQuestion, ActionListen, intent="store_hours", language="en",
        asked="Do you open on Sunday?", further={"order_status": "And where is TJ1002?"},
    )  # fmt: skip
    assert "TJ1002" in said[-1]["text"]


def test_a_question_beside_a_complaint_is_answered_after_its_receipt(shop: Talk) -> None:
    receipt, answer = shop.say(
        "杯子是破的，另外你们几点开门", ActionOpenComplaint, ActionListen, intent="complaint", asked="杯子是破的",
        further={"store_hours": "另外你们几点开门"},
    )  # fmt: skip
    assert "编号" in receipt["text"] and "10:00–21:00" in answer["text"]


@pytest.mark.parametrize(
    ("intent", "action", "further"),
    [
        ("complaint", ActionOpenComplaint, {"refund_return": "我要退货"}),
        ("delivery_problem", ActionDeliveryProblem, {"order_status": "到哪了"}),
        ("ask_human", ActionRequestPerson, {"store_hours": "你们几点开门"}),
        ("complaint", ActionOpenComplaint, {"product_question": "这件羽绒服洗了会掉毛吗"}),
        ("order_status", ActionOrderStatus, {"thanks": "辛苦了"}),
    ],
    ids=["the case takes it in", "the order was told", "a person was called", "people read the case", "no question"],
)
def test_what_is_no_matter_of_its_own_is_not_answered(
    shop: Talk, intent: str, action: type, further: dict[str, str]
) -> None:
    text = f"包裹没收到，{next(iter(further.values()))}"
    alone = shop.say(text, action, intent=intent, asked="包裹没收到", further=further)
    assert alone and shop.again(ActionListen) == []


def test_what_is_asked_beside_and_not_known_is_admitted_and_a_person_offered(shop: Talk) -> None:
    _, admitted = shop.say(
        "包裹到哪了？还有，这件羽绒服洗了会掉毛吗？", ActionOrderStatus, ActionListen, intent="order_status",
        asked="包裹到哪了？", further={"product_question": "还有，这件羽绒服洗了会掉毛吗？"},
    )  # fmt: skip
    assert "“还有，这件羽绒服洗了会掉毛吗”" in admitted["text"]
    assert [button["title"] for button in admitted["buttons"]] == ["找真人客服"]
    shop.say("好", ActionTakeUpOffer, intent="affirm")
    assert shop.read(lambda uow: uow.conversations.handoff_for(shop.message_id)) is not None


def test_what_was_offered_first_stays_what_a_yes_means(shop: Talk) -> None:
    _, admitted = shop.say(
        "我对花生过敏，这件羽绒服洗了会掉毛吗", ActionHearPreference, ActionListen, intent="preference",
        asked="我对花生过敏，", further={"product_question": "这件羽绒服洗了会掉毛吗"},
    )  # fmt: skip
    assert "羽绒服" in admitted["text"]
    [taken_back] = shop.say("不", ActionDeclineOffer, intent="deny")
    assert "羽绒服" not in taken_back["text"]
    assert shop.read(lambda uow: uow.conversations.handoff_for(shop.message_id)) is None


def test_one_question_of_two_labels_is_answered_once(shop: Talk) -> None:
    said = shop.say(
        "满多少才包邮呀", ActionAnswerQuestion, ActionListen, intent="delivery", further={"price": "满多少才包邮呀"}
    )
    assert len(said) == 1


def test_nothing_comes_between_a_question_of_ours_and_its_answer(shop: Talk) -> None:
    [asked] = shop.say(
        "帮我改地址，另外你们几点开门", ActionAnswerQuestion, ActionListen, intent="order_change", asked="帮我改地址",
        further={"store_hours": "另外你们几点开门"},
    )  # fmt: skip
    assert asked["buttons"]
