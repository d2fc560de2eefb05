"""What was never written is told from what may have been read, whatever the other end does."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from bot.channels.tencent.refusals import Unanswered
from bot.channels.tencent.wire import Answer, Call, Passing, Wire
from bot.errors import Undeliverable

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
HEAD = b"HTTP/1.1 %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n%s\r\n"


@asynccontextmanager
async def serving(talk: Talk, scheme: str = "http") -> AsyncIterator[Wire]:
    """Serve with a few lines, and open a wire to it."""
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    wire = Wire(f"{scheme}://127.0.0.1:{server.sockets[0].getsockname()[1]}", 0.5)
    yield wire
    await wire.close()
    server.close()


def says(*parts: bytes, pause_s: float = 0.0) -> Talk:
    """Read a request, say so much, and close."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for part in parts:
            writer.write(part)
            await asyncio.sleep(pause_s)
        writer.close()

    return talk


def ask(wire: Wire, *, within_s: float = 0.4, most_bytes: int = 1000) -> Awaitable[Answer]:
    call = Call("POST", "/x", body=lambda: b"{}", within_s=within_s, most_bytes=most_bytes)
    return wire.exchange(call, "s3cret")


@pytest.mark.parametrize("base", ["http://127.0.0.1:1", "https://127.0.0.1:1", "http://no-such-host.invalid"])
async def test_where_nobody_listens_nothing_was_written(base: str) -> None:
    wire = Wire(base, 0.5)
    with pytest.raises(Passing, match="not reached") as raised:
        await ask(wire, within_s=5)
    assert raised.value.__cause__ is None
    await wire.close()


async def test_a_server_that_is_no_tls_server_has_read_nothing() -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    async with serving(refuse, "https") as wire:
        with pytest.raises(Passing):
            await ask(wire, within_s=5)


@pytest.mark.parametrize(
    "talk",
    [says(), says(HEAD % (b"200 OK", 100, b"") + b'{"errc'), says(b"oops\r\n\r\n"), says(b"", pause_s=5),
     says(HEAD % (b"200 OK", 50, b""), *[b"x"] * 50, pause_s=0.1)],
    ids=["closed at once", "half an answer", "no HTTP", "silence", "an answer that drips"],
)  # fmt: skip
async def test_a_request_without_a_whole_answer_in_time_may_have_been_read(talk: Talk) -> None:
    async with serving(talk) as wire:
        with pytest.raises(Unanswered) as raised:
            await ask(wire)
        assert "s3cret" not in repr(raised.value)


async def test_an_answer_has_an_end() -> None:
    async with serving(says(HEAD % (b"200 OK", 5_000, b"") + b"x" * 5_000)) as wire:
        with pytest.raises(Undeliverable, match="more than we take"):
            await ask(wire)


async def test_the_token_is_carried_to_nobody_else() -> None:
    elsewhere = b"Location: http://127.0.0.1:1/\r\n"
    async with serving(says(HEAD % (b"302 Found", 2, elsewhere) + b"{}")) as wire:
        assert await ask(wire) == Answer(302, "application/json", b"{}")
