"""What happens in WeCom beside words: who comes is greeted once, what failed is shown, what was taken back is not answered."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clock import utc_now
from bot.domain.messages import Author, Delivery, Message, Turn
from bot.settings import Settings
from bot.words import say
from tests.channels.wechat.fake.troubles import Trouble, refusal
from tests.channels.wecom.fake.server import FakeWecom
from tests.channels.wecom.house import LIN, SHOP, House, eventually, open_house

GREETING = say("zh-Hans", "greet")


async def test_who_opens_the_chat_is_greeted_once(house: House) -> None:
    house.talk.entered(SHOP, LIN)
    await house.call_back()
    await house.arrived(GREETING)
    await house.call_back()
    await house.write("hello")
    await house.arrived(GREETING, "echo hello")
    assert [text for text, _ in await house.said()] == [GREETING, "echo hello"]
    assert house.wecom.refused() == []


async def test_a_greeting_does_not_count_against_what_is_allowed(house: House) -> None:
    await house.write("你好")
    await house.arrived("echo 你好")
    house.talk.entered(SHOP, LIN)
    await house.call_back()
    await house.arrived("echo 你好", GREETING)
    assert house.talk.sessions[SHOP, LIN].sent == 1


async def test_who_came_too_long_ago_is_not_greeted(chosen: Settings) -> None:
    clock = lambda: utc_now() - timedelta(seconds=19)  # noqa: E731
    wecom = FakeWecom(SHOP, clock=clock)
    wecom.talk.entered(SHOP, LIN)
    async with open_house(chosen, wecom=wecom) as house:
        await house.write("hello")
        await house.arrived("echo hello")
    assert wecom.of("kf/send_msg_on_event") == []


async def test_a_greeting_that_wecom_refuses_leaves_no_trace(house: House) -> None:
    house.wecom.troubles.append(refusal(40058, path="kf/send_msg_on_event"))
    house.talk.entered(SHOP, LIN)
    await house.write("hello")
    await house.arrived("echo hello")
    assert [text for text, _ in await house.said()] == ["echo hello"]


async def test_what_did_not_arrive_is_shown_as_failed_with_the_reason(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    [taken] = house.talk.taken
    house.talk.happened(SHOP, "msg_send_fail", external_userid=LIN, fail_msgid=taken.msgid, fail_type=10)
    await house.call_back()
    await eventually(lambda: _has(house, "echo hello", lambda one: one.delivery is Delivery.FAILED))
    failed = (await house.written())[-1]
    assert failed.failure is not None and "refuses" in failed.failure
    identity = await house.database.read(lambda uow: uow.customers.known_as("wecom", SHOP, LIN))
    assert identity is not None and not identity.reachable


async def test_a_failure_that_comes_before_our_own_note_waits_for_it(house: House) -> None:
    house.wecom.troubles.append(Trouble("slow", path="kf/send_msg", after_s=0.3))
    house.talk.wrote(SHOP, LIN, content="hello")
    await house.call_back()
    await eventually(lambda: house.talk.taken)
    house.talk.happened(SHOP, "msg_send_fail", external_userid=LIN, fail_msgid=house.talk.taken[0].msgid, fail_type=5)
    await house.call_back()
    await eventually(lambda: _has(house, "echo hello", lambda one: one.delivery is Delivery.FAILED))


@pytest.mark.parametrize("msgid", ["somebody-elses", "0123456789ab-1-0", "0123456789ab-77-0"])
async def test_a_failure_of_somebody_elses_message_concerns_nobody(house: House, msgid: str) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.talk.happened(SHOP, "msg_send_fail", external_userid=LIN, fail_msgid=msgid, fail_type=10)
    await house.write("again")
    await house.arrived("echo hello", "echo again")
    await eventually(lambda: _has(house, "echo again", lambda one: one.delivery is Delivery.SENT))
    assert {fate for _, fate in await house.said()} == {"sent"}


async def test_a_message_that_was_taken_back_is_kept_and_not_answered(house: House) -> None:
    msgid = house.talk.wrote(SHOP, LIN, content="my card number is …")
    house.talk.happened(SHOP, "user_recall_msg", external_userid=LIN, recall_msgid=msgid)
    house.brain.ready = False
    await house.call_back()
    await eventually(lambda: _has(house, "my card number is …", lambda one: one.recalled_at is not None))
    recalled = (await house.written())[0]
    assert (recalled.author, recalled.turn) == (Author.CUSTOMER, Turn.DONE)


async def test_an_answer_that_is_just_being_made_is_not_given_to_a_message_taken_back(house: House) -> None:
    house.brain.hang_on.add("never mind")
    msgid = await house.write("never mind")
    await house.brain.asked_about("never mind")
    house.talk.happened(SHOP, "user_recall_msg", external_userid=LIN, recall_msgid=msgid)
    await house.call_back()
    await eventually(lambda: _has(house, "never mind", lambda one: one.recalled_at is not None))
    house.brain.release.set()
    await house.write("hello")
    await house.arrived("echo hello")


async def test_what_we_do_not_know_is_counted_and_stops_nobody(house: House) -> None:
    house.talk.happened(SHOP, "servicer_status_change", servicer_userid="li.lei", status=1)
    house.talk.happened(SHOP, "of_the_future")
    house.talk.happened(SHOP, "user_recall_msg", external_userid=LIN, recall_msgid="never-written")
    house.talk.happened(SHOP, "enter_session", external_userid=LIN)
    house.talk.happened(SHOP, "msg_send_fail", external_userid=["no"], fail_msgid=7)
    await house.write("hello")
    await house.arrived("echo hello")


async def _has(house: House, text: str, fits: Callable[[Message], bool]) -> bool:
    return any(one.text == text and fits(one) for one in await house.written())
