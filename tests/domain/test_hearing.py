import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.grievance_signs import mentions_grievance
from bot.domain.grievance_topics import topic_of
from bot.domain.grievances import severity_of, wants_of
from bot.domain.hearing import consents_in, expressed_in, vaguely_expressed_in
from bot.domain.preferences import CUSTOMER, Polarity, Strength
from bot.domain.script import fold
from bot.domain.sentiment import sentiment_of

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


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("My wife hates coffee", "My wife"), ("my son loves dinosaurs", "my son"), ("我妈不喜欢咖啡", "我妈"), ("我家娃特别爱奥特曼", "我家娃"),
        ("给我妈买的，她喜欢素色的", "我妈"), ("老公不吃辣", "老公"), ("it's for my gran, she likes large print", "my gran"),
        ("My kids can't eat peanuts", "My kids"), ("我女兒對牛奶過敏", "我女兒"), ("my husband wears size 44", "my husband"),
        ("my husband and I love tea", CUSTOMER), ("我和我老公都喜欢绿茶", CUSTOMER), ("My skin is sensitive to perfume", CUSTOMER),
    ],
)  # fmt: skip
def test_whose_taste_it_is_is_told_and_never_taken_for_the_customers(text: str, subject: str) -> None:
    assert [heard.subject for heard in expressed_in(text)] == [subject]


def test_the_customers_own_taste_stands_beside_that_of_others() -> None:
    heard = expressed_in("我老公不吃辣，我喜欢甜的")
    assert [(one.subject, one.object) for one in heard] == [("我老公", "辣"), (CUSTOMER, "甜")]


@pytest.mark.parametrize(
    "text", ["他不喜歡藍色", "she hates coffee", "大家都喜欢红色", "most people prefer tea", "客服说喜欢蓝色的人多"]
)
def test_the_taste_of_nobody_we_know_is_not_heard(text: str) -> None:
    assert expressed_in(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '我朋友说“我喜欢蓝色”', 'the box says "I love chocolate"', "小时候喜欢甜的", "when I was a kid I loved milk", "不是说我喜欢红色", "not that I like tea",
        "if I liked tea, I'd prefer green tea", "要是我喜欢红色，我就会买红色的", "我想把M码换成L码", "I'd like an invoice please",
        "客服一直没给我打电话", "the courier never called me", "支持货到付款不", "工作日送不送", "没收到短信",
    ],
)  # fmt: skip
def test_quotations_memories_suppositions_and_news_are_no_preferences(text: str) -> None:
    assert expressed_in(text) == []


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("这个月别给我打电话", "这个月"), ("please deliver on weekends only", "on weekends only"), ("don't call me until Friday", "until Friday"),
        ("孕期不吃生的", "孕期"), ("我喜欢蓝色", ""),
    ],
)  # fmt: skip
def test_the_words_that_bound_a_wish_are_kept(text: str, limit: str) -> None:
    assert [heard.time_limit for heard in expressed_in(text)] == [limit]


@pytest.mark.parametrize(
    ("text", "kind", "aspect"),
    [
        ("我对羊毛过敏", "dietary", "allergy"), ("I'm allergic to latex", "dietary", "allergy"), ("我不吃猪肉", "dietary", ""),
        ("we keep halal", "dietary", ""),
        ("my budget is under £20", "price", ""), ("预算两百以内", "price", ""), ("请用英文回我", "language", ""),
        ("please write to me in Hindi", "language", ""),
        ("以后发票都开电子的", "invoice", ""), ("I only wear Nike", "brand", ""), ("别用韵达发", "delivery", "carrier"),
        ("please leave parcels with my neighbour", "delivery", "place"), ("I wear size 8", "attribute", "size"), ("我喜歡素色", "attribute", "colour"),
        ("没有优惠短信别发广告", "marketing", "opt_out"), ("有新品记得通知我", "marketing", "opt_in"), ("I can't stand polyester", "attribute", "material"),
    ],
)  # fmt: skip
def test_the_kind_is_told_from_the_object_and_health_from_what_is_said(text: str, kind: str, aspect: str) -> None:
    assert [(heard.kind, heard.aspect) for heard in expressed_in(text)] == [(kind, aspect)]


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("这个饼干含花生吗，我过敏的", "花生"), ("這餅乾有花生嗎，我會過敏", "花生"), ("are there any nuts in it? I'm allergic", "nuts"),
        ("does it contain milk, i'm intolerant", "milk"),
    ],
)  # fmt: skip
def test_an_allergy_behind_a_question_is_heard(text: str, thing: str) -> None:
    [heard] = expressed_in(text)
    assert (heard.object, heard.kind, heard.aspect) == (thing, "dietary", "allergy")
    assert text[heard.quote_start : heard.quote_end] == heard.quote and thing in heard.quote


