from datetime import timedelta

from actions.complaints import ActionOpenComplaint
from actions.person import ActionRequestPerson, ActionTakeUpOffer
from actions.write_back import ActionListen, ActionWriteBack
from bot.domain.complaints import Severity
from bot.domain.conversation import Reason
from tests.actions.conftest import Talk


def test_a_complaint_gets_a_number_a_promise_and_keeps_the_customers_words(talk: Talk) -> None:
    said = talk.say("快递把杯子弄坏了", ActionOpenComplaint, intent="complaint")
    [case] = talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))
    [promise] = talk.read(lambda uow: uow.promises.of_customer(talk.customer_id))
    assert case.words == "快递把杯子弄坏了"
    assert case.number in said[0]["text"]
    assert promise.due_at == case.due_at == talk.now + timedelta(hours=24)
    assert "5月5日周二 17:00" in said[0]["text"]


def test_the_same_message_twice_opens_one_case_and_says_the_same(talk: Talk) -> None:
    first = talk.say("质量太次，坏了", ActionOpenComplaint, intent="complaint")
    assert talk.again(ActionOpenComplaint) == first
    assert len(talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))) == 1


def test_a_second_grievance_about_the_same_matter_joins_the_open_case(talk: Talk) -> None:
    talk.say("the parcel is late", ActionOpenComplaint, intent="complaint", language="en")
    said = talk.say("still no delivery", ActionOpenComplaint, intent="complaint", language="en")
    [case] = talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))
    assert case.joined == [talk.message_id]
    assert "added" in said[0]["text"]


def test_who_complains_and_wants_a_person_gets_a_number_and_a_person(talk: Talk) -> None:
    said = talk.say("杯子碎了，转人工", ActionRequestPerson, intent="ask_human", further={"complaint": "杯子碎了"})
    [case] = talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))
    assert case.number in said[0]["text"]
    assert len(said) == 2


def test_who_was_given_a_person_by_rule_has_a_case_of_what_they_complained_of(talk: Talk) -> None:
    assert talk.say("杯子碎了，转人工", ActionWriteBack, intent="ask_human", further={"complaint": "杯子碎了"}) == []
    assert len(talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))) == 1


def test_another_matter_is_another_case(talk: Talk) -> None:
    talk.say("the parcel is late", ActionOpenComplaint, intent="complaint", language="en")
    talk.say("and you overcharged me", ActionOpenComplaint, intent="complaint", language="en")
    assert len(talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))) == 2


def test_anger_brings_a_person_and_forward_the_promise(talk: Talk) -> None:
    talk.say("快递太慢", ActionOpenComplaint, intent="complaint")
    talk.say("快递再不到我就打12315！！", ActionOpenComplaint, intent="complaint")
    [case] = talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))
    [promise] = talk.read(lambda uow: uow.promises.of_customer(talk.customer_id))
    handoff = talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id))
    assert case.severity is Severity.HIGH
    assert promise.due_at == case.due_at == talk.now + timedelta(hours=4)
    assert handoff.reason is Reason.ANGRY
    assert "快递太慢" in handoff.summary


def test_a_yes_after_a_complaint_brings_the_person_that_was_offered(talk: Talk) -> None:
    talk.say("颜色不对", ActionOpenComplaint, ActionListen, intent="complaint")
    talk.say("好的", ActionTakeUpOffer, ActionListen, intent="affirm")
    assert talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id)).reason is Reason.WISH


def test_a_complaint_to_a_person_is_written_down_without_a_word(talk: Talk) -> None:
    said = talk.say("包裹还是没到，还少发了一件", ActionWriteBack, intent="complaint")
    assert said == []
    assert len(talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))) == 1


def test_a_doubtful_reading_opens_no_case_while_a_person_is_there(talk: Talk) -> None:
    talk.say("嗯嗯", ActionWriteBack, intent="complaint", confidence=0.4)
    assert talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id)) == []


def test_braces_and_tags_of_a_customer_stay_what_they_are(talk: Talk) -> None:
    talk.say("质量差 {name} {{7*7}} <script>", ActionOpenComplaint, intent="complaint")
    [case] = talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id))
    assert case.words == "质量差 {name} {{7*7}} <script>"


def test_a_wish_for_no_advertising_is_granted_and_no_case(talk: Talk) -> None:
    [said] = talk.say("别再给我发广告了", ActionOpenComplaint, ActionListen, intent="complaint")
    assert "不会再给您发推广" in said["text"]
    assert talk.read(lambda uow: uow.complaints.of_customer(talk.customer_id)) == []
    [consent] = talk.read(lambda uow: uow.consents.of_customer(talk.customer_id))
    assert not consent.granted
