"""The way of an answer: in reply to the push, by a call, or kept until the customer's next word."""

import asyncio
from typing import Any

import pytest

from bot.domain.messages import Author
from bot.settings import Settings
from tests.channels.wechat.fake.tencent import Delivered
from tests.channels.wechat.house import LIN, eventually, open_house, said

MODES = [("plain", "xml"), ("plain", "json"), ("compat", "xml"), ("safe", "xml"), ("safe", "json")]


@pytest.mark.parametrize(("mode", "form"), MODES)
async def test_a_quick_answer_is_the_reply_to_the_push_in_every_mode(chosen: Settings, mode: Any, form: Any) -> None:
    async with open_house(chosen, mode=mode, form=form) as house:
        assert await house.says("你好") == "echo 你好"
        assert house.read() == []
        await house.settled("sent")


async def test_a_slow_answer_is_acknowledged_and_follows_by_a_call(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.brain.hang_on.add("slow")
        assert await house.says("slow") is None
        house.brain.release.set()
        await house.settled("sent")
        assert house.read() == ["echo slow"]
        assert house.api.record.refused() == 0


async def test_a_push_that_comes_again_gives_one_turn_and_one_answer(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0.4) as house:
        house.brain.hang_on.add("slow")
        fields = house.tencent.text(LIN, "slow")
        for _ in range(3):
            came = await house.deliver(fields)
            assert (came.tries, came.reply) == (1, None)
        house.brain.release.set()
        await house.settled("sent")
        assert house.read() == ["echo slow"]
        assert await house.said_by(Author.CUSTOMER) == ["slow"]
        assert house.brain.texts("/turn") == ["slow"]


async def test_a_push_whose_connection_broke_gets_the_same_answer_again(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        fields = house.tencent.text(LIN, "hello")
        first = await house.deliver(fields)
        again = await house.deliver(fields)  # WeChat brings it again only when it did not hear the first answer
        assert said(first) == said(again) == "echo hello"
        await house.settled("sent")
        assert house.read() == []


async def test_an_account_that_may_not_send_gives_what_is_left_with_the_next_message(chosen: Settings) -> None:
    async with open_house(chosen, can_send=False, passive_budget_s=0.5) as house:
        house.brain.hang_on.add("slow")
        assert await house.says("slow") is None
        house.brain.release.set()
        await house.settled("kept")
        assert await house.says("next") == "echo slow\n\necho next"
        await house.settled("sent", "sent")
        assert house.api.record.of("custom/send") == []


async def test_what_was_kept_goes_with_the_next_push_even_when_that_one_takes_long_too(chosen: Settings) -> None:
    async with open_house(chosen, can_send=False, passive_budget_s=1.5) as house:
        house.brain.hang_on |= {"slow", "slower"}
        assert await house.says("slow") is None
        house.brain.release.set()
        await house.settled("kept")
        house.brain.release.clear()
        assert await house.says("slower") == "echo slow"
        house.brain.release.set()
        await house.settled("sent", "kept")
        assert await house.says("and?") == "echo slower\n\necho and?"


async def test_two_messages_at_once_get_two_answers_in_order(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        one, two = house.tencent.text(LIN, "one"), house.tencent.text(LIN, "two")
        first = asyncio.create_task(house.deliver(one))
        await house.brain.asked_about("one")
        second = await house.deliver(two)
        read = [words for words in (said(await first), said(second)) if words]
        assert "\n\n".join([*read, *house.read()]) == "echo one\n\necho two"


async def test_a_push_that_breaks_off_while_its_turn_runs_is_answered_when_it_comes_again(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        house.brain.hang_on.add("slow")
        fields = house.tencent.text(LIN, "slow")
        came = Delivered()
        pushing = asyncio.create_task(house.deliver(fields, patience_s=3.0, came=came))
        await house.brain.asked_about("slow")
        await eventually(came.is_tried_again)  # WeChat has given the first connection up
        house.brain.release.set()
        await pushing
        assert (came.tries, said(came)) == (2, "echo slow")
        await house.settled("sent")
        assert (house.read(), house.brain.texts("/turn")) == ([], ["slow"])


async def test_a_push_that_breaks_off_three_times_is_answered_by_one_call(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        house.brain.hang_on.add("slow")
        came = await house.deliver(house.tencent.text(LIN, "slow"), patience_s=0.5)
        assert (came.tries, came.reply) == (3, None)
        house.brain.release.set()
        await house.settled("sent")
        assert (house.read(), house.brain.texts("/turn")) == (["echo slow"], ["slow"])
