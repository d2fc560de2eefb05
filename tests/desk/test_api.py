"""The JSON API: the record for those with the token, strict about everything else."""

import base64
import json
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient
from yarl import URL

from bot.desk import openapi
from bot.domain.ids import new_id
from bot.store.unit_of_work import Database
from tests.desk.api_world import TOKEN, Story, answer, hear, open_database, serve, tell_story

Client = TestClient[web.Request, web.Application]
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.close()


@pytest.fixture
def story(database: Database) -> Story:
    return database.perform(tell_story)


@pytest.fixture
async def client(aiohttp_client: AiohttpClient, database: Database) -> Client:
    return await aiohttp_client(serve(database), headers=BEARER)


async def get(client: Client, path: str, **query: str) -> tuple[int, Any]:
    response = await client.get(f"/api/v1{path}", params=query)
    return response.status, await response.json()


async def test_the_whole_record_is_one_answer(client: Client, story: Story) -> None:
    status, record = await get(client, f"/customers/{story.customer_id}")
    assert status == 200
    assert {
        "id", "identities", "tags", "conversations", "complaints", "preferences", "consents", "promises", "ratings",
        "handoffs", "orders",
    } <= set(record)  # fmt: skip
    assert record["conversations"][0]["messages"][0]["text"] == "My parcel is late, and no more calls please"


async def test_a_customer_is_looked_up_by_channel_and_external_id(client: Client, story: Story) -> None:
    status, found = await get(client, "/customers", channel="telegram", external_id="424242")
    _, record = await get(client, f"/customers/{story.customer_id}")
    assert (status, found) == (200, {"items": [record], "next": None})


async def test_looking_up_nobody_is_an_empty_list(client: Client, story: Story) -> None:
    assert await get(client, "/customers", channel="web", external_id="424242") == (200, {"items": [], "next": None})
    assert await get(client, "/customers", channel="telegram", external_id="' OR 1=1 --%") == (
        200, {"items": [], "next": None},
    )  # fmt: skip


async def test_the_list_of_customers_says_who_and_where(client: Client, story: Story) -> None:
    _, found = await get(client, "/customers")
    assert [one["id"] for one in found["items"]] == [story.customer_id]
    assert found["items"][0]["identities"][0]["external_id"] == "424242"
    assert "conversations" not in found["items"][0]


async def test_markup_in_a_name_stays_what_it_is(client: Client, story: Story) -> None:
    response = await client.get("/api/v1/customers")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert (await response.json())["items"][0]["name"] == "Lin <b>Mei</b>"


@pytest.mark.parametrize("path", ["/customers", "/conversations", "/complaints", "/preferences"])
async def test_pages_walk_through_every_row_once(client: Client, database: Database, path: str) -> None:
    for number in range(5):
        database.perform(tell_story, str(number))
    _, whole = await get(client, path)
    seen, query = [], {"limit": "2"}
    while True:
        _, page = await get(client, path, **query)
        seen += page["items"]
        if page["next"] is None:
            break
        query["cursor"] = page["next"]
    assert len(seen) == 5
    assert seen == whole["items"]


async def test_messages_of_a_conversation_come_newest_first(client: Client, database: Database, story: Story) -> None:
    path = f"/conversations/{story.conversation_id}/messages"
    _, first = await get(client, path, limit="2")
    _, second = await get(client, path, limit="200", cursor=first["next"])
    ids = [one["id"] for one in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True) and len(set(ids)) == len(ids) >= 4
    assert second["next"] is None


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/conversations", {"state": "person"}), ("/complaints", {"state": "open"}),
        ("/preferences", {"state": "heard", "kind": "contact"}),
    ],
)  # fmt: skip
async def test_lists_are_filtered(client: Client, story: Story, path: str, query: dict[str, str]) -> None:
    _, found = await get(client, path, **query)
    assert len(found["items"]) == 1
    other = {"/conversations": "closed", "/complaints": "resolved", "/preferences": "rejected"}[path]
    _, none = await get(client, path, **{**query, "state": other})
    assert none == {"items": [], "next": None}


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


@pytest.mark.parametrize("path", ["/nowhere", "/", "/customers/", "//customers"])
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


async def test_head_is_get_without_the_words(client: Client, story: Story) -> None:
    response = await client.head(f"/api/v1/customers/{story.customer_id}")
    assert (response.status, await response.read()) == (200, b"")
    assert (await client.head(f"/api/v1/customers/{new_id()}")).status == 404


async def test_a_broken_database_is_an_honest_500(client: Client, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE complaints RENAME TO gone")
    status, refused = await get(client, "/complaints")
    assert (status, refused) == (500, {"error": "something went wrong on our side", "code": "internal"})


async def test_everybody_may_read_the_description(aiohttp_client: AiohttpClient, database: Database) -> None:
    client = await aiohttp_client(serve(database, None))
    response = await client.get("/api/v1/openapi.json")
    assert response.status == 200
    assert (await response.json())["openapi"].startswith("3.1")


def test_the_description_names_every_address_and_no_other(database: Database) -> None:
    served = {resource.canonical for resource in serve(database).router.resources()}
    routes = {
        route.resource.canonical
        for app in serve(database)._subapps  # aiohttp has no public way to look into a sub-app
        for route in app.router.routes()
        if route.resource
    }
    assert "/api/v1" in served
    assert routes == {openapi.PREFIX + path for path in openapi.DESCRIPTION["paths"]}


async def test_every_answer_keeps_to_the_described_shape(client: Client, database: Database, story: Story) -> None:
    follow_up = database.perform(hear, "9", "hello")
    database.perform(answer, follow_up, "Hello!")
    for path, operations in openapi.DESCRIPTION["paths"].items():
        schema = operations["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        of = story.customer_id if path.startswith("/customers") else story.conversation_id
        status, given = await get(client, path.replace("{id}", of))
        assert status == 200
        jsonschema.Draft202012Validator({**schema, "components": openapi.DESCRIPTION["components"]}).validate(given)


async def test_nothing_is_given_that_is_not_described(client: Client, story: Story) -> None:
    _, record = await get(client, f"/customers/{story.customer_id}")
    schemas = openapi.DESCRIPTION["components"]["schemas"]
    assert set(record) == set(schemas["Record"]["properties"])
    assert set(record["conversations"][0]) == set(schemas["Talk"]["properties"])
    assert set(record["conversations"][0]["messages"][0]) == set(schemas["Message"]["properties"])


async def test_the_metrics_tell_what_waits_in_the_record(client: Client, story: Story) -> None:
    response = await client.get("/metrics")
    text = await response.text()
    assert response.headers["Content-Type"].startswith("text/plain")
    assert re.search(r"^tingjian_open_turns 1\.0$", text, re.MULTILINE)
    assert re.search(r"^tingjian_database_readable 1\.0$", text, re.MULTILINE)


async def test_the_metrics_stand_when_the_record_does_not(client: Client, database: Database) -> None:
    with database.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE messages RENAME TO gone")
    text = await (await client.get("/metrics")).text()
    assert "tingjian_open_turns NaN" in text
    assert "tingjian_database_readable 0.0" in text
