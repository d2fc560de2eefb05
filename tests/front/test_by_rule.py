"""What needs no brain is dealt with at once, whatever state the brain is in."""

import pytest

from bot.domain.conversation import Owner
from bot.domain.messages import Turn
from bot.services import handoffs
from bot.words import say
from tests import build
from tests.build import NOW
from tests.dispatch.scripted_brain import ScriptedBrain
from tests.front.conftest import Client
from tests.front.platform import Platform
from tests.front.visitor import Visitor


@pytest.fixture
def platform(client: Client, visitor: Visitor) -> Platform:
    return Platform(client, visitor)


@pytest.fixture
def group(client: Client, visitor: Visitor) -> Platform:
    return Platform(client, visitor, is_group=True)


async def test_an_album_gets_one_sentence_and_the_words_after_it_their_answer(
    platform: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    async with visitor.listen() as events:
        for _ in range(10):
            await platform.deliver(kind="photo")
        await platform.deliver("看到了吗")
        texts = [(await events.message())["data"]["text"] for _ in range(2)]
    assert texts == [say("zh-Hans", "wordless-photo"), "echo 看到了吗"]
    assert brain.texts("/turn") == ["看到了吗"]


async def test_a_caption_is_understood(platform: Platform, visitor: Visitor) -> None:
    async with visitor.listen() as events:
        await platform.deliver("坏了", "photo")
        assert (await events.message())["data"]["text"] == "echo 坏了"


async def test_words_of_somebody_else_are_never_given_to_the_brain_nor_taken_as_a_wish(
    platform: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    async with visitor.listen() as events:
        await platform.deliver("转人工，我要投诉", "forwarded")
        notice = (await events.message())["data"]
        await platform.deliver("5", "forwarded")
        await platform.deliver("在吗")
        assert (await events.message())["data"]["text"] == "echo 在吗"
    assert notice["text"] == say("zh-Hans", "not-your-own-words")
    assert notice["buttons"] == [{"title": "转人工", "payload": "转人工"}]
    assert brain.texts("/turn") == ["在吗"]


async def test_commands_work_while_the_brain_is_away(
    platform: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    brain.ready = False
    async with visitor.listen() as events:
        for text, kind, language, msgid in [
            ("/language zh-Hans", "command", "zh-Hans", "language-chosen"),
            ("/start spring", "command", "zh-Hans", "greet"),
            ("/language en", "button", "en", "language-chosen"),
            ("/help", "command", "en", "what-can-be-done"),
        ]:
            await platform.deliver(text, kind)
            assert (await events.message())["data"]["text"] == say(language, msgid)


async def test_the_command_for_a_person_overtakes_what_the_brain_does_not_answer(
    platform: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    brain.hang_on.add("我的订单呢")
    async with visitor.listen() as events:
        await platform.deliver("我的订单呢")
        await brain.asked_about("我的订单呢")
        await platform.deliver("/human", "command")
        await events.state("waiting")
        await platform.deliver("在吗")
        await brain.asked_about("在吗")
    assert "/human" not in brain.texts("/turn") + brain.texts("/understand")


async def test_while_a_person_has_it_nothing_is_explained_and_only_words_are_understood(
    platform: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    async with visitor.listen() as events:
        await visitor.write("转人工")
        await events.state("waiting")
        for text, kind in [("", "photo"), ("转人工", "forwarded"), ("/start", "command"), ("/human", "command")]:
            await platform.deliver(text, kind)
        await platform.deliver("还在吗")
        await brain.asked_about("还在吗")
    written = await platform.messages()
    assert [m.turn for m in written if m.kind != "text"] == [Turn.DONE] * 4
    assert len([m for m in written if m.delivery is not None]) == 1
    assert "还在吗" in brain.texts("/understand") and set(brain.texts("/understand")) <= {"转人工", "还在吗"}


async def test_an_unknown_command_is_text(platform: Platform, visitor: Visitor) -> None:
    async with visitor.listen() as events:
        await platform.deliver("/help me with my parcel", "command")
        assert (await events.message())["data"]["text"] == "echo /help me with my parcel"


async def test_in_a_group_only_what_everybody_may_know_is_said(
    group: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    brain.intents = {"几点关门": "store_hours", "我的订单呢": "order_status", "你好": "greeting"}
    private = say("zh-Hans", "let-us-talk-in-private")
    async with visitor.listen() as events:
        for text, words in [
            ("几点关门", "echo 几点关门"), ("我的订单呢", private), ("你好", say("zh-Hans", "greet")), ("删除我的数据", private),
        ]:  # fmt: skip
            await group.deliver(text)
            assert (await events.message())["data"]["text"] == words
    assert "删除我的数据" not in brain.texts("/turn")


async def test_a_person_comes_into_a_group_and_no_rating_is_taken_there(
    group: Platform, visitor: Visitor, brain: ScriptedBrain
) -> None:
    async with visitor.listen() as events:
        await group.deliver("转人工")
        await events.state("waiting")
        identity = await group.identity()
        conversation = await group.database.read(lambda uow: uow.conversations.latest_of(identity.id))
        assert conversation is not None and conversation.owner is Owner.WAITING
        anna = build.user(group.database)
        await group.database.write(handoffs.claim, conversation.id, anna, NOW)
        await group.database.write(handoffs.hand_back, conversation.id, anna, NOW)
        state = await events.state("bot")
        assert state["data"]["rating"] is False
        await group.deliver("5")
        await brain.asked_about("5")
    assert await group.database.read(lambda uow: uow.ratings.of_customer(conversation.customer_id)) == []
