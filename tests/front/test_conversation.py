"""A customer is answered, also by a brain that is slow, broken or away."""

import asyncio

import pytest

from bot.desk.app import PREFIX
from bot.domain.conversation import Owner
from bot.edge.keys import DATABASE
from bot.services import handoffs, replies
from tests import build
from tests.build import NOW
from tests.dispatch.scripted_brain import ScriptedBrain
from tests.front.conftest import Client
from tests.front.visitor import Visitor


async def test_a_message_is_accepted_and_answered(visitor: Visitor) -> None:
    async with visitor.listen() as events:
        assert await visitor.write("hello") == (202, {"id": "m1", "status": "accepted"})
        message = await events.message()
    assert (message["data"]["author"], message["data"]["text"]) == ("bot", "echo hello")
    assert message["id"] == message["data"]["id"]


async def test_the_same_message_id_is_accepted_again_and_answered_once(visitor: Visitor, brain: ScriptedBrain) -> None:
    async with visitor.listen() as events:
        outcomes = await asyncio.gather(*(visitor.write("hello", "same") for _ in range(20)))
        await visitor.write("next")
        texts = [(await events.message())["data"]["text"] for _ in range(2)]
    assert {status for status, _ in outcomes} == {202}
    assert sorted(body["status"] for _, body in outcomes) == ["accepted"] + ["duplicate"] * 19
    assert texts == ["echo hello", "echo next"]
    assert brain.texts("/turn") == ["hello", "next"]


async def test_a_reader_who_comes_back_gets_exactly_what_was_missed(visitor: Visitor) -> None:
    async with visitor.listen() as events:
        await visitor.write("one")
        first = await events.message()
    await visitor.write("two")
    await visitor.write("three")
    async with visitor.listen(last_event_id=first["id"]) as events:
        texts = [(await events.message())["data"]["text"] for _ in range(2)]
    assert texts == ["echo two", "echo three"]


async def test_a_page_that_opens_sees_the_whole_talk(visitor: Visitor) -> None:
    async with visitor.listen() as events:
        await visitor.write("one")
        last = await events.message()
    shown = await visitor.history()
    assert [(item["author"], item["text"]) for item in shown["items"]] == [("customer", "one"), ("bot", "echo one")]
    assert shown["items"][0]["client_id"] == "m1"
    assert shown["last_event_id"] == last["id"]


async def test_typing_is_shown_while_the_brain_thinks(visitor: Visitor) -> None:
    async with visitor.listen() as events:
        await visitor.write("first words make the customer known")
        await events.message()
        await visitor.write("hello")
        seen = [await events.next()]
        while seen[-1]["event"] != "message":
            seen.append(await events.next())
    assert {"event": "typing", "data": {"author": "bot", "on": True}} in seen


async def test_a_brain_that_is_away_is_admitted_once_and_the_answer_comes_when_it_is_back(
    visitor: Visitor, brain: ScriptedBrain
) -> None:
    brain.ready = False
    async with visitor.listen() as events:
        await visitor.write("hello")
        notice = await events.message()
        assert notice["data"]["author"] == "system"
        assert notice["data"]["buttons"][0]["payload"] == "Talk to a person"
        brain.ready = True
        assert (await events.message())["data"]["text"] == "echo hello"


async def test_a_wish_for_a_person_is_granted_with_the_brain_away(visitor: Visitor, brain: ScriptedBrain) -> None:
    brain.ready = False
    async with visitor.listen() as events:
        await visitor.write("where is my order")
        await events.message()
        await visitor.write("转人工")
        await events.state("waiting")
    assert {item["author"] for item in (await visitor.history())["items"]} == {"customer", "system"}


@pytest.mark.parametrize("trouble", ["hang_on", "poison"])
async def test_a_message_that_the_brain_cannot_answer_goes_to_a_person_and_the_next_one_is_understood(
    visitor: Visitor, brain: ScriptedBrain, trouble: str
) -> None:
    getattr(brain, trouble).add("trouble")
    async with visitor.listen() as events:
        await visitor.write("trouble")
        await events.state("waiting")
        await visitor.write("harmless")
        await brain.asked_about("harmless")
    assert brain.texts("/turn") == ["trouble"] * 3
    assert brain.texts("/understand") == ["harmless"]


async def test_neighbours_of_a_poison_message_are_answered(client: Client, brain: ScriptedBrain) -> None:
    brain.poison.add("poison")
    unlucky, neighbour = await Visitor.arrive(client), await Visitor.arrive(client)
    async with neighbour.listen() as events:
        await unlucky.write("poison")
        await neighbour.write("hello")
        assert (await events.message())["data"]["text"] == "echo hello"


async def test_while_a_person_has_the_conversation_the_bot_is_silent(
    client: Client, visitor: Visitor, brain: ScriptedBrain
) -> None:
    database = client.app[DATABASE]
    async with visitor.listen() as events:
        await visitor.write("hello")
        await events.message()
        identity = await database.read(lambda uow: uow.customers.known_as("web", "web", visitor.external_id))
        assert identity is not None
        conversation = await database.read(lambda uow: uow.conversations.latest_of(identity.id))
        assert conversation is not None and conversation.owner is Owner.BOT
        agent = build.user(database)
        await database.write(handoffs.claim, conversation.id, agent, NOW)
        state = await events.state("person")
        assert state["data"]["agent"] == "Anna"
        await visitor.write("are you there?")
        await database.write(replies.reply, conversation.id, agent, "yes, I am", None, NOW)
        said = await events.message()
        while said["data"]["author"] == "system":
            said = await events.message()
    assert (said["data"]["author"], said["data"]["text"], said["data"]["name"]) == ("person", "yes, I am", "Anna")
    assert brain.texts("/turn") == ["hello"]


async def test_a_rating_that_was_asked_for_is_taken_by_rule(
    client: Client, visitor: Visitor, brain: ScriptedBrain
) -> None:
    database = client.app[DATABASE]
    async with visitor.listen() as events:
        await visitor.write("转人工")
        await events.state("waiting")
        identity = await database.read(lambda uow: uow.customers.known_as("web", "web", visitor.external_id))
        assert identity is not None
        conversation = await database.read(lambda uow: uow.conversations.latest_of(identity.id))
        assert conversation is not None
        agent = build.user(database)
        await database.write(handoffs.claim, conversation.id, agent, NOW)
        await database.write(handoffs.hand_back, conversation.id, agent, NOW)
        state = await events.state("bot")
        assert state["data"]["rating"] is True
        await visitor.write("5")
        state = await events.state("bot")
        assert state["data"]["rating"] is False
    ratings = await database.read(lambda uow: uow.ratings.of_customer(conversation.customer_id))
    assert [(rating.score, rating.agent_id) for rating in ratings] == [(5, agent.id)]
    assert "5" not in brain.texts("/turn")


async def test_the_desk_is_there(client: Client) -> None:
    response = await client.get(f"{PREFIX}/sign-in")
    assert response.status == 200
