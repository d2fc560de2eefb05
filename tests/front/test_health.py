"""Health, readiness and the headers on every answer."""

from bot.edge.headers import CONTENT_SECURITY_POLICY
from tests.dispatch.scripted_brain import ScriptedBrain
from tests.front.conftest import Client
from tests.front.visitor import Visitor


async def test_the_front_is_alive(client: Client) -> None:
    assert (await client.get("/healthz")).status == 200


async def test_readiness_names_a_missing_brain(client: Client, brain: ScriptedBrain, visitor: Visitor) -> None:
    brain.ready = False
    await visitor.write("hello")
    response = await client.get("/readyz")
    while response.status == 200:
        response = await client.get("/readyz")
    assert (response.status, await response.json()) == (503, {"ready": False, "missing": ["brain"]})


async def test_every_answer_carries_the_careful_headers(client: Client) -> None:
    for path in ("/", "/healthz", "/desk/sign-in", "/nothing", "/api/v1/openapi.json", "/static/tokens.css"):
        response = await client.get(path)
        assert response.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY, path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        assert "Python" not in response.headers.get("Server", ""), path


async def test_metrics_are_exposed_without_a_word_of_a_customer(client: Client, visitor: Visitor) -> None:
    await visitor.write("my zebra card is 4111 1111 1111 1111")
    body = await (await client.get("/metrics")).text()
    assert "tingjian_messages_received_total" in body
    assert "zebra" not in body and "4111 1111" not in body and visitor.external_id not in body
