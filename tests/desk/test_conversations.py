import asyncio

import pytest

from bot.domain.ids import ConversationId
from bot.domain.messages import Reply
from bot.services import handoffs, messaging
from tests.desk.conftest import Enter
from tests.desk.house import House
from tests.desk.story import HOSTILE


def waiting(house: House, text: str = "I want a person", **more: str) -> ConversationId:
    heard = house.hear(text, **more)
    house.call_person(heard.message_id)
    return ConversationId(heard.conversation_id)


def words_of_people(house: House, conversation_id: ConversationId) -> list[str]:
    return [one.text for one in house.look(lambda uow: uow.messages.of_conversation(conversation_id)) if one.agent_id]


async def test_a_claim_of_what_another_agent_has_is_refused_with_their_name(house: House, enter: Enter) -> None:
    house.hire("lina", shown="林娜")
    house.hire("tom", shown="Tom")
    talk = f"/desk/conversations/{waiting(house)}"
    lina, tom = await enter("lina"), await enter("tom")
    assert (await lina.post(f"{talk}/claim"))[0] == 200
    for verb in ("claim", "hand-back", "close"):
        status, body = await tom.post(f"{talk}/{verb}")
        assert (status, body["code"], body["holder"]) == (409, "held_by_another", "林娜"), verb
        assert "林娜" in body["error"]
    status, body = await tom.post(f"{talk}/reply", {"text": "hello", "key": "a"})
    assert status == 409
    answer = await tom.client.post(f"{talk}/claim", data={"csrf": tom.csrf}, allow_redirects=False)
    assert answer.status == 409 and "林娜" in await answer.text()
    assert words_of_people(house, ConversationId(talk.rsplit("/", 1)[1])) == []


async def test_of_two_agents_who_claim_at_once_exactly_one_wins(house: House, enter: Enter) -> None:
    house.hire("lina")
    house.hire("tom")
    talk = f"/desk/conversations/{waiting(house)}"
    lina, tom = await enter("lina"), await enter("tom")
    outcomes = await asyncio.gather(*(browser.post(f"{talk}/claim") for browser in (lina, tom)))
    assert sorted(status for status, _ in outcomes) == [200, 409]


async def test_the_same_submission_twice_is_one_message(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = waiting(house)
    browser = await enter("lina")
    await browser.post(f"/desk/conversations/{id_}/claim")
    reply = f"/desk/conversations/{id_}/reply"
    outcomes = await asyncio.gather(*(browser.post(reply, {"text": "hello", "key": "same"}) for _ in range(5)))
    assert {status for status, _ in outcomes} == {200}
    assert len({body["message_id"] for _, body in outcomes}) == 1
    assert words_of_people(house, id_) == ["hello"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"text": ""}, "empty"), ({"text": " \n "}, "empty"), ({}, "empty"), ({"text": "x" * 4_001}, "too_long"),
        ({"text": "x" * 1_000_000}, "too_long"), ({"text": "x" * 2_000_000}, "too_long"), ({"text": 5}, "bad_form"),
        ({"text": None}, "bad_form"), ({"text": "a", "key": "k" * 65}, "bad_key"), ({"text": "a", "key": 7}, "bad_key"),
    ],
)  # fmt: skip
async def test_a_reply_that_cannot_be_sent_says_why(
    house: House, enter: Enter, body: dict[str, object], code: str
) -> None:
    house.hire("lina")
    id_ = waiting(house)
    browser = await enter("lina")
    await browser.post(f"/desk/conversations/{id_}/claim")
    status, told = await browser.post(f"/desk/conversations/{id_}/reply", body)
    assert (status, told["code"]) == (400, code) and told["error"]
    assert words_of_people(house, id_) == []


