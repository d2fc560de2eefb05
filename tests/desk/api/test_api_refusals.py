"""The JSON API refuses clearly: no token, what it does not know, what it did not give out, and every wish to write."""

import base64
import json
from collections.abc import Callable

import pytest
from pytest_aiohttp.plugin import AiohttpClient
from yarl import URL

from bot.domain.ids import new_id
from bot.store.unit_of_work import Database
from tests.desk.api.api_world import TOKEN, Story, serve, tell_story
from tests.desk.api.client import BEARER, Client, get


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Authorization": TOKEN}, {"Authorization": f"Basic {TOKEN}"}, {"Authorization": "Bearer wrong"},
        {"Authorization": "Bearer "}, {"Authorization": f"Bearer {TOKEN}x"}, {"Authorization": "Bearer \u5bc6\u94a5"},
    ],
)  # fmt: skip
async def test_nobody_reads_without_the_token(
    aiohttp_client: AiohttpClient, database: Database, story: Story, headers: dict[str, str]
) -> None:
    client = await aiohttp_client(serve(database), headers=headers)
    for path in (f"/customers/{story.customer_id}", "/customers", "/nowhere"):
        response = await client.get(f"/api/v1{path}", params={})
        assert response.status == 401
        assert response.headers["WWW-Authenticate"].startswith("Bearer")
        assert (await response.json())["code"] == "unauthorized"


async def test_a_token_in_the_address_opens_nothing(aiohttp_client: AiohttpClient, database: Database) -> None:
    client = await aiohttp_client(serve(database))
    for name in ("token", "access_token", "api_token"):
        assert (await client.get("/api/v1/customers", params={name: TOKEN})).status == 401


async def test_the_scheme_may_be_written_in_any_case(aiohttp_client: AiohttpClient, database: Database) -> None:
    client = await aiohttp_client(serve(database))
    response = await client.get("/api/v1/customers", headers={"Authorization": f"bEARER {TOKEN}"})
    assert response.status == 200


@pytest.mark.parametrize("token", [None, ""])
async def test_without_a_token_set_the_api_is_off(
    aiohttp_client: AiohttpClient, database: Database, token: str | None
) -> None:
    client = await aiohttp_client(serve(database, token))
    for headers in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer None"}):
        response = await client.get("/api/v1/customers", headers=headers)
        refused = await response.json()
        assert (response.status, refused["code"]) == (401, "api_off")
        assert "TINGJIAN_API_TOKEN" in refused["error"]


@pytest.mark.parametrize(
    ("path", "query", "code"),
    [
        *(("/customers", {"limit": limit}, "bad_limit") for limit in ("0", "-1", "201", "1000000000", "x", "", "1.5", "١")),
        ("/customers", {"colour": "red"}, "unknown_parameter"),
        ("/customers", {"channel": "telegram"}, "bad_parameter"),
        ("/customers", {"external_id": "424242"}, "bad_parameter"),
        ("/customers", {"channel": "telegram", "external_id": "x" * 257}, "bad_parameter"),
        ("/customers", {"channel": "telegram", "external_id": "a\x00b"}, "bad_parameter"),
        ("/conversations", {"state": "asleep"}, "bad_parameter"),
        ("/complaints", {"state": "%"}, "bad_parameter"),
        ("/preferences", {"kind": ""}, "bad_parameter"),
        ("/preferences", {"kind": "x" * 10_000}, None),
    ],
)  # fmt: skip
async def test_a_bad_parameter_is_named(client: Client, path: str, query: dict[str, str], code: str | None) -> None:
    response = await client.get(f"/api/v1{path}", params=query)
    assert response.status == 400
    if code:  # a request line that is too long is refused by the server itself
        assert (await response.json())["code"] == code


async def test_a_parameter_given_twice_is_refused(client: Client) -> None:
    response = await client.get("/api/v1/customers?limit=1&limit=2")
    assert response.status == 400


def _forged(at: str, key: object) -> str:
    return base64.urlsafe_b64encode(json.dumps([at, key]).encode()).decode()


@pytest.mark.parametrize(
    "forge",
    [
        lambda real: "x", lambda real: "", lambda real: "%", lambda real: real[:-2], lambda real: "A" + real,
        lambda real: real[:24], lambda real: real.swapcase(), lambda real: "null", lambda real: "钥匙" * 20,
        lambda real: _forged("2026-01-01T00:00:00+00:00", "a" * 32),
        lambda real: real[:24] + _forged("0001-01-01T00:00:00+14:00", "a"),
        lambda real: real[:24] + _forged("2026-01-01T00:00:00+00:00", 10**30),
        lambda real: real[:24] + "9" * 40,
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/customers", "/messages"])
async def test_a_forged_cursor_is_refused(
    client: Client, database: Database, story: Story, path: str, forge: Callable[[str], str]
) -> None:
    database.perform(tell_story, "2")
    path = f"/conversations/{story.conversation_id}/messages" if path == "/messages" else path
    _, page = await get(client, path, limit="1")
    status, refused = await get(client, path, cursor=forge(page["next"]))
    assert (status, refused["code"]) == (400, "bad_cursor")


async def test_a_cursor_belongs_to_its_list_and_filters(client: Client, database: Database, story: Story) -> None:
    database.perform(tell_story, "2")
    _, page = await get(client, "/complaints", limit="1")
    assert (await get(client, "/preferences", cursor=page["next"]))[0] == 400
    assert (await get(client, "/complaints", cursor=page["next"], state="open"))[0] == 400
    assert (await get(client, "/complaints", cursor=page["next"], limit="7"))[0] == 200


@pytest.mark.parametrize(
    "given", ["0", "-1", "1.5", "1%20OR%201=1", "..", "%2e%2e", "x" * 3_000, "A" * 32, "f" * 33, "%00", "١" * 32]
)
async def test_an_id_that_is_none_is_not_found(client: Client, given: str) -> None:
    for path in (f"/customers/{given}", f"/conversations/{given}/messages"):
        as_written = URL(f"{client.make_url('/api/v1')}{path}", encoded=given.isascii())
        response = await client.session.get(as_written, headers=BEARER)
        assert response.status == 404


async def test_an_unknown_id_is_not_found_in_words(client: Client) -> None:
    assert await get(client, f"/customers/{new_id()}") == (
        404, {"error": "there is no such customer", "code": "not_found"},
    )  # fmt: skip
    assert (await get(client, f"/conversations/{new_id()}/messages"))[0] == 404


@pytest.mark.parametrize("path", ["", "/nowhere", "/", "/customers/", "//customers"])
async def test_an_unknown_address_is_refused_in_our_shape(client: Client, path: str) -> None:
    status, refused = await get(client, path)
    assert (status, refused["code"]) == (404, "not_found")


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
async def test_the_api_only_reads(client: Client, story: Story, method: str) -> None:
    for path in ("/customers", f"/customers/{story.customer_id}", "/openapi.json"):
        response = await client.request(method, f"/api/v1{path}", json={"name": "mine", "role": "admin"})
        assert response.status == 405
        assert set(response.headers["Allow"].split(",")) == {"GET", "HEAD"}
        assert (await response.json())["code"] == "method_not_allowed"


async def test_a_broken_database_is_an_honest_500(client: Client, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE complaints RENAME TO gone")
    status, refused = await get(client, "/complaints")
    assert (status, refused) == (500, {"error": "something went wrong on our side", "code": "internal"})
