"""An explicit wish for a person is never missed, and its negation never granted."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.escape import asks_for_person, wishes_for_person

WISHES = [
    "转人工", "轉人工", "我要找真人", "有活人吗", "我想跟真人講", "人工！！", "人 工 客 服", "给我人工", "不要机器人 我要人工", "接人工", "可以換真人嗎",
    "请帮我转接人工客服", "机器人听不懂，转人工", "找你们经理来", "搵真人", "有冇真人同我傾", "转接一下客服", "我要人工服务", "ｈｕｍａｎ",
    "I want to talk to a human", "human please", "AGENT", "can I speak to a real person?", "no bot, I want a human",
    "can I talk to somebody real", "Could you get me an agent", "Let me talk to someone real", "is there a real person here",
    "transfer me to an operator", "get me your manager", "real person", "转\u200b人工", "转任工", "zhuan rengong", "人工客fu", "轉真認",
    "speak to a humna", "reprsentative please", "hooman plz", "conect me to ur manger", "我要投诉部的人", "真人客服", "可唔可以搵真人", "轉接專員",
    "機器人聽不懂", "不要機器人", "我不想跟AI说话", "叫你主管来", "换个人跟我说", "请让专员联系我", "could someone call me back", "call me back please",
    "no more bots", "my order TJ1001 is late, put me thru to an agent", "怎么还不给我转人工", "why don't you connect me to a human",
    "刚才那个客服说不清楚，给我转人工", "escalate this to your supervisor", "客服", "你好，转接人工，谢谢",
    "我要 human agent", "AGENTTTT", "human 🙏", "必须人工", "转售后", "别让机器人回答", "can a person take over", "get me someone",
    "please forward this to a human", "有会讲粤语的客服吗", "人工 thx", "I'm waiting for an agent",
]  # fmt: skip
NO_WISHES = [
    "不用转人工", "不需要人工客服", "别给我转人工", "不是要找人工", "I don't need a human", "no need to call a manager",
    "I never want to talk to an agent again", "what is a user agent", "你们客服电话多少", "这个人工智能音箱多少钱", "我的订单到哪了",
    "this shirt is for a tall person", "", "/restart", "手工皂还有货吗", "别转客服，继续", "唔使搵真人", "我没有要找真人", "no agent needed thanks",
    "刚才人工客服说今天发货", "the agent I talked to yesterday said it would come", "人工客服几点上班", "人工服務時間", "客服态度很差",
    "what time are your agents available", "are you a real person?", "扫地机器人没电了", "my robot vacuum is useless", "不要打电话",
    "a gift for my manager", "I need a travel agent", "人工费怎么算", "I got someone else's order", "客服让我找厂家", "没有人联系我",
    "人工皂多少钱", "晚上有客服吗", "真人客服专业", "transfer workspace ownership to a colleague",
]  # fmt: skip


@pytest.mark.parametrize("text", WISHES)
def test_an_explicit_wish_is_heard(text: str) -> None:
    assert asks_for_person(text)


@pytest.mark.parametrize("text", NO_WISHES)
def test_a_negated_or_absent_wish_is_not_invented(text: str) -> None:
    assert not asks_for_person(text)


@given(st.sampled_from(["转人工", "human please", "talk to a real person"]), st.text(max_size=30))
def test_a_wish_in_a_clause_of_its_own_is_heard_whatever_else_is_said(wish: str, other: str) -> None:
    assert asks_for_person(f"{other}\n{wish}")


@given(st.text())
def test_no_text_breaks_the_rule(text: str) -> None:
    assert asks_for_person(text) in (True, False)


@pytest.mark.parametrize(
    ("kind", "text", "wished"),
    [
        ("text", "转人工", True),
        ("photo", "转人工", True),
        ("button", "Talk to a person", True),
        ("command", "/human", True),
        ("command", "/human@shop_bot", True),
        ("command", "/start", False),
        ("forwarded", "转人工", False),
        ("forwarded", "/human", False),
        ("sticker", "", False),
    ],
)
def test_a_wish_is_the_customers_own_word_or_our_command(kind: str, text: str, wished: bool) -> None:
    assert wishes_for_person(kind, text) is wished


def test_a_hostile_text_does_not_hold_it_up() -> None:
    began = time.process_time()
    asks_for_person("want " * 20_000 + "不用" * 20_000 + " " * 50_000)
    assert time.process_time() - began < 1
