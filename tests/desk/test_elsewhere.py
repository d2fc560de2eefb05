"""At the desk it is seen who is answered in a platform's own app, what was said there, and what a customer took back."""

from bot.domain.arrivals import Recall, SaidElsewhere
from bot.domain.ids import ConversationId
from bot.services import elsewhere, recalls
from tests.desk.conftest import Enter
from tests.desk.house import Browser, House

ENGLISH = {"Accept-Language": "en"}


def answered_elsewhere(house: House) -> ConversationId:
    heard = house.hear("hello", channel="wecom")
    said = SaidElsewhere("visitor-1", "msg-9", "Li Lei here, how can I help?")
    house.database.perform(elsewhere.take_down, "wecom", "shop", said, house.clock())
    return ConversationId(heard.conversation_id)


async def seen(browser: Browser, conversation_id: ConversationId) -> str:
    status, page = await browser.open(f"/desk/conversations/{conversation_id}", headers=ENGLISH)
    assert status == 200
    return page


async def test_an_agent_sees_whose_conversation_it_is_and_what_they_said(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = answered_elsewhere(house)
    page = await seen(await enter("lina"), id_)
    assert "With a colleague in the platform&#39;s app" in page
    assert "Li Lei here, how can I help?" in page and "Colleague, in the platform&#39;s app" in page
    assert "It comes back to the assistant when they end the session there" in page
    assert f"/desk/conversations/{id_}/close" in page
    assert f"/desk/conversations/{id_}/claim" not in page and f"/desk/conversations/{id_}/hand-back" not in page


async def test_an_agent_may_close_it_and_cannot_answer(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = answered_elsewhere(house)
    browser = await enter("lina")
    status, _ = await browser.post(f"/desk/conversations/{id_}/reply", {"text": "hi", "key": "k"})
    assert status == 409
    status, body = await browser.post(f"/desk/conversations/{id_}/close")
    assert (status, body["state"]) == (200, "closed")


async def test_a_message_that_was_taken_back_is_shown_as_such(house: House, enter: Enter) -> None:
    house.hire("lina")
    heard = house.hear("my card number is 1", channel="wecom")
    browser = await enter("lina")
    assert "taken back by the customer" not in await seen(browser, heard.conversation_id)
    key = house.look(lambda uow: uow.messages.get(heard.message_id)).platform_id
    house.database.perform(recalls.recall, "wecom", "shop", Recall("visitor-1", key), house.clock())
    page = await seen(browser, heard.conversation_id)
    assert "taken back by the customer" in page and "my card number is 1" in page
