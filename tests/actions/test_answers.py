"""Questions to the shop are answered from what it wrote down, or brought to a person; nothing else is ever said."""

import pytest

from actions.answers import ActionAnswerQuestion
from actions.knowledge.library import library
from actions.misunderstood import ActionMisunderstood
from actions.write_back import ActionListen
from bot import demo
from bot.domain.conversation import Handoff, Reason
from bot.domain.language import LANGUAGES
from tests.actions.conftest import Talk


def handoff(talk: Talk) -> Handoff | None:
    found: Handoff | None = talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", sorted(demo.FACTS))
def test_a_bare_topic_is_answered_with_the_shops_fact_in_the_customers_language(
    shop: Talk, topic: str, language: str
) -> None:
    [said] = shop.say("?", ActionAnswerQuestion, intent=topic, language=language)
    assert said["text"].splitlines()[0] == demo.FACTS[topic][LANGUAGES.index(language)]


def test_a_particular_question_gets_the_particular_answer_with_its_source(shop: Talk) -> None:
    said = shop.answered("满多少才包邮呀", ActionAnswerQuestion, "delivery")
    assert "不满 99 元收 8 元运费" in said["text"]
    assert said["text"].endswith("—— 常见问题：运费多少，满多少包邮？")
    assert [button["title"] for button in said["buttons"]] == ["没帮到我"]


@pytest.mark.parametrize(
    ("text", "intent", "language", "answer"),
    [
        ("這個手沖壺可以放電磁爐嗎", "product_question", "zh-Hant", "電磁爐、黑晶爐、瓦斯爐都能用"),
        ("how much is the kettle", "price", "en", "CNY 189"),
        ("忘记密码了怎么办", "account", "zh-Hans", "忘记密码"),
        ("Can I cancel after it shipped?", "order_change", "en", "refuse the parcel"),
    ],
)
def test_what_once_needed_a_colleague_is_answered(
    shop: Talk, text: str, intent: str, language: str, answer: str
) -> None:
    assert answer in shop.answered(text, ActionAnswerQuestion, intent, language)["text"]
    assert handoff(shop) is None


def test_what_the_shop_does_not_answer_brings_a_person(shop: Talk) -> None:
    shop.say("这件羽绒服洗了会掉毛吗", ActionAnswerQuestion, intent="product_question")
    request = handoff(shop)
    assert request is not None and request.reason is Reason.UNANSWERABLE


def test_a_doubtful_question_gets_the_topics_fact_and_an_honest_word(shop: Talk) -> None:
    said = shop.answered("下暴雪封路的时候物流车还开吗我有点担心", ActionAnswerQuestion, "delivery")
    assert "没有确切答案" in said["text"] and demo.FACTS["delivery"][0] in said["text"]
    assert [button["title"] for button in said["buttons"]] == ["找真人客服"]
    shop.say("那要是山体滑坡把隧道堵住了你们咋整", ActionAnswerQuestion, intent="delivery")
    assert handoff(shop) is not None


def test_two_answers_that_are_as_likely_are_offered_as_buttons(shop: Talk) -> None:
    said = shop.answered("要多久才能到帐", ActionAnswerQuestion, "thanks")
    titles = [button["title"] for button in said["buttons"]]
    assert len(titles) == 3 and titles[2] == "找真人客服"
    assert set(titles[:2]) == {"多久能送到？", "退款多久到账？"}
    chosen = shop.answered(titles[1], ActionAnswerQuestion, "complaint")
    assert chosen["text"].endswith(titles[1])


def test_an_answer_that_did_not_help_brings_a_person_who_reads_which_it_was(shop: Talk) -> None:
    shop.answered("怎么退订短信", ActionAnswerQuestion, "account")
    shop.answered("没帮到我", ActionMisunderstood, "complaint")
    request = handoff(shop)
    assert request is not None and request.summary.startswith("这条答案没帮到顾客：怎么取消推广短信和邮件？")


def test_what_the_model_did_not_understand_is_looked_up_before_giving_up(shop: Talk) -> None:
    said = shop.answered("can I return opened coffee", ActionMisunderstood, "nlu_fallback", "en")
    assert "Opened food can't be returned" in said["text"]
    assert not shop.slots.get("misunderstandings")


def test_without_the_demo_shop_its_answers_are_nobodys(talk: Talk) -> None:
    talk.say("满多少包邮", ActionAnswerQuestion, intent="delivery")
    assert handoff(talk) is not None


def test_where_the_database_has_no_fact_none_is_made_up(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TINGJIAN_DEMO", "1")
    talk.say("怎么付款", ActionAnswerQuestion, ActionListen, intent="payment")
    assert library().entry("payment-general") is not None and handoff(talk) is not None