async def test_four_thousand_characters_pass(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = waiting(house)
    browser = await enter("lina")
    await browser.post(f"/desk/conversations/{id_}/claim")
    assert (await browser.post(f"/desk/conversations/{id_}/reply", {"text": "字" * 4_000}))[0] == 200


async def test_a_reply_to_what_the_bot_has_or_what_is_closed_is_refused(house: House, enter: Enter) -> None:
    house.hire("lina")
    heard = house.hear("hello")
    browser = await enter("lina")
    talk = f"/desk/conversations/{heard.conversation_id}"
    assert (await browser.post(f"{talk}/reply", {"text": "hi"}))[1]["code"] == "not_yours"
    assert (await browser.post(f"{talk}/hand-back"))[0] == 409
    assert (await browser.post(f"{talk}/close"))[0] == 200
    for verb in ("reply", "claim", "hand-back", "close"):
        status, body = await browser.post(f"{talk}/{verb}", {"text": "hi"})
        assert (status, body["code"]) == (409, "closed"), verb


async def test_claim_reply_hand_back_work_as_plain_forms_without_scripts(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = waiting(house)
    browser = await enter("lina")
    talk = f"/desk/conversations/{id_}"
    for verb, more in (("claim", {}), ("reply", {"text": "你好", "key": "k"}), ("hand-back", {})):
        answer = await browser.client.post(f"{talk}/{verb}", data={"csrf": browser.csrf, **more}, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, talk), verb
    assert words_of_people(house, id_) == ["你好"]
    assert house.look(lambda uow: uow.conversations.get(id_)).owner == "bot"


async def test_every_change_is_audited(house: House, enter: Enter) -> None:
    house.hire("lina")
    id_ = waiting(house)
    browser = await enter("lina")
    for verb in ("claim", "reply", "hand-back", "claim", "close"):
        assert (await browser.post(f"/desk/conversations/{id_}/{verb}", {"text": "hi"}))[0] == 200
    noted = [one.action for one in house.look(lambda uow: uow.audit.of_subject(f"conversation:{id_}"))]
    wanted = ("claimed", "replied", "handed_back", "claimed", "closed")
    assert [one for one in noted if "requested" not in one] == [f"conversation.{verb}" for verb in wanted]


@pytest.mark.parametrize("id_", ["0" * 32, "-1", "1", "1.5", "1 OR 1=1", "%00", "..%2f..", "A" * 32, "0" * 33])
async def test_an_id_that_nobody_has_is_not_found(house: House, enter: Enter, id_: str) -> None:
    house.hire("lina")
    browser = await enter("lina")
    for path in (f"/desk/conversations/{id_}", f"/desk/customers/{id_}", f"/desk/conversations/{id_}/messages"):
        assert (await browser.open(path))[0] == 404
    assert (await browser.post(f"/desk/conversations/{id_}/claim"))[0] == 404


async def test_hostile_words_and_names_show_as_text(house: House, enter: Enter) -> None:
    house.hire("lina", shown="<i>Lina</i>")
    id_ = waiting(house, HOSTILE, name='"><iframe src=javascript:alert(1)>')
    browser = await enter("lina")
    await browser.post(f"/desk/conversations/{id_}/claim")
    await browser.post(f"/desk/conversations/{id_}/reply", {"text": "<svg/onload=alert(1)>"})
    customer = house.look(lambda uow: uow.conversations.get(id_)).customer_id
    talk = f"/desk/conversations/{id_}"
    for path in (talk, "/desk/?tab=all", f"{talk}/messages?after=0", f"{talk}/profile", f"/desk/customers/{customer}"):
        _, page = await browser.open(path)
        for piece in ("<script>document", "<img src=x", "<svg/onload", "<iframe", "<i>Lina"):
            assert piece not in page, (path, piece)
    _, page = await browser.open(talk)
    assert "&lt;script&gt;document" in page


async def test_every_page_forbids_foreign_and_inline_scripts(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter("lina")
    answer = await browser.client.get("/desk/")
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    page = await answer.text()
    assert "<style" not in page and " style=" not in page and " onclick" not in page


@pytest.mark.parametrize(
    "query",
    ["cursor=forged", "limit=-1", "limit=1000000000", "limit=0", "limit=abc", "tab=secret", "tab=all&state=hidden", "tab=mine&cursor=%F0%9F"],
)  # fmt: skip
async def test_a_place_in_the_list_that_we_did_not_give_out_is_refused(house: House, enter: Enter, query: str) -> None:
    house.hire("lina")
    browser = await enter("lina")
    assert (await browser.open(f"/desk/?{query}"))[0] == 400


@pytest.mark.parametrize("query", ["after=-1", "after=x", "after=99999999999999999999", "ids=1,x", "ids=" + "1," * 200])
async def test_message_ids_that_cannot_be_are_refused(house: House, enter: Enter, query: str) -> None:
    house.hire("lina")
    id_ = waiting(house)
    browser = await enter("lina")
    assert (await browser.open(f"/desk/conversations/{id_}/messages?{query}"))[0] == 400


async def test_states_of_delivery_are_said_in_words(house: House, enter: Enter) -> None:
    lina = house.hire("lina")
    heard = house.hear("hello")
    turn_words = "the bot was about to say this"
    turn = house.database.perform(messaging.next_turn, heard.conversation_id, house.clock())
    house.database.perform(handoffs.claim, heard.conversation_id, lina, house.clock())
    house.database.perform(messaging.answer, turn, [Reply(turn_words)], house.clock())
    browser = await enter("lina")
    _, page = await browser.open(f"/desk/conversations/{heard.conversation_id}", headers={"Accept-Language": "en"})
    assert turn_words in page and "withheld: a person took over" in page
