"""What a grievance is about, how grave it is, what is wanted, and whether a text tells of one at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.complaints import Severity
from bot.domain.grievance_signs import denies_grievance, mentions_grievance
from bot.domain.grievance_topics import topic_of
from bot.domain.grievances import REMEDIES, is_angry, severity_of, wants_of

LOW, MEDIUM, HIGH = Severity.LOW, Severity.MEDIUM, Severity.HIGH


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("快递三天没动了", "delivery"), ("包裹還沒到", "delivery"), ("the courier lost it", "delivery"), ("寄错颜色了", "wrong_or_missing"),
        ("杯子裂了", "product_quality"), ("it arrived broken", "product_quality"), ("退款一直没到", "refund_policy"),
        ("重复扣款", "price_billing"), ("客服态度很差", "service"), ("nobody replied", "service"), ("泄露我的电话", "privacy"), ("就是不爽", "other"),
        ("I like chocolate, happy with the issue", "other"), ("you delivered the wrong parcel", "wrong_or_missing"),
        ("快递员把我的号码卖给别人", "privacy"), ("the driver was late and the app crashes at log in", "account_app"),
    ],
)  # fmt: skip
def test_the_topic_that_the_words_speak_of_most_wins(words: str, topic: str) -> None:
    assert topic_of(words) == topic


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("有点慢", LOW), ("slightly annoying", LOW), ("气死我了", MEDIUM), ("this is ridiculous", MEDIUM), ("杯子裂了", MEDIUM),
        ("我要打12315", HIGH), ("找律師", HIGH), ("充电时着火了", HIGH), ("I will sue you", HIGH), ("第三次发错了", HIGH),
        ("the fourth time this month", HIGH), ("客服骂我", HIGH), ("your driver swore at me", HIGH),
    ],
)  # fmt: skip
def test_the_severity_is_told_from_the_words(words: str, severity: Severity) -> None:
    assert severity_of(words) is severity


@pytest.mark.parametrize("words", ["气死我了", "I will sue you", "垃圾", "THIS IS NOT OK", "什麼玩意"])
def test_open_anger_and_threats_are_angry(words: str) -> None:
    assert is_angry(words)


@pytest.mark.parametrize("words", ["杯子裂了", "an issue with the tissue", "有点慢", "我没生气", "滚筒洗衣机坏了"])
def test_a_plain_report_is_not_angry(words: str) -> None:
    assert not is_angry(words)


@pytest.mark.parametrize(
    ("words", "wants"),
    [
        ("我要退款", ["refund"]), ("給我換一個新的", ["replacement"]), ("必须给我道歉", ["apology"]), ("凭什么扣我钱，给个说法", ["explanation"]),
        ("谁来赔我的损失", ["compensation"]), ("赶紧处理一下", ["fix"]), ("I want my money back and an apology", ["refund", "apology"]),
        ("please send a replacement", ["replacement"]), ("why was I charged twice?", ["explanation"]), ("get this fixed", ["fix"]),
        ("杯子裂了", []), ("我不要退款", []), ("I don't want a refund, I want an apology", ["apology"]), ("换个真人来", []),
    ],
)  # fmt: skip
def test_what_is_wanted_is_told_from_the_words(words: str, wants: list[str]) -> None:
    assert wants_of(words) == wants


@pytest.mark.parametrize(
    "text",
    [
        "盒子是空盒", "等了两周还没到", "第三次发错了", "充电宝鼓包了", "客服态度太差", "重複扣款", "图片跟实物完全不一样", "it arrived broken",
        "third time it arrives late", "charged me twice", "your agent was so rude to me", "I've been waiting three weeks",
        "not here to complain but the box was empty, you sent the wrong one", "退款申请半个月了还没到账",
    ],
)  # fmt: skip
def test_plain_facts_are_a_grievance_without_the_word(text: str) -> None:
    assert mentions_grievance(text)


@pytest.mark.parametrize(
    "text",
    [
        "我不是来投诉的", "一点毛病没有", "no complaints at all", "质量很好，谢谢", "包装完好无损", "坏了可以换吗", "会不会裂？", "万一坏了怎么办", "你好",
        "what if it arrives broken?", "can I return it if it stopped working", "never let me down", "I'm not complaining, just asking",
        "什么时候发货", "我的订单到哪了", "I love it, works perfectly", "垃圾桶有货吗", "",
    ],
)  # fmt: skip
def test_praise_questions_and_suppositions_are_no_grievance(text: str) -> None:
    assert not mentions_grievance(text)


@pytest.mark.parametrize(
    "text", ["我不是来投诉的", "一点毛病没有", "no complaints", "I don't want to complain", "沒什麼好抱怨的"]
)
def test_a_denial_is_recognised(text: str) -> None:
    assert denies_grievance(text)


def test_what_follows_a_but_takes_the_denial_back() -> None:
    assert not denies_grievance("我不是来投诉的，但是这已经第三次发错了")


@pytest.mark.property
@given(st.text(max_size=400) | st.text("坏破没到第三次投诉不是退款！？，。 wrong broken never late!?,.", max_size=200))
def test_any_text_is_weighed_without_an_error(text: str) -> None:
    assert topic_of(text) and severity_of(text) in Severity
    assert [remedy for remedy in REMEDIES if remedy in wants_of(text)] == wants_of(text)
    assert not (mentions_grievance(text) and denies_grievance(text))
