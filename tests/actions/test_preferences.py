from actions.person import ActionDeclineOffer, ActionTakeUpOffer
from actions.preferences import ActionHearPreference
from actions.write_back import ActionListen
from bot.domain.preferences import Polarity, PreferenceState
from tests.actions.conftest import Talk


def test_a_preference_is_kept_with_its_quote_and_said_back(talk: Talk) -> None:
    said = talk.say("我喜欢浅烘的咖啡", ActionHearPreference, ActionListen, intent="preference")
    [wish] = talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id))
    assert (wish.object, wish.polarity, wish.quote) == ("浅烘的咖啡", Polarity.LIKE, "我喜欢浅烘的咖啡")
    assert wish.message_id == talk.message_id
    assert "浅烘的咖啡" in said[0]["text"]


def test_a_no_right_after_takes_it_back_and_the_write_back_does_not_hear_it_again(talk: Talk) -> None:
    talk.say("我喜欢浅烘的咖啡", ActionHearPreference, ActionListen, intent="preference")
    first = dict(talk.latest)
    talk.say("不对", ActionDeclineOffer, ActionListen, intent="deny")
    talk.latest = first
    talk.again(ActionListen)
    [wish] = talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id))
    assert wish.state is PreferenceState.WITHDRAWN


def test_an_offer_holds_for_one_turn_only(talk: Talk) -> None:
    talk.say("我喜欢浅烘的咖啡", ActionHearPreference, ActionListen, intent="preference")
    talk.say("几点开门", ActionListen, intent="store_hours")
    talk.say("不对", ActionDeclineOffer, ActionListen, intent="deny")
    [wish] = talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id))
    assert wish.state is PreferenceState.HEARD


def test_a_yes_keeps_it(talk: Talk) -> None:
    talk.say("I'm allergic to peanuts", ActionHearPreference, ActionListen, intent="preference", language="en")
    talk.say("yes", ActionTakeUpOffer, ActionListen, intent="affirm", language="en")
    [wish] = talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id))
    assert wish.state is PreferenceState.HEARD


def test_a_preference_said_in_passing_is_heard_too(talk: Talk) -> None:
    talk.say("我的订单到哪了？我对花生过敏。", ActionListen, intent="order_status")
    [wish] = talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id))
    assert wish.object == "花生"


def test_a_change_of_mind_replaces_the_older_wish(talk: Talk) -> None:
    talk.say("I like coffee", ActionHearPreference, intent="preference", language="en")
    talk.say("I don't like coffee", ActionHearPreference, intent="preference", language="en")
    states = [wish.state for wish in talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id))]
    assert sorted(states) == [PreferenceState.HEARD, PreferenceState.SUPERSEDED]


def test_a_question_is_answered_with_a_question(talk: Talk) -> None:
    said = talk.say("你们有我喜欢的蓝色吗？", ActionHearPreference, intent="preference")
    assert talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id)) == []
    assert "简单说一句" in said[0]["text"]


def test_no_advertising_is_a_consent_refused_everywhere(talk: Talk) -> None:
    talk.say("别再给我发广告短信了", ActionHearPreference, ActionListen, intent="preference")
    [consent] = talk.read(lambda uow: uow.consents.of_customer(talk.customer_id))
    assert (consent.purpose, consent.channel, consent.granted) == ("marketing", "all", False)


def test_braces_in_a_preference_are_said_back_literally(talk: Talk) -> None:
    said = talk.say("我喜欢{name}的颜色", ActionHearPreference, intent="preference")
    assert "{name}" in said[0]["text"]


def test_what_is_said_in_small_talk_is_none_of_the_shops_business(talk: Talk) -> None:
    talk.say("我讨厌星期一", ActionListen, intent="out_of_scope")
    assert talk.read(lambda uow: uow.preferences.of_customer(talk.customer_id)) == []
