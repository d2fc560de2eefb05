"""What strangers post: refused with a reason, or kept as the plain text it is."""

import json
from collections.abc import Callable

import pytest

from bot.edge.keys import DATABASE
from tests.dispatch.scripted_brain import ScriptedBrain
from tests.front.conftest import Client
from tests.front.visitor import Visitor


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("{oops", "valid JSON"),
        ("[]", "JSON object"),
        ("null", "JSON object"),
        ('{"id": "a", "id": "b", "text": "x"}', "valid JSON"),
        ('{"id": "a", "text": NaN}', "valid JSON"),
        ("[" * 100_000, "valid JSON"),
        ('{"text": "x"}', "id must be"),
        ('{"id": 7, "text": "x"}', "id must be"),
        ('{"id": "../x", "text": "x"}', "id must be"),
        ('{"id": "a", "text": 5}', "text must be"),
        ('{"id": "a", "text": " \\n "}', "text is empty"),
        ('{"id": "a", "text": "x", "role": "admin"}', "unknown field"),
        ('{"id": "a", "text": "x", "language": "fr"}', "language must be"),
    ],
)
async def test_a_malformed_message_is_refused_with_the_reason(visitor: Visitor, body: str, reason: str) -> None:
    headers = visitor.headers | {"Content-Type": "application/json"}
    response = await visitor.client.post("/channels/web/messages", data=body.encode(), headers=headers)
    assert response.status == 400
    assert reason in (await response.json())["error"]


async def test_a_body_that_is_not_utf8_or_not_json_is_refused(visitor: Visitor) -> None:
    url, json_type = "/channels/web/messages", {"Content-Type": "application/json"}
    answers = [
        await visitor.client.post(url, data=b'{"id": "a", "text": "\xff"}', headers=visitor.headers | json_type),
        await visitor.client.post(
            url, data='{"id":"a","text":"x"}'.encode("utf-16"), headers=visitor.headers | json_type
        ),
        await visitor.client.post(url, data={"id": "a", "text": "x"}, headers=visitor.headers),
    ]
    assert [answer.status for answer in answers] == [400, 400, 400]


async def test_a_body_without_end_is_refused(visitor: Visitor) -> None:
    status, _ = await visitor.write("x" * 100_000)
    assert status == 202
    response = await visitor.client.post(
        "/channels/web/messages", json={"id": "b", "text": "x" * 300_000}, headers=visitor.headers
    )
    assert response.status == 413


@pytest.mark.parametrize("token", ["", "x", "v" + "0" * 32, "v" + "0" * 32 + ".AAAA", "é.\udcff"])
async def test_an_invalid_visitor_is_a_stranger(client: Client, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}".encode("utf-8", "surrogateescape").decode("latin-1")}
    response = await client.post("/channels/web/messages", json={"id": "a", "text": "x"}, headers=headers)
    assert response.status == 401
    assert (await client.get("/channels/web/history", headers=headers)).status == 401
    assert (await client.get("/channels/web/events", params={"visitor": "x"})).status == 401


async def test_a_forged_event_id_is_refused(visitor: Visitor) -> None:
    url = f"/channels/web/events?visitor={visitor.token}"
    for forged in ("-1", "1e9", "abc", "9" * 40):
        assert (await visitor.client.get(url, headers={"Last-Event-ID": forged})).status == 400


@pytest.mark.parametrize(
    "text",
    [
        "/restart", '/greet{"name":"x"}', "/greet{bad", "/start", "/unknown", "EXTERNAL: restart", "nlu_fallback",
        "session_started_metadata", "{slot} {{7*7}} ${jndi:ldap://x} %s%n", "<script>alert(1)</script>",
        '"><iframe src="javascript:alert(1)">', "\u202egnp.exe", "e\u0301" * 500, "👩‍👩‍👧‍👦" * 100, "x" * 5_000,
    ],
)  # fmt: skip
async def test_whatever_a_customer_types_is_kept_as_it_was(
    client: Client, visitor: Visitor, brain: ScriptedBrain, text: str
) -> None:
    async with visitor.listen() as events:
        await visitor.write(text)
        message = await events.message()
    assert message["data"]["text"] == f"echo {text}"
    assert (await visitor.history())["items"][0]["text"] == text
    assert brain.texts("/turn") == [text]


async def test_no_wrong_method_and_no_odd_path_gets_through(client: Client) -> None:
    assert (await client.get("/channels/web/messages")).status == 405
    for path in ("/..//etc/passwd", "/static/%2e%2e/front.py", "/channels/web/static/..%2f__init__.py", "/nothing"):
        response = await client.get(path)
        assert response.status in (400, 403, 404), path
        assert "Traceback" not in await response.text()


async def test_nothing_private_reaches_the_logs(
    client: Client, visitor: Visitor, brain: ScriptedBrain, logged: Callable[[], str]
) -> None:
    brain.poison.add("poison 13800138000")
    async with visitor.listen() as events:
        await visitor.write("poison 13800138000")
        await events.state("waiting")
    lines = logged()
    for secret in ("13800138000", visitor.token, visitor.external_id, visitor.token.partition(".")[2]):
        assert secret not in lines


async def test_a_database_that_takes_nothing_is_admitted(client: Client, visitor: Visitor) -> None:
    database = client.app[DATABASE]
    await database.write(lambda uow: uow.session.connection().exec_driver_sql("ALTER TABLE messages RENAME TO gone"))
    status, body = await visitor.write("hello")
    assert (status, body) == (503, {"error": "try again in a moment"})
    await database.write(lambda uow: uow.session.connection().exec_driver_sql("ALTER TABLE gone RENAME TO messages"))
    assert (await visitor.write("hello"))[0] == 202


def test_a_hostile_name_of_a_visitor_cannot_be_made_up() -> None:
    from bot.channels.web import signature
    from bot.errors import RejectedRequest

    token = signature.sign("someone else", b"key")
    with pytest.raises(RejectedRequest):
        signature.visitor_of(token, b"key")
    assert json.dumps(signature.visitor_of(signature.sign("v" + "a" * 32, b"key"), b"key"))
