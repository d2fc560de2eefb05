from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.desk.auth import SESSION_COOKIE
from bot.domain.users import Role
from bot.services import users
from tests.desk.conftest import Enter
from tests.desk.house import PASSWORD, Browser, House, make_app


def cookie_of(browser: Browser) -> str:
    jar = browser.client.session.cookie_jar
    return next((cookie.value for cookie in jar if cookie.key == SESSION_COOKIE), "")


async def test_the_desk_shows_nothing_to_a_stranger_but_the_way_in(house: House, enter: Enter) -> None:
    browser = await enter()
    for path in ("/desk/", "/desk/complaints", "/desk/users", "/desk/customers/" + "0" * 32):
        status, page = await browser.open(path)
        assert status == 401 and 'name="password"' in page, path
    answer = await browser.client.get("/desk/events", headers={"Accept": "application/json"})
    assert answer.status == 401 and (await answer.json())["code"] == "not_signed_in"


async def test_signing_in_leads_back_to_where_one_wanted_to_go(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter()
    _, page = await browser.open("/desk/complaints?state=open")
    assert 'name="next" value="/desk/complaints?state=open"' in page
    form = {"csrf": browser.csrf, "name": "lina", "password": PASSWORD, "next": "/desk/complaints?state=open"}
    answer = await browser.client.post("/desk/sign-in", data=form, allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/desk/complaints?state=open")


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/desk//evil.example", "/", "/desk/\r\nX: y", "/desk/\\evil"]
)
async def test_signing_in_never_leads_to_another_site(house: House, enter: Enter, wanted: str) -> None:
    house.hire("lina")
    browser = await enter()
    await browser.open("/desk/sign-in")
    form = {"csrf": browser.csrf, "name": "lina", "password": PASSWORD, "next": wanted}
    answer = await browser.client.post("/desk/sign-in", data=form, allow_redirects=False)
    assert answer.headers["Location"] == "/desk/"


async def test_the_session_cookie_is_shut_to_scripts_and_other_sites(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter()
    await browser.open("/desk/sign-in")
    form = {"csrf": browser.csrf, "name": "lina", "password": PASSWORD}
    answer = await browser.client.post("/desk/sign-in", data=form, allow_redirects=False)
    cookie = answer.cookies[SESSION_COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["path"] == "/desk" and not cookie["secure"]


async def test_behind_https_the_cookie_travels_only_there(house: House, tmp_path: Path) -> None:
    house.hire("lina")
    app = make_app(house.database, tmp_path, house.clock, "https://desk.example")
    async with TestServer(app) as server, TestClient(server) as client:
        answer = await client.get("/desk/sign-in")
        assert all(cookie["secure"] for cookie in answer.cookies.values())


@pytest.mark.parametrize(
    ("name", "password"),
    [("lina", "wrong"), ("nobody", "wrong"), ("lina", "x" * 100_000), ("li\0na", PASSWORD), ("", ""), ("lina", "\0")],
)
async def test_every_failed_sign_in_is_answered_alike(house: House, enter: Enter, name: str, password: str) -> None:
    house.hire("lina")
    browser = await enter()
    assert await browser.sign_in(name, password) == 401
    assert cookie_of(browser) == ""


async def test_a_hundred_wrong_passwords_lock_the_account_and_say_no_more_than_one(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter()
    statuses = {await browser.sign_in("lina", f"guess {n}") for n in range(12)}
    assert statuses == {401}
    assert await browser.sign_in("lina") == 401
    house.clock.pass_(seconds=31)
    assert await browser.sign_in("lina") == 303


async def test_a_token_planted_before_signing_in_opens_nothing_afterwards(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter()
    await browser.open("/desk/sign-in")
    form = {"csrf": browser.csrf, "name": "lina", "password": PASSWORD}
    answer = await browser.client.post(
        "/desk/sign-in", data=form, cookies={SESSION_COOKIE: "planted"}, allow_redirects=False
    )
    assert answer.status == 303 and answer.cookies[SESSION_COOKIE].value not in ("", "planted")
    stranger = await enter()
    answer = await stranger.client.get("/desk/", cookies={SESSION_COOKIE: "planted"})
    assert answer.status == 401


async def test_signing_in_again_gives_a_new_token_and_ends_the_old_session(house: House, enter: Enter) -> None:
    house.hire("lina")
    browser = await enter("lina")
    old, csrf = cookie_of(browser), browser.csrf
    form = {"csrf": csrf, "name": "lina", "password": PASSWORD}
    answer = await browser.client.post("/desk/sign-in", data=form, allow_redirects=False)
    assert answer.status == 303 and cookie_of(browser) != old
    stranger = await enter()
    assert (await stranger.client.get("/desk/", cookies={SESSION_COOKIE: old})).status == 401


@pytest.mark.parametrize("end", ["sign out", "role", "deactivate", "expiry"])
async def test_a_stolen_cookie_is_worth_nothing_once_the_session_has_ended(
    house: House, enter: Enter, end: str
) -> None:
    user = house.hire("lina")
    browser = await enter("lina")
    stolen = cookie_of(browser)
    if end == "sign out":
        await browser.client.post("/desk/sign-out", data={"csrf": browser.csrf})
    elif end == "role":
        house.database.perform(users.change_role, user.id, Role.MARKETER, "system", house.clock())
    elif end == "deactivate":
        house.database.perform(users.deactivate, user.id, "system", house.clock())
    else:
        house.clock.pass_(hours=12)
    thief = await enter()
    answer = await thief.client.get("/desk/", cookies={SESSION_COOKIE: stolen})
    assert answer.status == 401


async def test_the_language_can_be_chosen_and_stays(house: House, enter: Enter) -> None:
    browser = await enter()
    _, page = await browser.open("/desk/sign-in", headers={"Accept-Language": "en"})
    assert '<html lang="en">' in page and "Password" in page
    answer = await browser.client.post(
        "/desk/language", data={"csrf": browser.csrf, "language": "zh-Hant", "next": "/desk/sign-in"}
    )
    page = await answer.text()
    assert '<html lang="zh-Hant">' in page and "密碼" in page
