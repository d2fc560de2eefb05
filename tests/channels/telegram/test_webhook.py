"""What the webhook says to Telegram, to strangers, and to whatever else is posted to it."""

import asyncio
import gzip
import json
import time
from collections.abc import AsyncIterator, Callable

import psutil
import pytest

from bot.channels.telegram import signature
from bot.channels.telegram.channel import PATH
from bot.channels.telegram.signature import HEADER
from bot.domain.messages import Author
from bot.errors import RejectedRequest
from bot.settings import Settings
from tests.channels.telegram.webhook_house import SECRET, House, open_house

JSON = {"Content-Type": "application/json"}


@pytest.fixture
async def house(chosen: Settings) -> AsyncIterator[House]:
    async with open_house(chosen) as opened:
        yield opened


async def raw_request(house: House, head: str, *parts: bytes, pause_s: float = 0.0) -> bytes:
    """Write bytes to the front as they are, and return the first line of the answer."""
    server = house.client.server
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    try:
        writer.write(head.replace("\n", "\r\n").encode() + b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await writer.drain()
            await asyncio.sleep(pause_s)
        async with asyncio.timeout(30):
            return await reader.readline()
    finally:
        writer.close()


@pytest.mark.parametrize(
    "headers",
    [
        {}, {HEADER: ""}, {HEADER: "wrong"}, {HEADER: SECRET[:-1]}, {HEADER: SECRET + "x"}, {HEADER: SECRET.upper()},
        {HEADER: "another-bots_secret-0123456789"}, {HEADER: "é" * 10}, {"Authorization": SECRET},
    ],
)  # fmt: skip
async def test_a_stranger_is_refused_and_leaves_no_trace(house: House, headers: dict[str, str]) -> None:
    status, body = await house.post(json.dumps(house.message("hello")), headers | JSON)
    assert (status, json.loads(body)) == (403, {"error": "not allowed"})
    assert await house.identity() is None


async def test_two_secrets_are_none(house: House) -> None:
    body = json.dumps(house.message("hello")).encode()
    head = (
        f"POST {PATH} HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: {len(body)}\n"
        f"{HEADER}: {SECRET}\n{HEADER}: {SECRET}"
    )
    assert b" 403 " in await raw_request(house, head, body)
    assert await house.identity() is None


@pytest.mark.parametrize(
    "shown", [[], [""], [SECRET + " "], [" " + SECRET], [SECRET, SECRET], [SECRET, "x"], ["\udcff"]]
)
def test_a_secret_is_right_to_the_last_character_and_shown_once(shown: list[str]) -> None:
    with pytest.raises(RejectedRequest):
        signature.check(shown, SECRET)
    signature.check([SECRET], SECRET)


async def test_a_stranger_is_refused_before_their_body_is_read(house: House) -> None:
    head = f"POST {PATH} HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 1000000\n{HEADER}: wrong"
    assert b" 403 " in await raw_request(house, head)


async def test_only_posts_are_taken(house: House) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        async with house.client.request(method, PATH, headers={HEADER: SECRET}) as response:
            assert response.status == 405


@pytest.mark.parametrize(
    "body",
    [
        "{oops", "", "[]", "null", '"x"', "123", '{"update_id": 1, "update_id": 2}', '{"update_id": NaN}',
        '{"update_id": 1, "x": 1e999}', '{"update_id": 1, "x": -Infinity}', '{"update_id": 1180591620717411303424}',
        '{"update_id": "7"}', '{"update_id": -1}', '{"message": {}}', '{"update_id": ' + "9" * 5_000 + "}",
    ],
)  # fmt: skip
async def test_what_is_no_update_is_refused(house: House, body: str) -> None:
    status, said = await house.post(body)
    assert status == 400
    assert "error" in json.loads(said)


async def test_deep_nesting_is_refused_at_once(house: House) -> None:
    await house.post("[]")
    for opening in ("[", '{"a":'):
        began = time.perf_counter()
        assert (await house.post('{"update_id": 1, "message": ' + opening * 10_000))[0] == 400
        assert time.perf_counter() - began < 0.5
    closed = '{"update_id": 1, "message": ' + "[" * 10_000 + "]" * 10_000 + "}"
    assert (await house.post(closed))[0] == 400


async def test_a_wrong_content_type_or_encoding_is_refused(house: House) -> None:
    update = house.message("hello")
    secret = {HEADER: SECRET}
    answers = [
        await house.post(json.dumps(update), secret | {"Content-Type": "text/plain"}),
        await house.post(json.dumps(update), secret | {"Content-Type": "application/x-www-form-urlencoded"}),
        await house.post(json.dumps(update).encode("utf-16"), secret | JSON),
        await house.post(json.dumps(update, ensure_ascii=False).replace("hello", "\udcff"), secret | JSON),
        await house.post("\ufeff" + json.dumps(update), secret | JSON),
    ]
    assert [status for status, _ in answers] == [400] * 5
    assert await house.identity() is None


async def test_a_bomb_is_not_unpacked(house: House) -> None:
    bomb = gzip.compress(b" " * 100_000_000, 9)
    before = psutil.Process().memory_info().rss
    status, _ = await house.post(bomb, {HEADER: SECRET, "Content-Encoding": "gzip"} | JSON)
    assert status == 415
    assert psutil.Process().memory_info().rss - before < 60_000_000


async def test_a_body_beyond_reason_is_refused_whatever_it_says_of_its_length(house: House) -> None:
    status, _ = await house.post(b" " * 10_000_000)
    assert status == 413
    head = (
        f"POST {PATH} HTTP/1.1\nHost: x\nContent-Type: application/json\nTransfer-Encoding: chunked\n{HEADER}: {SECRET}"
    )
    chunks = [b"10000\r\n" + b" " * 65_536 + b"\r\n"] * 80
    assert b" 413 " in await raw_request(house, head, *chunks)


async def test_a_body_that_does_not_end_is_given_up(house: House) -> None:
    began = time.monotonic()
    head = f"POST {PATH} HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 500\n{HEADER}: {SECRET}"
    drips = [b"{"] + [b" "] * 12
    answers = await asyncio.gather(raw_request(house, head, *drips, pause_s=0.9), raw_request(house, head, b'{"update'))
    assert all(b" 408 " in answer for answer in answers)
    assert time.monotonic() - began < 20


async def test_a_front_that_is_being_starved_still_listens_to_others(house: House) -> None:
    head = f"POST {PATH} HTTP/1.1\nHost: x\nContent-Type: application/json\nContent-Length: 500\n{HEADER}: {SECRET}"
    starving = [asyncio.create_task(raw_request(house, head, b"{")) for _ in range(50)]
    assert await house.deliver(house.message("hello")) == 200
    async with house.client.get("/healthz") as response:
        assert response.status == 200
    for task in starving:
        task.cancel()
    await asyncio.gather(*starving, return_exceptions=True)


async def test_each_reason_is_logged_once(house: House, logged: Callable[[], str]) -> None:
    for _ in range(20):
        await house.post("{oops secret words")
        await house.post(json.dumps(house.message("hello")), JSON)
    lines = logged()
    assert lines.count("delivery refused") == 2
    assert "secret words" not in lines and SECRET not in lines


async def test_a_record_that_takes_nothing_is_admitted_and_the_update_is_taken_later(house: House) -> None:
    update = house.message("hello")
    rename = "ALTER TABLE {} RENAME TO {}"
    await house.database.write(_run, rename.format("messages", "gone"))
    async with house.client.post(PATH, json=update, headers={HEADER: SECRET}) as response:
        assert (response.status, response.headers["Retry-After"]) == (503, "2")
        assert "gone" not in await response.text()
    await house.database.write(_run, rename.format("gone", "messages"))
    assert await house.deliver(update) == 200
    assert await house.said_by(Author.CUSTOMER) == ["hello"]


async def test_nothing_is_asked_of_telegram_while_the_app_is_built_and_polling_has_no_door(chosen: Settings) -> None:
    async with open_house(chosen, mode="polling") as house:
        assert (await house.post(json.dumps(house.message("hello"))))[0] == 404


def _run(uow: object, statement: str) -> None:
    uow.session.connection().exec_driver_sql(statement)  # type: ignore[attr-defined]
