import pytest

from bot.desk.routes import ADMINS, AGENTS, ANYBODY, EVERYONE, MARKETERS, ROUTES, Route
from bot.domain.users import Role
from tests.desk.conftest import Enter
from tests.desk.house import House

NAMES = {Role.AGENT: "lina", Role.MARKETER: "mira", Role.ADMIN: "ada"}


def concrete(route: Route) -> str:
    path = route.path
    for name in ("conversation_id", "customer_id", "preference_id", "user_id"):
        path = path.replace("{" + name + ":[0-9a-f]{32}}", "0" * 32)
    path = path.replace("{message_id:[0-9]{1,18}}", "1")
    return "/desk" + path


def test_every_route_declares_who_may_go_and_the_admin_pages_are_the_admins() -> None:
    assert all(route.roles in (ANYBODY, EVERYONE, AGENTS, MARKETERS, ADMINS) for route in ROUTES)
    assert {route.roles for route in ROUTES if route.path.startswith(("/users", "/audit"))} == {ADMINS}
    assert {route.path for route in ROUTES if route.roles is ANYBODY} == {"/sign-in", "/language"}
    assert len({route.handler for route in ROUTES}) == len(ROUTES)


@pytest.mark.parametrize("role", list(Role))
async def test_a_role_is_refused_wherever_it_is_not_declared_and_the_refusal_is_audited(
    house: House, enter: Enter, role: Role
) -> None:
    for one, name in NAMES.items():
        house.hire(name, one)
    browser = await enter(NAMES[role])
    expected = 0
    for route in ROUTES:
        if route.roles is None or role in route.roles:
            continue
        expected += 1
        if route.method == "GET":
            status, _ = await browser.open(concrete(route))
        else:
            status, body = await browser.post(concrete(route))
            assert body["code"] == "wrong_role" and body["error"]
        assert status == 403, route
    refusals = house.look(lambda uow: [one for one in uow.audit.page(None, 200).items if one.action == "desk.refused"])
    assert len(refusals) == expected
    assert all(one.details["role"] == role for one in refusals)


async def test_no_change_passes_without_signing_in(house: House, enter: Enter) -> None:
    browser = await enter()
    for route in ROUTES:
        if route.method == "POST" and route.roles is not None:
            status, body = await browser.post(concrete(route))
            assert (status, body["code"]) == (401, "not_signed_in"), route


async def test_a_marketer_comes_to_the_preferences_first(house: House, enter: Enter) -> None:
    house.hire("mira", Role.MARKETER)
    browser = await enter("mira")
    answer = await browser.client.get("/desk/", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/desk/preferences")


async def test_a_marketer_reads_where_it_was_said_but_cannot_act(house: House, enter: Enter) -> None:
    house.hire("mira", Role.MARKETER)
    heard = house.hear("I love green tea")
    browser = await enter("mira")
    status, page = await browser.open(f"/desk/conversations/{heard.conversation_id}?at={heard.message_id}")
    assert status == 200 and "I love green tea" in page and "/claim" not in page and "/reply" not in page


async def test_the_last_admin_cannot_shut_themselves_out(house: House, enter: Enter) -> None:
    ada = house.hire("ada", Role.ADMIN)
    browser = await enter("ada")
    status, body = await browser.post(f"/desk/users/{ada.id}/deactivate")
    assert (status, body["code"]) == (409, "last_admin")


async def test_a_new_colleague_gets_a_password_shown_once_and_can_sign_in(house: House, enter: Enter) -> None:
    house.hire("ada", Role.ADMIN)
    browser = await enter("ada")
    body = {
        "name": "neu",
        "display_name": "Neu",
        "role": "agent",
        "id": "0" * 32,
        "active": False,
        "password": "chosen",
    }
    status, told = await browser.post("/desk/users", body)
    assert status == 201 and told["password"] not in (await browser.open("/desk/users"))[1]
    newcomer = await enter()
    assert await newcomer.sign_in("neu", told["password"]) == 303
    status, body = await browser.post("/desk/users", {"name": "neu", "display_name": "Again", "role": "agent"})
    assert (status, body["code"]) == (409, "name_taken")
    status, _ = await browser.post("/desk/users", {"name": "x y", "display_name": "Bad", "role": "agent"})
    assert status == 400
    status, _ = await browser.post("/desk/users", {"name": "fine", "display_name": "Bad", "role": "owner"})
    assert status == 400
