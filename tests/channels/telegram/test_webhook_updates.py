"""What becomes of updates that the webhook takes: kept once, answered once, presses always answered."""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from bot.domain.conversation import Owner
from bot.domain.messages import Author, Button, Message, Turn
from bot.services import arrivals
from bot.settings import Settings
from tests.channels.telegram.test_payload import IGNORED, raw
from tests.channels.telegram.webhook_house import LIN, House, counted, eventually, open_house


@pytest.fixture
async def house(chosen: Settings) -> AsyncIterator[House]:
    async with open_house(chosen) as opened:
        yield opened


async def answers_to_presses(house: House, count: int) -> list[dict[str, Any]]:
    async def enough() -> bool:
        return len(house.api.record.of("answerCallbackQuery")) >= count

    await eventually(enough)
    return [call.parameters for call in house.api.record.of("answerCallbackQuery")]


async def offered(house: House, *titles: str) -> Message:
    """Have our answer to a customer's word carry buttons, and return it."""
    await house.deliver(house.message("hello"))
    await house.arrived("echo hello")
    found = next(m for m in await house.written() if m.author is Author.BOT)

    def put_buttons(uow: Any) -> None:
        uow.messages.get(found.id).buttons = [Button(title=title, payload=f"I choose {title}") for title in titles]

    await house.database.write(put_buttons)
    return found


def press(message: Message, button: int, update_id: int, who: int = LIN, **more: Any) -> dict[str, Any]:
    update = raw("press")
    update["update_id"] = update_id
    update["callback_query"] |= {"data": f"b:{message.id}:{button}", "id": f"q{update_id}"} | more
    update["callback_query"]["from"]["id"] = update["callback_query"]["message"]["chat"]["id"] = who
    return update


async def test_the_same_update_is_taken_once_however_often_and_at_once_it_comes(house: House) -> None:
    update = house.message("hello")
    statuses = await asyncio.gather(*(house.deliver(update) for _ in range(50)))
    assert set(statuses) == {200}
    await house.deliver(house.message("next"))
    await house.arrived("echo hello", "echo next")
    assert await house.said_by(Author.CUSTOMER) == ["hello", "next"]


async def test_the_first_words_under_an_id_stand_and_others_raise_the_alarm(
    house: House, logged: Callable[[], str]
) -> None:
    before = counted("tingjian_forged_repetitions_total", channel="telegram")
    update = house.message("hello")
    assert await house.deliver(update) == 200
    update["message"]["text"] = "forged words"
    assert await house.deliver(update) == 200
    await house.arrived("echo hello")
    assert await house.said_by(Author.CUSTOMER) == ["hello"]
    assert counted("tingjian_forged_repetitions_total", channel="telegram") == before + 1
    lines = logged()
    assert "came again under its id" in lines and "forged words" not in lines


async def test_updates_that_overtake_each_other_are_answered_in_the_order_of_the_customer(house: House) -> None:
    updates = [house.message(f"word {number}") for number in range(12)]
    shuffled = updates[:]
    random.Random(7).shuffle(shuffled)
    await asyncio.gather(*(house.deliver(update) for update in shuffled))
    await house.arrived(*(f"echo word {number}" for number in range(12)))
    assert await house.said_by(Author.CUSTOMER) == [f"word {number}" for number in range(12)]


async def test_what_is_none_of_our_business_is_acknowledged_and_counted(house: House) -> None:
    for name, kind in sorted(IGNORED.items()):
        before = counted("tingjian_ignored_updates_total", channel="telegram", kind=kind)
        assert await house.deliver(raw(name)) == 200, name
        assert counted("tingjian_ignored_updates_total", channel="telegram", kind=kind) == before + 1, name
    assert await house.written() == []


@pytest.mark.parametrize("name", ["unreadable_poll", "unreadable_chat_id", "unreadable_text"])
async def test_what_cannot_be_read_is_acknowledged_and_put_aside(house: House, name: str) -> None:
    before = counted("tingjian_messages_received_total", channel="telegram", outcome="put aside")
    assert await house.deliver(raw(name)) == 200
    assert await house.deliver(raw(name)) == 200
    assert counted("tingjian_messages_received_total", channel="telegram", outcome="put aside") == before + 1
    key = str(raw(name)["update_id"])
    assert await house.database.read(arrivals.known, "telegram", "424242", key)


async def test_a_customer_who_blocks_us_is_not_reachable_until_they_come_back(house: House) -> None:
    await house.deliver(house.message("hello"))
    await house.arrived("echo hello")
    for name, reachable in (("blocked", False), ("unblocked", True)):
        assert await house.deliver(raw(name)) == 200
        identity = await house.identity()
        assert identity is not None and identity.reachable is reachable