@pytest.mark.parametrize(
    "text", ["这个含花生吗", "are there nuts in it?", "花生过敏的人能吃吗", "is it ok if someone is allergic to nuts"]
)
def test_a_question_about_allergens_alone_is_no_allergy(text: str) -> None:
    assert expressed_in(text) == []


@pytest.mark.parametrize(
    ("text", "thing"),
    [("别给我辣的", "辣"), ("leather is a no for me", "leather"), ("我不想要塑料的", "塑料"), ("no plastic for me", "plastic"), ("别安排顶楼", "顶楼")],
)  # fmt: skip
def test_a_no_is_never_heard_as_a_yes(text: str, thing: str) -> None:
    [heard] = expressed_in(text)
    assert heard.object == thing and heard.polarity is AVOID


def test_how_much_it_matters_is_told_from_the_words_around() -> None:
    strengths = [expressed_in(text)[0].strength for text in ("我有点喜欢蓝色", "我喜欢蓝色", "我超喜欢蓝色")]
    assert strengths == [Strength.MILD, Strength.PLAIN, Strength.STRONG]


def test_a_wish_in_the_shape_of_a_polite_question_is_heard() -> None:
    assert [heard.object for heard in expressed_in("Could you please not call me?")] == ["call me"]
    assert [heard.object for heard in expressed_in("可以别打电话吗")] == ["打电话"]


@pytest.mark.property
@given(st.text(max_size=300) | st.text("我不喜欢爱要以后别给打电话咖啡妈她，。？ Ilikehatedon't.,\n", max_size=120))
def test_every_quote_and_object_is_a_piece_of_the_text(text: str) -> None:
    for heard in expressed_in(text) + vaguely_expressed_in(text):
        assert text[heard.quote_start : heard.quote_end] == heard.quote
        assert heard.object in heard.quote and heard.object.strip() and heard.time_limit in heard.quote
        assert heard.subject == CUSTOMER or heard.subject in text
    for wish in consents_in(text):
        assert wish.quote in text


@pytest.mark.property
@given(st.text())
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    "piece",
    [
        "我喜欢",
        "I really really like ",
        "很",
        "不要",
        "1",
        "don't ",
        "每次都",
        "我妈喜欢红色，",
        "(no ",
        "周一到",
        "一点",
        "a",
        " ",
    ],
)
def test_a_very_long_text_is_read_quickly(piece: str) -> None:
    text = (piece * 4_000)[:4_000]
    began = time.process_time()
    assert len(expressed_in(text)) <= 10
    sentiment_of(text), topic_of(text), severity_of(text), wants_of(text), mentions_grievance(text)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize(
    ("text", "thing"),
    [
        ("I like this book", "this book"),
        ("I love your company", "company"),
        ("I prefer the notebook", "notebook"),
        ("I love my tattoo", "tattoo"),
        ("I prefer dark roast and please hurry", "dark roast"),
        ("I like bamboo more", "bamboo"),
    ],
)
def test_small_words_are_cut_off_the_end_of_a_thing_and_letters_are_not(text: str, thing: str) -> None:
    assert [found.object for found in expressed_in(text)] == [thing]
