import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hearing import consents_in, expressed_in, vaguely_expressed_in
from bot.domain.preferences import Polarity
from bot.domain.script import fold

LIKE, DISLIKE, WANT, AVOID = Polarity.LIKE, Polarity.DISLIKE, Polarity.WANT, Polarity.AVOID


@pytest.mark.parametrize(
    ("text", "kind", "thing", "polarity"),
    [
        ("我喜欢浅烘的咖啡", "attribute", "浅烘的咖啡", LIKE),
        ("我不是很喜欢甜的", "attribute", "甜", DISLIKE),
        ("我对花生过敏", "dietary", "花生", AVOID),
        ("我吃素", "dietary", "吃素", WANT),
        ("衣服我一般穿L码", "attribute", "L码", WANT),
        ("不要给我粉色的", "attribute", "粉色", AVOID),
        ("我习惯用支付宝", "payment", "支付宝", WANT),
        ("请不要给我打电话", "contact_channel", "打电话", AVOID),
        ("晚上九点以后别联系我", "contact_time", "晚上九点以后", AVOID),
        ("以后别放塑料袋", "delivery", "放塑料袋", AVOID),
        ("我對海鮮過敏", "dietary", "海鮮", AVOID),
        ("我不喜歡深焙的豆子", "attribute", "深焙的豆子", DISLIKE),
        ("以後都放超商就好", "delivery", "放超商", WANT),
        ("請不要打電話給我", "contact_channel", "打電話給我", AVOID),
        ("I don't like dark roast", "attribute", "dark roast", DISLIKE),
        ("I’m allergic to peanuts", "dietary", "peanuts", AVOID),
        ("please don't call me", "contact_channel", "call me", AVOID),
        ("no more emails please", "contact_channel", "emails", AVOID),
        ("stop texting me", "contact_channel", "texting me", AVOID),
        ("我不要你们再发短信了", "contact_channel", "发短信", AVOID),
        ("I only buy organic cotton", "attribute", "organic cotton", WANT),
        ("My favourite colour is green!", "attribute", "green", LIKE),
        ("I'm vegan", "dietary", "vegan", WANT),
    ],
)
def test_a_stated_preference_is_heard(text: str, kind: str, thing: str, polarity: Polarity) -> None:
    [heard] = expressed_in(text)
    assert (heard.kind, heard.object, heard.polarity) == (kind, thing, polarity)


@pytest.mark.parametrize(
    "text",
    [
        "你们有我喜欢的蓝色吗？", "如果我喜欢蓝色怎么办", "我以前喜欢深烘", "我喜欢你们的服务", "我要退款", "我要人工客服",
        "如果我對花生過敏可以吃嗎", "他不喜歡藍色", "Do you like tea?", "Would I like it", "I used to like tea",
        "I'd like a refund", "I would love to know where my order is", "if I preferred tea", "I want to talk to a human", "I love it",
        "", "   ", "😀", "12345",
    ],
)  # fmt: skip
def test_what_is_no_preference_of_the_speaker_here_and_now_is_not_heard(text: str) -> None:
    assert expressed_in(text) == []


def test_several_preferences_in_one_text_are_heard_apart() -> None:
    heard = expressed_in("I like tea but I hate coffee. 我喜欢蓝色，不喜欢红色")
    assert [(h.object, h.polarity) for h in heard] == [
        ("tea", LIKE),
        ("coffee", DISLIKE),
        ("蓝色", LIKE),
        ("红色", DISLIKE),
    ]


def test_a_hedged_preference_is_heard_with_less_confidence() -> None:
    [sure], [hedged] = expressed_in("I prefer matcha"), expressed_in("I think I prefer matcha")
    assert hedged.confidence < sure.confidence


@pytest.mark.parametrize(
    ("text", "granted"),
    [
        ("别再给我发广告短信", False), ("別再寄廣告簡訊給我", False), ("退订", False), ("stop sending me promotional emails", False),
        ("please unsubscribe me", False), ("优惠活动可以发给我", True), ("you can send me offers here", True),
    ],
)  # fmt: skip
def test_a_word_about_promotion_is_a_consent_and_a_preference(text: str, granted: bool) -> None:
    [wish], [heard] = consents_in(text), expressed_in(text)
    assert wish.granted is granted and wish.quote in text
    assert (heard.kind, heard.polarity) == ("marketing", WANT if granted else AVOID)


def test_two_preferences_in_one_sentence_are_both_heard() -> None:
    heard = expressed_in("I prefer light roast coffee, and please don't call me")
    assert [(one.object, one.polarity) for one in heard] == [("light roast coffee", LIKE), ("call me", AVOID)]


@pytest.mark.parametrize(
    "text", ["可以发优惠信息给我吗？", "can you send me offers?", "if I unsubscribe, what happens", "我朋友同意收广告"]
)
def test_a_question_about_promotion_is_no_consent(text: str) -> None:
    assert consents_in(text) == []


@given(st.text(max_size=300) | st.text("我不喜欢爱要以后别给打电话咖啡，。？ Ilikehatedon't.,\n", max_size=120))
def test_every_quote_and_object_is_a_piece_of_the_text(text: str) -> None:
    for heard in expressed_in(text) + vaguely_expressed_in(text):
        assert heard.quote in text and heard.object in text and heard.object.strip()
    for wish in consents_in(text):
        assert wish.quote in text


@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_very_long_text_is_read_quickly() -> None:
    assert len(expressed_in("我喜欢" * 50_000)) <= 10
    assert len(expressed_in("I really really like " * 20_000)) <= 10