async def test_a_farewell_that_was_overtaken_by_the_return_leaves_nobody_without_an_answer(house: House) -> None:
    await house.deliver(house.message("hello"))
    back = house.message("I am back")
    back["update_id"] = raw("blocked")["update_id"] + 2
    for update in (raw("unblocked"), back, raw("blocked")):
        assert await house.deliver(update) == 200
    await house.arrived("echo hello", "echo I am back")
    identity = await house.identity()
    assert identity is not None and identity.reachable


async def test_an_edit_changes_the_words_and_is_not_answered_again(house: House) -> None:
    first = house.message("hello")
    await house.deliver(first)
    await house.arrived("echo hello")
    edited = house.message("hello there", edit_date=1767600100, message_id=first["message"]["message_id"])
    edited["edited_message"] = edited.pop("message")
    assert await house.deliver(edited) == 200
    assert await house.said_by(Author.CUSTOMER) == ["hello there"]
    await house.deliver(house.message("next"))
    await house.arrived("echo hello", "echo next")


async def test_an_edit_of_a_caption_alone_is_kept(house: House) -> None:
    first = raw("photo_with_caption")
    await house.deliver(first)
    edited = raw("edited_caption")
    edited["edited_message"]["message_id"] = first["message"]["message_id"]
    assert await house.deliver(edited) == 200
    assert await house.said_by(Author.CUSTOMER) == ["杯子裂了两处"]


async def test_a_photo_keeps_its_caption_and_the_id_of_its_file(house: House) -> None:
    await house.deliver(raw("photo_with_caption"))
    [message] = [m for m in await house.written() if m.author is Author.CUSTOMER]
    assert (message.kind, message.text) == ("photo", "杯子裂了")
    assert message.attachment is not None and message.attachment.file_ref == "AgACAgUAAxp3"


@pytest.mark.parametrize(
    "name", ["sticker", "voice", "video_note", "contact", "location", "dice", "story", "something_of_the_future"]
)
async def test_what_has_no_words_is_kept_and_answered_kindly_without_the_brain(house: House, name: str) -> None:
    await house.deliver(raw(name))

    async def answered() -> bool:
        return bool(house.api.record.texts(LIN))

    await eventually(answered)
    [message] = [m for m in await house.written() if m.author is Author.CUSTOMER]
    assert message.attachment is not None and message.turn is Turn.DONE
    assert house.brain.texts("/turn") == []


@pytest.mark.parametrize("name", ["group_talk", "group_bot", "group_anonymous_admin"])
async def test_talk_in_a_group_that_is_not_for_us_is_not_kept(house: House, name: str) -> None:
    assert await house.deliver(raw(name)) == 200
    assert await house.identity("-1001234500042:5550101") is None


async def test_a_mention_in_a_group_makes_a_customer_of_their_own_and_hands_out_nothing_private(house: House) -> None:
    await house.deliver(house.message("hello"))
    assert await house.deliver(raw("group_mention")) == 200
    member, private = await house.identity("-1001234500042:5550101"), await house.identity()
    assert member is not None and private is not None
    assert member.is_public and member.customer_id != private.customer_id
    assert house.api.record.of("getMe")


async def test_forwarded_words_bring_no_person(house: House) -> None:
    await house.deliver(raw("forwarded"))

    async def answered() -> bool:
        return bool(house.api.record.texts(LIN))

    await eventually(answered)
    identity = await house.identity()
    assert identity is not None
    conversation = await house.database.read(lambda uow: uow.conversations.open_of(identity.id))
    assert conversation is not None and conversation.owner is Owner.BOT


async def test_a_hostile_name_is_one_short_line(house: House) -> None:
    update = house.message("hi")
    update["message"]["from"]["first_name"] = "<b>Bo</b>\r\nSet-Cookie: x\x00" + "x" * 500
    assert await house.deliver(update) == 200
    identity = await house.identity()
    assert identity is not None and identity.display_name is not None
    assert identity.display_name.startswith("<b>Bo</b> Set-Cookie: x") and len(identity.display_name) <= 80


async def test_a_text_of_a_megabyte_is_taken(house: House) -> None:
    assert await house.deliver(house.message("x" * 1_000_000)) == 200
    assert [len(text) for text in await house.said_by(Author.CUSTOMER)] == [1_000_000]


