from typing import Any

import pytest

from tests.desk.conftest import Enter
from tests.desk.house import PASSWORD, House


async def post(house: House, enter: Enter, headers: dict[str, str], **more: Any) -> int:
    house.hire("lina")
    heard = house.hear("help")
    house.call_person(heard.message_id)
    browser = await enter("lina")
    known = {name: value.replace("<csrf>", browser.csrf) for name, value in headers.items()}
    answer = await browser.client.post(
        f"/desk/conversations/{heard.conversation_id}/claim", headers=known, allow_redirects=False, **more
    )
    claimed = house.look(lambda uow: uow.conversations.get(heard.conversation_id)).agent_id is not None
    assert claimed == (answer.status in (200, 303))
    return answer.status


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"X-CSRF-Token": "guessed"},
        {"X-CSRF-Token": "<csrf>", "Origin": "https://evil.example"},
        {"X-CSRF-Token": "<csrf>", "Origin": "null"},
        {"X-CSRF-Token": "<csrf>", "Sec-Fetch-Site": "cross-site"},
        {"X-CSRF-Token": "<csrf>", "Sec-Fetch-Site": "same-site"},
    ],
)
async def test_a_change_asked_for_by_another_site_is_refused(
    house: House, enter: Enter, headers: dict[str, str]
) -> None:
    assert await post(house, enter, headers, json={}) == 403


async def test_json_dressed_as_text_is_refused(house: House, enter: Enter) -> None:
    headers = {"X-CSRF-Token": "<csrf>", "Content-Type": "text/plain"}
    assert await post(house, enter, headers, data=b"{}") == 403


async def test_our_own_page_may_ask(house: House, enter: Enter) -> None:
    assert await post(house, enter, {"X-CSRF-Token": "<csrf>", "Sec-Fetch-Site": "same-origin"}, json={}) == 200


async def test_reading_an_address_that_changes_things_changes_nothing(house: House, enter: Enter) -> None:
    house.hire("lina")
    heard = house.hear("help")
    browser = await enter("lina")
    for verb in ("claim", "reply", "hand-back", "close"):
        status, _ = await browser.open(f"/desk/conversations/{heard.conversation_id}/{verb}")
        assert status == 405
    assert (await browser.open("/desk/sign-out"))[0] == 405


async def test_a_sign_in_form_from_elsewhere_is_refused(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter()
    await browser.open("/desk/sign-in")
    form = {"csrf": "guessed", "name": "lina", "password": PASSWORD}
    assert (await browser.client.post("/desk/sign-in", data=form)).status == 403


async def test_the_token_of_one_session_is_worth_nothing_in_another(house: House, enter: Enter) -> None:
    house.hire("lina")
    house.hire("tom")
    lina, tom = await enter("lina"), await enter("tom")
    lina.csrf = tom.csrf
    heard = house.hear("help")
    status, body = await lina.post(f"/desk/conversations/{heard.conversation_id}/claim")
    assert (status, body["code"]) == (403, "forged")
