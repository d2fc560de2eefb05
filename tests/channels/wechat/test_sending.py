"""What comes later by the customer-service API, and what WeChat's troubles do to it."""

import asyncio

import pytest

from bot.clock import utc_now
from bot.domain.messages import Author
from bot.services import allowances, handoffs, replies
from bot.settings import Settings
from tests import build
from tests.channels.wechat.fake.troubles import Trouble, refusal
from tests.channels.wechat.house import LIN, House, eventually, open_house

SEND = "custom/send"


async def left(house: House) -> int:
    identity = await house.identity()
    assert identity is not None
    found = await house.database.read(allowances.left, identity.id, utc_now())
    return found.count if found else 0


async def agent_says(house: House, *texts: str) -> None:
    """Let an agent take the conversation and write."""
    agent = await asyncio.to_thread(build.user, house.database)
    conversation_id = (await house.written())[-1].conversation_id
    await house.database.write(handoffs.claim, conversation_id, agent, utc_now())
    for text in texts:
        await house.database.write(replies.reply, conversation_id, agent, text, None, utc_now())


async def test_an_agents_words_go_by_calls_while_the_count_lasts_and_then_wait(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        assert await house.says("hello") == "echo hello"
        await house.settled("sent")
        long = [letter * 1_500 for letter in "abcdefg"]
        await agent_says(house, *long)
        await eventually(lambda: _kept(house))
        assert await left(house) == 0
        assert house.api.record.refused() == 0
        assert len(house.read()) == 5
        await asyncio.sleep(
            1
        )  # WeChat tells whole seconds: in the same one, those five may count against the next message
        rest = await house.says("and the rest?")
        await eventually(lambda: _all_sent(house))
        read = "\n".join([*house.read()[:5], rest or "", *house.read()[5:]])
        assert [read.index(text) for text in long] == sorted(read.index(text) for text in long)
        assert house.api.record.refused() == 0


async def _kept(house: House) -> bool:
    states = await house.states()
    return "kept" in states and "pending" not in states and "sending" not in states


async def _all_sent(house: House) -> bool:
    return set(await house.states()) == {"sent"}


async def slow_answer(house: House) -> None:
    """Let an answer come after its push has been acknowledged."""
    house.brain.hang_on.add("slow")
    assert await house.says("slow") is None
    house.brain.release.set()


@pytest.mark.parametrize("code", [45015, 45047])
async def test_a_window_that_is_closed_against_our_count_keeps_the_answer_for_the_next_message(
    chosen: Settings, code: int
) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.api.troubles.append(refusal(code, path=SEND))
        await slow_answer(house)
        await house.settled("kept")
        assert await left(house) == 0
        assert len(house.api.record.of(SEND)) == 1
        assert await house.says("again") == "echo slow\n\necho again"


@pytest.mark.parametrize("code", [43004, 43019, 48002, 50005])
async def test_a_customer_who_cannot_be_reached_is_shown_and_not_tried_again(chosen: Settings, code: int) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.api.troubles.append(refusal(code, path=SEND))
        await slow_answer(house)
        await house.settled("failed")
        assert len(house.api.record.of(SEND)) == 1


async def test_somebody_who_unfollows_is_sent_nothing_and_is_back_with_their_next_word(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.brain.hang_on.add("slow")
        assert await house.says("slow") is None
        await house.does("unsubscribe")
        house.brain.release.set()
        await house.settled("failed")
        assert house.api.record.of(SEND) == []
        assert await house.does("subscribe") is not None
        identity = await house.identity()
        assert identity is not None and identity.reachable


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_a_token_that_ended_is_fetched_anew_once_and_nobody_notices(chosen: Settings, code: int) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.api.troubles.append(refusal(code, path=SEND))
        await slow_answer(house)
        await house.settled("sent")
        assert house.read() == ["echo slow"]
        assert await left(house) == 4


@pytest.mark.parametrize(
    "trouble",
    [refusal(-1, path=SEND, times=2), Trouble("answer", 503, b"busy", SEND, times=2)],
    ids=["busy", "503"],
)
async def test_a_passing_refusal_is_waited_out_and_not_counted(chosen: Settings, trouble: Trouble) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.api.troubles.append(trouble)
        await slow_answer(house)
        await house.settled("sent")
        assert house.read() == ["echo slow"]
        assert await left(house) == 4


async def test_a_call_that_breaks_off_is_flagged_counted_and_not_repeated(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0.6) as house:
        house.api.troubles.append(Trouble("half", path=SEND, is_taken=True))
        await slow_answer(house)
        await house.settled("ambiguous")
        assert house.read() == ["echo slow"]
        assert await left(house) == 4


async def test_buttons_are_a_tappable_menu_and_the_tapped_one_comes_back_as_its_words(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0) as house:
        await house.does("subscribe")
        await house.settled("sent")
        [sent] = [taken for taken in house.api.record.taken if taken.openid == LIN]
        assert sent.kind == "msgmenu"
        line = sent.content["list"][-1]
        await house.says(line["content"], bizmsgmenuid=line["id"])
        pressed = [message for message in await house.written() if message.author is Author.CUSTOMER][-1]
        assert (pressed.text, pressed.kind) == (line["content"], "button")


async def test_in_a_reply_to_a_push_buttons_are_links_that_write_for_the_customer(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        read = await house.does("subscribe")
        assert read is not None and '<a href="weixin://bizmsgmenu?msgmenucontent=' in read
    async with open_house(chosen, can_offer_menu=False) as house:
        read = await house.does("subscribe", "oOther")
        assert read is not None and "<a" not in read and "\n· " in read


async def test_a_scene_is_remembered_of_who_follows_by_a_qr_code(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        assert await house.does("subscribe", EventKey="qrscene_shop7", Ticket="T") is not None
        identity = await house.identity()
        assert identity is not None
        customer = await house.database.read(lambda uow: uow.customers.get(identity.customer_id))
        assert customer is not None and customer.tags == ["from:shop7"]


async def test_an_event_is_answered_once_however_often_it_comes(chosen: Settings) -> None:
    async with open_house(chosen, passive_budget_s=0) as house:
        fields = house.tencent.event(LIN, "CLICK", EventKey="我的订单")
        for _ in range(3):
            assert (await house.deliver(fields)).reply is None
        await house.settled("sent")
        assert house.read() == ["echo 我的订单"]


async def test_what_was_kept_is_given_when_the_customer_asks_for_the_rest(chosen: Settings) -> None:
    async with open_house(chosen, can_send=False, passive_budget_s=0.5) as house:
        house.brain.hang_on.add("slow")
        assert await house.says("slow") is None
        house.brain.release.set()
        await house.settled("kept")
        assert await house.says("继续", bizmsgmenuid="more") == "echo slow"
        assert await house.said_by(Author.CUSTOMER) == ["slow"]


async def test_a_long_answer_goes_on_with_the_next_messages_and_says_so(chosen: Settings) -> None:
    async with open_house(chosen, can_send=False) as house:
        words = "".join(chr(0x4E00 + number) for number in range(1_500))
        read = [await house.says(words) or ""]
        while "msgmenuid=more" in read[-1] and len(read) < 6:
            read.append(await house.says("go on", bizmsgmenuid="more") or "")
        pieces = [text.partition("\n\n")[0] for text in read]
        assert "".join(pieces) == f"echo {words}"
        assert all(len(text.encode()) <= 2048 for text in read)
        assert len(read) == 3


async def test_a_wish_for_a_person_goes_to_tencents_agents_where_a_shop_keeps_them(chosen: Settings) -> None:
    async with open_house(chosen, keep_tencent_agents=True) as house:
        wished = await house.deliver(house.tencent.text(LIN, "转人工"))
        assert wished.reply is not None and wished.reply["MsgType"] == "transfer_customer_service"
        await house.settled("sent")
        assert len(house.read()) == 1
        again = await house.deliver(house.tencent.text(LIN, "有人吗"))
        assert again.reply is not None and again.reply["MsgType"] == "transfer_customer_service"
        await house.does("kf_create_session", KfAccount="anna@shop")
        came = await house.deliver(house.tencent.text(LIN, "你好"))
        assert came.reply is None


async def test_a_house_that_stops_lets_go_of_every_push(chosen: Settings) -> None:
    async with open_house(chosen) as house:
        house.brain.hang_on.add("slow")
        pushes = [asyncio.create_task(house.deliver(house.tencent.text(f"o{n}", "slow"))) for n in range(5)]
        await house.brain.asked_about("slow")
        await house.client.app.shutdown()  # type: ignore[union-attr]
        came = await asyncio.gather(*pushes)
        assert [(one.tries, one.reply) for one in came] == [(1, None)] * 5
        house.brain.release.set()


async def test_a_thousand_pushes_are_all_acknowledged_while_the_brain_hangs(chosen: Settings) -> None:
    async with open_house(chosen, brain_deadline_s=120) as house:
        house.brain.hang_on.add("slow")
        lines = asyncio.Semaphore(100)

        async def push(number: int) -> tuple[int, str]:
            async with lines:
                return await house.post(house.tencent.push(house.tencent.text(f"o{number}", "slow")))

        answers = await asyncio.gather(*(push(number) for number in range(1_000)))
        assert set(answers) == {(200, "success")}
        counts = await house.database.read(lambda uow: uow.messages.count_open())
        assert counts == 1_000