async def test_a_press_becomes_the_words_under_the_button_and_is_answered_with_its_title(house: House) -> None:
    message = await offered(house, "yes", "no")
    assert await house.deliver(press(message, 1, 2001)) == 200
    [answer] = await answers_to_presses(house, 1)
    assert (answer["callback_query_id"], answer["text"]) == ("q2001", "no")
    await house.arrived("echo hello", "echo I choose no")

    async def removed() -> bool:
        return bool(house.api.record.of("editMessageReplyMarkup"))

    await eventually(removed)
    assert house.api.record.of("editMessageReplyMarkup")[0].parameters["chat_id"] == LIN


async def test_one_choice_counts_and_each_press_is_answered(house: House) -> None:
    message = await offered(house, "yes", "no")
    for update_id, button in ((2001, 0), (2002, 1), (2001, 0)):
        assert await house.deliver(press(message, button, update_id)) == 200
    answers = await answers_to_presses(house, 3)
    assert sorted(answer["callback_query_id"] for answer in answers) == ["q2001", "q2001", "q2002"]
    said = {answer["callback_query_id"]: answer.get("text") for answer in answers if answer.get("text")}
    assert said == {"q2001": "yes", "q2002": "You have chosen already."}
    assert await house.said_by(Author.CUSTOMER) == ["hello", "I choose yes"]


async def test_a_press_on_anothers_button_or_on_one_that_never_was_does_nothing(house: House) -> None:
    message = await offered(house, "yes")
    await house.deliver(press(message, 0, 2001, who=LIN + 1))
    await house.deliver(press(message, 7, 2002))
    await house.deliver(press(message, 0, 2003, data="b:999999:0"))
    answers = await answers_to_presses(house, 3)
    stranger = "这个按钮已经失效了。"  # whose app speaks Chinese; the customer has written English
    said = {answer["callback_query_id"]: answer["text"] for answer in answers}
    ours = "This button is no longer valid."
    assert said == {"q2001": stranger, "q2002": ours, "q2003": ours}
    assert await house.said_by(Author.CUSTOMER) == ["hello"]


@pytest.mark.parametrize("name", ["without_message", "with_too_long_data", "with_foreign_data", "of_a_game"])
async def test_a_press_that_is_not_ours_is_answered_all_the_same(house: House, name: str) -> None:
    assert await house.deliver(raw(f"press_{name}")) == 200
    [answer] = await answers_to_presses(house, 1)
    assert answer["callback_query_id"] == "4382bfdwdsb323b2d9"


async def test_a_press_that_cannot_be_read_is_answered_all_the_same(house: House) -> None:
    update = raw("press")
    update["callback_query"]["from"] = {"id": "abc"}
    assert await house.deliver(update) == 200
    assert len(await answers_to_presses(house, 1)) == 1


async def test_a_burst_of_presses_delays_no_acknowledgement_while_telegram_is_away(house: House) -> None:
    message = await offered(house, "yes")
    await house.api.go_down()
    async with asyncio.timeout(10):
        for update_id in range(3000, 3030):
            assert await house.deliver(press(message, 0, update_id)) == 200
    await house.api.come_up()


async def test_typing_is_shown_only_while_a_turn_lasts(house: House) -> None:
    house.brain.hang_on.add("slow")
    await house.deliver(house.message("quick"))
    await house.arrived("echo quick")
    assert house.api.record.of("sendChatAction") == []
    await house.deliver(house.message("slow"))

    async def shown() -> bool:
        return bool(house.api.record.of("sendChatAction"))

    await eventually(shown)
    house.brain.release.set()
    await house.arrived("echo quick", "echo slow")
    assert {call.parameters["chat_id"] for call in house.api.record.of("sendChatAction")} == {LIN}


async def test_nothing_asked_of_telegram_was_wrong_in_form(house: House) -> None:
    message = await offered(house, "yes")
    await house.deliver(press(message, 0, 2001))
    await answers_to_presses(house, 1)
    await house.arrived("echo hello", "echo I choose yes")
    assert house.api.record.wrong == []


async def test_no_word_of_a_customer_and_no_token_is_logged(house: House, logged: Callable[[], str]) -> None:
    await house.deliver(house.message("my card is 4111 1111 1111 1111"))
    await house.deliver(raw("unreadable_text"))
    await house.arrived("echo my card is 4111 1111 1111 1111")
    lines = logged()
    assert "4111" not in lines and house.api.token not in lines and str(LIN) not in lines
    assert raw("unreadable_text")["message"]["from"]["username"] not in lines


async def test_words_in_a_group_wait_until_telegram_has_told_our_name(chosen: Settings) -> None:
    async with open_house(chosen, token="424242:unknown") as house:
        assert await house.deliver(house.message("hello")) == 200
        assert await house.deliver(raw("group_mention")) == 503
        house.api.token = "424242:unknown"
        assert await house.deliver(raw("group_mention")) == 200
        assert await house.identity("-1001234500042:5550101") is not None
