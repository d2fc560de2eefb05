"""Every way in which Telegram or the net can fail, and what it means for a message."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram.error import RetryAfter

from bot.channels.telegram.refusals import Unanswered, translated
from bot.channels.telegram.request import LONGEST_PAUSE_S, Patience, plain_refusal, seconds, was_written
from bot.domain.attachments import Attachment
from bot.errors import BotError, Moved, TryLater, Undeliverable, Unreachable
from tests.channels.outboxes import until
from tests.channels.telegram.fake.troubles import Trouble, refusal, too_fast
from tests.channels.telegram.outbox import api_at, outgoing, telegram

DAY = timedelta(days=1)


async def outcome(trouble: Trouble, to: str = "7") -> BotError:
    """Return what sending raises while Telegram is in trouble; the next message must go through."""
    async with telegram() as (fake, api):
        fake.troubles.append(trouble)
        with pytest.raises(BotError) as raised:
            await api.send(outgoing("first", to))
        await api.send(outgoing("second", to))
        assert fake.record.taken[-1].text == "second"
    return raised.value


@pytest.mark.parametrize(
    ("given", "waited"),
    [
        (3, 3), (3.2, 4), ("7", 7), ("2.5", 3), (None, 5), ("soon", 5), ([1], 5), ({}, 5), (True, 1),
        (0, 1), (-9, 1), (10**30, 86_400), ("1e999", 86_400), ("nan", 5),
    ],
)  # fmt: skip
async def test_too_fast_means_later_after_a_sane_time(given: Any, waited: int) -> None:
    error = await outcome(too_fast(given))
    assert type(error) is TryLater
    assert error.after == timedelta(seconds=waited)


@pytest.mark.parametrize(("given", "waited"), [(3, 3), (2.5, 2.5), (timedelta(minutes=2), 120), (timedelta(9), 86_400)])
def test_a_pause_of_the_librarys_own_making_is_read_too(given: Any, waited: float) -> None:
    error = translated(RetryAfter(given), "7")
    assert isinstance(error, TryLater) and error.after.total_seconds() == waited


@given(st.one_of(st.none(), st.text(), st.floats(), st.integers(), st.lists(st.integers()), st.booleans()))
def test_no_pause_is_negative_or_longer_than_a_day(anything: Any) -> None:
    assert 0 <= seconds(anything) <= LONGEST_PAUSE_S


@given(st.integers(300, 599), st.binary() | st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["parameters", "retry_after", "description",
                                                                     "migrate_to_chat_id", "x"]), inner),
).map(lambda said: json.dumps(said).encode()))  # fmt: skip
def test_whatever_a_refusal_says_it_can_be_read_afterwards(status: int, body: bytes) -> None:
    code, plain = plain_refusal(status, body)
    said = json.loads(plain)
    assert code in (status, 400) and isinstance(said["description"], str)
    assert all(type(value) is int for value in said["parameters"].values())


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"<html>bad gateway</html>", b'{"ok": false}', b"[]", b'{"parameters": 5}'])
async def test_trouble_at_telegrams_end_means_later(status: int, body: bytes) -> None:
    assert type(await outcome(Trouble(status=status, body=body))) is TryLater


@pytest.mark.parametrize(
    ("status", "description"),
    [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (403, "Forbidden: bot was kicked from the supergroup chat"),
        (400, "Bad Request: chat not found"),
        (400, "Bad Request: user is deactivated"),
        (400, "Bad Request: PEER_ID_INVALID"),
        (400, "Bad Request: group chat was deactivated"),
    ],
)
async def test_who_blocked_us_or_is_gone_cannot_be_reached(status: int, description: str) -> None:
    error = await outcome(refusal(status, description))
    assert type(error) is Unreachable
    assert description.partition(": ")[2].lower() in str(error).lower()


@pytest.mark.parametrize("to", ["-77:7", "-77"])
async def test_a_group_that_grew_has_another_id_and_its_members_move_along(to: str) -> None:
    grown = refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-100500)
    error = await outcome(grown, to)
    assert isinstance(error, Moved)
    assert error.external_id == to.replace("-77", "-100500")


@pytest.mark.parametrize("status", [400, 402, 413, 418, 422])
async def test_a_message_that_telegram_does_not_like_fails_with_its_reason(status: int) -> None:
    error = await outcome(
        refusal(status, "Bad Request: BUTTON_DATA_INVALID\r\nSet-Cookie: \u202ex \x1b[31m" + "x" * 999)
    )
    assert type(error) is Undeliverable
    assert str(error).startswith("Button_data_invalid set-cookie")
    assert len(str(error)) <= 120 and str(error).isprintable()


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"error_code": 403, "description": "Forbidden: bot was blocked by the user"}, Unreachable),
        ({"error_code": 429, "parameters": {"retry_after": 3}}, TryLater),
        ({"error_code": 502}, TryLater),
        ({"description": "Bad Request: message is too long"}, Undeliverable),
        ({"error_code": "403"}, Undeliverable),
        ({"error_code": 200}, Undeliverable),
    ],
)
async def test_a_refusal_is_one_whatever_the_status_it_comes_with(said: dict[str, Any], kind: type[BotError]) -> None:
    error = await outcome(Trouble(status=200, body=json.dumps({"ok": False} | said).encode()))
    assert type(error) is kind


async def test_a_message_that_was_taken_is_sent_however_strangely_it_is_shown() -> None:
    shown = {"message_id": 5, "date": 1_767_600_000_000, "chat_id": "7", "link_preview_options": "{}", "entities": 3}
    async with telegram() as (fake, api):
        fake.troubles.append(Trouble(body=json.dumps({"ok": True, "result": shown}).encode()))
        assert await api.send(outgoing("hello")) == "5"


async def test_an_unknown_token_means_later() -> None:
    assert isinstance(await outcome(refusal(401, "Unauthorized")), TryLater)
    assert isinstance(await outcome(refusal(404, "Not Found")), TryLater)


@pytest.mark.parametrize("deed", ["hang", "reset", "half"])
async def test_no_answer_means_that_nobody_knows(deed: str) -> None:
    error = await outcome(Trouble(deed, is_taken=True))
    assert type(error) is Unanswered


@pytest.mark.parametrize(
    "body", [b"", b"ok", b"[]", b'{"ok": true}', b'{"ok": true, "result": true}', b'{"ok": true, "result": {}}', b"null",
             b'{"ok": true, "result": {"message_id": "x"}}', b"[" * 100_000],
)  # fmt: skip
async def test_an_answer_that_makes_no_sense_means_that_nobody_knows(body: bytes) -> None:
    assert type(await outcome(Trouble(body=body, is_taken=True))) is Unanswered


async def test_an_answer_that_drips_is_not_waited_for_without_end() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(65_536)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(1000):
            writer.write(b" ")
            await asyncio.sleep(0.05)

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    api = api_at(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    async with asyncio.timeout(5):
        with pytest.raises(Unanswered):
            await api.send(outgoing())
    await api.close()
    server.close()


async def test_what_was_never_written_goes_later() -> None:
    for url in ("http://127.0.0.1:1", "http://no-such-host.invalid", "https://127.0.0.1:1"):
        api = api_at(url)
        with pytest.raises(TryLater):
            await api.send(outgoing())
        await api.close()


async def test_a_server_with_a_bad_certificate_has_read_nothing() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    api = api_at(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(TryLater):
        await api.send(outgoing())
    await api.close()
    server.close()


async def test_an_upload_that_broke_off_half_way_goes_later() -> None:
    async def break_off(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1000)
        writer.transport.abort()

    server = await asyncio.start_server(break_off, "127.0.0.1", 0, limit=1000)
    api = api_at(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
    with pytest.raises(TryLater):
        await api.send(outgoing(attachment=Attachment("document", name="a.bin"), content=b"x" * 30_000_000))
    await api.close()
    server.close()


async def test_when_all_connections_are_busy_nothing_was_written() -> None:
    async with telegram() as (fake, _):
        api = api_at(fake.url, patience=Patience(answer=3.0, place=0.1, call=4.0))
        fake.troubles.append(Trouble("hang", chat=7, times=32))
        stuck = [asyncio.create_task(api.send(outgoing(to="7"))) for _ in range(32)]
        await until(lambda: len(fake.record.calls) == 32)
        with pytest.raises(TryLater):
            await api.send(outgoing(to="8"))
        for send in stuck:
            send.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)
        await api.close()


def test_a_request_that_nobody_watched_counts_as_written() -> None:
    assert was_written(httpx.ReadError("", request=httpx.Request("POST", "http://x")))
