"""What customers write in WeCom is pulled, answered once and in order, within what WeCom allows."""

from collections.abc import Awaitable
from datetime import timedelta

from bot.domain.messages import Author
from bot.settings import Settings
from bot.words import say
from tests.channels.wechat.fake.troubles import Trouble, refusal
from tests.channels.wecom.fake.server import FakeWecom
from tests.channels.wecom.fake.talk import BOT
from tests.channels.wecom.house import LIN, SHOP, Clock, House, eventually, open_house


async def test_a_customer_is_answered_and_the_session_is_the_bots(house: House) -> None:
    house.talk.names[LIN] = "林小姐"
    await house.write("hello")
    await house.arrived("echo hello")
    identity = await house.database.read(lambda uow: uow.customers.known_as("wecom", SHOP, LIN))
    assert identity is not None and identity.display_name == "林小姐"
    assert house.talk.sessions[SHOP, LIN].state == BOT
    assert house.wecom.refused() == []


async def test_a_burst_on_many_pages_is_taken_whole_and_in_order(house: House) -> None:
    texts = [f"message {number}" for number in range(40)]
    for text in texts:
        house.talk.wrote(SHOP, LIN, content=text)
    await house.call_back()

    async def are_here() -> bool:
        return await house.said_by(Author.CUSTOMER) == texts

    await eventually(are_here)
    assert len(house.wecom.of("kf/sync_msg")) > 5


async def test_what_no_callback_announced_is_found_by_the_clock(chosen: Settings) -> None:
    async with open_house(chosen, poll_s=1) as house:
        await house.write("hello")
        await house.arrived("echo hello")
        house.talk.wrote(SHOP, LIN, content="again")
        await house.arrived("echo hello", "echo again")


async def test_after_a_restart_it_goes_on_where_it_was_without_being_called(chosen: Settings) -> None:
    wecom = FakeWecom(SHOP)
    async with open_house(chosen, wecom=wecom) as house:
        await house.write("hello")
        await house.arrived("echo hello")
    wecom.talk.wrote(SHOP, LIN, content="are you there?")
    async with open_house(chosen, wecom=wecom) as house:
        await house.arrived("echo hello", "echo are you there?")
        assert await house.said_by(Author.CUSTOMER) == ["hello", "are you there?"]


async def test_a_new_account_is_read_as_soon_as_it_calls(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.talk.open_account("wkNew")
    house.talk.wrote("wkNew", "wmBo", content="is this the new one?")
    await house.call_back("wkNew")
    await house.arrived("echo is this the new one?", who="wmBo")


async def test_what_wecom_does_not_allow_any_more_waits_for_the_next_word(chosen: Settings) -> None:
    texts, clock = [f"question {number} {'长' * 600}" for number in range(7)], Clock()
    async with open_house(chosen, clock=clock) as house:
        for text in texts:
            house.talk.wrote(SHOP, LIN, content=text)
        await house.call_back()
        await eventually(lambda: _are(house.said(), ["sent"] * 5 + ["kept"] * 2))
        clock.ahead = timedelta(seconds=2)
        await house.write("go on")
        answers = [f"echo {text}" for text in [*texts, "go on"]]
        answers[4] += "\n\n" + say("zh-Hans", "more-with-your-next-word")
        await house.arrived(*answers)
    assert house.wecom.refused() == []


async def test_a_tap_on_a_menu_is_what_stands_under_the_button(house: House) -> None:
    house.talk.wrote(SHOP, LIN, "image", media_id="media0")
    await house.call_back()
    await eventually(lambda: house.talk.taken)
    [offered] = house.talk.taken
    assert offered.kind == "msgmenu" and len(offered.items) == 1
    await house.write("找真人聊聊", menu_id=offered.items[0])

    async def a_person_is_called() -> bool:
        return (await house.conversation()).owner == "waiting"

    await eventually(a_person_is_called)
    *_, tapped, _ = await house.written()
    assert (tapped.kind, tapped.author) == ("button", Author.CUSTOMER)


async def test_a_tap_on_a_menu_that_nobody_remembers_is_plain_text(house: House) -> None:
    await house.write("Where is my order?", menu_id="0123456789ab-999-0:0")
    await house.arrived("echo Where is my order?")


async def test_a_file_from_a_customer_can_be_fetched_and_one_from_the_desk_arrives(house: House) -> None:
    house.wecom.media["photo1"] = b"JFIF" * 10
    house.talk.wrote(SHOP, LIN, "image", media_id="photo1")
    await house.call_back()

    async def is_here() -> bool:
        return bool(await house.written())

    await eventually(is_here)
    [photo, *_] = await house.written()
    assert photo.attachment is not None and photo.attachment.file_ref == "photo1"


async def test_an_access_token_that_dies_early_is_replaced_once(house: House) -> None:
    await house.write("hello")
    await house.arrived("echo hello")
    house.wecom.expire_token()
    await house.write("again")
    await house.arrived("echo hello", "echo again")
    assert len(house.wecom.of("gettoken")) == 2


async def test_troubles_of_the_net_lose_nothing_and_repeat_nothing(house: House) -> None:
    house.wecom.troubles += [
        Trouble("reset", path="kf/sync_msg"), Trouble("answer", 502, path="kf/sync_msg", times=2),
        refusal(45009, path="kf/customer/batchget"), Trouble("answer", 502, path="kf/send_msg"),
        refusal(-1, path="service_state/get"),
    ]  # fmt: skip
    await house.write("hello")
    await eventually(lambda: _are(house.said(), ["sent"]))
    assert house.talk.texts(LIN) == ["echo hello"]


async def test_a_send_that_is_never_answered_is_flagged_and_not_repeated(house: House) -> None:
    house.wecom.troubles.append(Trouble("reset", path="kf/send_msg", is_taken=True))
    await house.write("hello")
    await eventually(lambda: _are(house.said(), ["ambiguous"]))
    assert house.talk.texts(LIN) == ["echo hello"]


async def test_who_wrote_too_long_ago_is_answered_with_their_next_word(chosen: Settings) -> None:
    clock = Clock()
    wecom = FakeWecom(SHOP, clock=clock)
    wecom.talk.wrote(SHOP, LIN, content="hello")
    clock.ahead = timedelta(hours=49)
    async with open_house(chosen, wecom=wecom, clock=clock) as house:
        await eventually(lambda: _are(house.said(), ["kept"]))
        await house.write("anybody?")
        await house.arrived("echo hello", "echo anybody?")
    assert wecom.refused() == []


async def _are(said: Awaitable[list[tuple[str, str | None]]], states: list[str]) -> bool:
    """Say whether what was said has come to these states."""
    return [state for _, state in await said] == states
