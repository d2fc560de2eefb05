"""What a message asks beside its main matter is answered too, where that is sure and the bot still has the talk."""

import pytest

from actions.answers import ActionAnswerQuestion
from actions.complaints import ActionOpenComplaint
from actions.orders import ActionDeliveryProblem, ActionOrderStatus
from actions.person import ActionRequestPerson
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
        ("order_status", ActionOrderStatus, {"product_question": "这件羽绒服洗了会掉毛吗"}),
        ("order_status", ActionOrderStatus, {"invoice": "没什么好说的"}),
    ],
    ids=["the case takes it in", "the order was told", "a person was called", "nothing is known", "no answer fits"],
)
def test_what_is_no_matter_of_its_own_or_has_no_sure_answer_is_not_answered(
    shop: Talk, intent: str, action: type, further: dict[str, str]
) -> None:
    text = f"包裹没收到，{next(iter(further.values()))}"
    alone = shop.say(text, action, intent=intent, asked="包裹没收到", further=further)
    assert alone and shop.again(ActionListen) == []


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
