"""Who has a session in WeCom has the conversation: the bot is silent where a servicer speaks, and comes back when they are done."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.conversation import Owner
from bot.domain.messages import Author
from bot.services import handoffs
from bot.settings import Settings
from bot.words import say
from tests import build
from tests.channels.wechat.fake.troubles import Trouble, refusal
from tests.channels.wecom.fake.talk import BOT, ENDED, NEW, PERSON, POOL
from tests.channels.wecom.house import LIN, SHOP, Clock, House, eventually, open_house


async def owned_by(house: House, owner: Owner) -> None:
    async def is_so() -> bool:
        return bool(await house.written()) and (await house.conversation()).owner is owner

    await eventually(is_so)


async def fates(house: House, *expected: str) -> None:
    """Wait until what was said has come to this, in order."""

    async def is_so() -> bool:
        return [fate for _, fate in await house.said()] == list(expected)

    await eventually(is_so)


def pretend(state: int) -> Trouble:
    """Let WeCom tell this state of a session once, whatever is true a moment later."""
    body = json.dumps({"errcode": 0, "errmsg": "ok", "service_state": state}).encode()
    return Trouble("answer", 200, body, path="service_state/get")


@pytest.mark.parametrize(("state", "owner"), [(POOL, Owner.WAITING), (PERSON, Owner.PERSON)])
async def test_where_people_have_the_session_the_bot_is_silent(house: House, state: int, owner: Owner) -> None:
    house.talk.sessions[SHOP, LIN].state = state
    await house.write("hello")
    await owned_by(house, owner)
    await fates(house, "withheld")
    assert (house.talk.texts(LIN), house.wecom.of("kf/send_msg")) == ([], [])


async def test_what_a_servicer_writes_is_in_the_record_and_silences_the_bot(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.talk.served(SHOP, LIN, content="您好，我是李雷")
    await house.call_back()
    await owned_by(house, Owner.PERSON)
    await house.write("thank you")

    async def is_understood() -> bool:
        return "thank you" in house.brain.texts("/understand")

    await eventually(is_understood)
    *_, theirs, _ = await house.written()
    assert (theirs.author, theirs.text, theirs.agent_id, theirs.delivery) == (
        Author.PERSON,
        "您好，我是李雷",
        None,
        "sent",
    )
    conversation = await house.conversation()
    handoff = await house.database.read(lambda uow: uow.conversations.current_handoff(conversation.id))
    assert handoff is not None and handoff.reason == "answered_elsewhere"
    assert house.talk.texts(LIN) == ["echo hello"]


async def test_when_the_session_ends_the_customer_is_asked_how_it_was_and_the_bot_answers_again(house: House) -> None:
    await house.write("你好")
    await house.arrived("echo 你好")
    house.talk.served(SHOP, LIN, content="您好，我是李雷")
    house.talk.changed(SHOP, LIN, 3, ENDED)
    await house.call_back()
    leave = say("zh-Hans", "handed-back")
    await house.arrived("echo 你好", leave)
    await house.call_back()
    await house.write("5")
    thanks = say("zh-Hans", "thanks-for-rating")
    await house.arrived("echo 你好", leave, thanks)
    await house.write("还有一件事")
    await house.arrived("echo 你好", leave, thanks, "echo 还有一件事")
    conversation = await house.conversation()
    assert (conversation.owner, house.talk.sessions[SHOP, LIN].state) == (Owner.BOT, BOT)
    ratings = await house.database.read(lambda uow: uow.ratings.of_customer(conversation.customer_id))
    assert [rating.score for rating in ratings] == [5]
    assert house.wecom.refused() == []


async def test_a_session_that_ran_out_without_a_word_is_noticed_when_the_customer_writes(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.talk.served(SHOP, LIN, content="您好")
    await house.call_back()
    await owned_by(house, Owner.PERSON)
    house.talk.sessions[SHOP, LIN].state = ENDED
    await house.write("anybody?")
    await house.arrived("echo hello", "echo anybody?")


async def test_a_session_of_which_wecom_says_nothing_stays_with_the_servicer(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.talk.served(SHOP, LIN, content="您好")
    await house.call_back()
    await owned_by(house, Owner.PERSON)
    house.wecom.troubles.append(refusal(60020, path="service_state/get", times=99))
    await house.write("anybody?")

    async def is_understood() -> bool:
        return "anybody?" in house.brain.texts("/understand")

    await eventually(is_understood)
    assert (await house.conversation()).owner is Owner.PERSON


async def test_a_servicer_who_is_faster_than_a_send_silences_the_bot(house: House) -> None:
    house.talk.sessions[SHOP, LIN].state = PERSON
    house.wecom.troubles.append(pretend(BOT))
    await house.write("hello")
    await owned_by(house, Owner.PERSON)
    await fates(house, "failed")
    assert house.talk.texts(LIN) == []


async def test_an_answer_to_a_session_that_has_ended_waits_for_the_next_word(chosen: Settings) -> None:
    clock = Clock()
    async with open_house(chosen, clock=clock) as house:
        house.wecom.troubles.append(pretend(BOT))
        house.talk.wrote(SHOP, LIN, content="hello")
        house.talk.sessions[SHOP, LIN].state = ENDED
        await house.call_back()
        await fates(house, "kept")
        clock.ahead = timedelta(seconds=2)
        await house.write("still there?")
        await house.arrived("echo hello", "echo still there?")


async def test_a_session_that_changes_while_it_is_taken_is_looked_at_again(house: House) -> None:
    house.wecom.troubles.append(pretend(NEW))
    house.talk.wrote(SHOP, LIN, content="hello")
    house.talk.sessions[SHOP, LIN].state = PERSON
    await house.call_back()
    await owned_by(house, Owner.PERSON)
    await fates(house, "withheld")
    assert len(house.wecom.refused(95016)) == 1


async def test_a_wish_for_a_person_stays_at_our_desk(house: House) -> None:
    await house.write("转人工")
    await owned_by(house, Owner.WAITING)
    await fates(house, "sent")
    assert house.talk.sessions[SHOP, LIN].state == BOT


async def test_a_wish_for_a_person_goes_to_the_servicer_after_our_words(chosen: Settings) -> None:
    async with open_house(chosen, handoff="wecom", servicer="li.lei") as house:
        await house.write("转人工")
        await owned_by(house, Owner.PERSON)
        session = house.talk.sessions[SHOP, LIN]
        assert (session.state, session.servicer) == (PERSON, "li.lei")
        assert len(house.talk.texts(LIN)) == 1
        house.talk.served(SHOP, LIN, content="我来了")
        await house.call_back()

        async def is_read() -> bool:
            return await house.said_by(Author.PERSON) == ["我来了"]

        await eventually(is_read)


async def test_where_no_servicer_is_there_the_pool_has_them_and_our_desk_sees_them_wait(chosen: Settings) -> None:
    async with open_house(chosen, handoff="wecom", servicer="nobody") as house:
        await house.write("转人工")
        await eventually(lambda: house.talk.sessions[SHOP, LIN].state == POOL)
        await owned_by(house, Owner.WAITING)
        house.talk.served(SHOP, LIN, content="我来了")
        await house.call_back()
        await owned_by(house, Owner.PERSON)
        assert len(house.wecom.of("kf/service_state/trans")) == 3


async def test_whom_wecom_does_not_take_our_desk_has(chosen: Settings, logged: Callable[[], str]) -> None:
    async with open_house(chosen, handoff="wecom") as house:
        house.wecom.troubles += [pretend(BOT), pretend(BOT), refusal(60020, path="service_state/trans", times=99)]
        await house.write("转人工")
        await owned_by(house, Owner.WAITING)
        await eventually(lambda: len(house.wecom.of("kf/service_state/trans")) >= 1)
        assert (await house.conversation()).owner is Owner.WAITING
    assert LIN not in logged()


async def test_the_desk_may_close_what_a_servicer_never_ends(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.talk.served(SHOP, LIN, content="您好")
    await house.call_back()
    await owned_by(house, Owner.PERSON)
    anna = build.user(house.database)
    conversation = await house.conversation()
    closed = await house.database.write(handoffs.close, conversation.id, anna, build.NOW)
    assert (closed.owner, closed.rating_wanted) == (Owner.CLOSED, False)
    assert house.talk.texts(LIN) == ["echo hello"]
