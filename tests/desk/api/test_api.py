"""The JSON API: the record for those with the token, strict about everything else."""

import jsonschema
import pytest
from pytest_aiohttp.plugin import AiohttpClient

from bot.desk import openapi
from bot.domain.ids import new_id
from bot.store.unit_of_work import Database
from tests.desk.api.api_world import Story, answer, hear, serve, tell_story
from tests.desk.api.client import Client, get


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


async def test_head_is_get_without_the_words(client: Client, story: Story) -> None:
    response = await client.head(f"/api/v1/customers/{story.customer_id}")
    assert (response.status, await response.read()) == (200, b"")
    assert (await client.head(f"/api/v1/customers/{new_id()}")).status == 404


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
