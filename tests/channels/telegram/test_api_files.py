"""Files, to customers and from them."""

import asyncio
import json
from typing import Any

import pytest
from aiohttp import web

from bot.domain.attachments import Attachment
from bot.errors import TryLater, Undeliverable
from tests.channels.outboxes import until
from tests.channels.telegram.fake.server import TOKEN
from tests.channels.telegram.fake.troubles import Trouble, refusal
from tests.channels.telegram.outbox import api_at, outgoing, telegram

PNG = Attachment("photo", name="pic.png", media_type="image/png")
PDF = Attachment("document", name="报价 1.pdf", media_type="application/pdf")


async def sent(words: str, attachment: Attachment, content: bytes, *troubles: Trouble) -> list[tuple[str, str]]:
    """Send every piece and return what arrived."""
    async with telegram() as (fake, api):
        fake.troubles.extend(troubles)
        whole = outgoing(words, attachment=attachment, content=content)
        for part in range(api.parts(whole)):
            await api.send(outgoing(words, attachment=attachment, content=content, part=part))
        return [(taken.kind, taken.text) for taken in fake.record.taken]


async def test_a_picture_goes_as_a_photo_with_its_words_under_it() -> None:
    assert await sent("look", PNG, b"png") == [("photo", "look")]


async def test_anything_else_goes_as_a_file_under_its_name() -> None:
    async with telegram() as (fake, api):
        await api.send(outgoing("", attachment=PDF, content=b"pdf", buttons=("ok",)))
        [call] = fake.record.of("sendDocument")
    assert call.files == [("document", "报价 1.pdf", 3)]
    assert "caption" not in call.parameters and call.parameters["reply_markup"]


async def test_words_that_are_too_long_for_a_caption_follow_the_file() -> None:
    assert await sent("x" * 1025, PDF, b"pdf") == [("document", ""), ("message", "x" * 1025)]
    assert await sent("x" * 1024, PDF, b"pdf") == [("document", "x" * 1024)]


@pytest.mark.parametrize("why", ["PHOTO_INVALID_DIMENSIONS", "IMAGE_PROCESS_FAILED", "PHOTO_EXT_INVALID"])
async def test_a_picture_that_telegram_cannot_show_goes_as_a_file(why: str) -> None:
    refused = refusal(400, f"Bad Request: {why}", method="sendPhoto")
    assert await sent("look", PNG, b"png", refused) == [("document", "look")]


async def test_a_picture_too_large_for_a_photo_goes_as_a_file() -> None:
    assert await sent("", PNG, b"x" * 10_000_001) == [("document", "")]


@pytest.mark.parametrize("content", [None, b"", b"x" * 50_000_001], ids=["none", "empty", "large"])
async def test_a_file_that_telegram_never_takes_is_not_sent(content: bytes | None) -> None:
    async with telegram() as (fake, api):
        with pytest.raises(Undeliverable):
            await api.send(outgoing("", attachment=PDF, content=content))
    assert fake.record.calls == []


async def test_a_blocked_photo_is_not_tried_as_a_file() -> None:
    async with telegram() as (fake, api):
        fake.troubles.append(refusal(403, "Forbidden: bot was blocked by the user"))
        with pytest.raises(Undeliverable):
            await api.send(outgoing("", attachment=PNG, content=b"png"))
    assert [call.method for call in fake.record.calls] == ["sendPhoto"]


async def test_a_file_of_a_customer_is_fetched_through_us() -> None:
    async with telegram() as (fake, api):
        fake.files["photos/图 1.jpg"] = b"jpg" * 1000
        assert await api.fetch("photos/图 1.jpg") == b"jpg" * 1000
        with pytest.raises(Undeliverable) as gone:
            await api.fetch("photos/none.jpg")
        assert TOKEN not in str(gone.value)


async def test_a_file_too_large_to_be_fetched_is_refused_even_when_its_size_is_a_lie() -> None:
    size = 20 * 1024 * 1024 + 1
    async with telegram() as (fake, api):
        fake.files["big"] = b"x" * size
        with pytest.raises(Undeliverable):
            await api.fetch("big")
        for told in (size, 5):
            fake.troubles.append(file_at("big", size=told))
            with pytest.raises(Undeliverable, match="too large"):
                await api.fetch("big")


def file_at(path: Any, size: int = 5) -> Trouble:
    """Make getFile say that a file lies there."""
    found = {"file_id": "f", "file_unique_id": "u", "file_size": size, "file_path": path}
    return Trouble(body=json.dumps({"ok": True, "result": found}).encode(), method="getFile")


@pytest.mark.parametrize(
    "path",
    [
        None, "", "../bot/x", "a/../../x", "a/./b", "a//b", "/etc/passwd", "http://127.0.0.1/x", "\\\\host\\x", "a\\b",
        "..", "photos/%2e%2e/x?y#z", "@127.0.0.1/x", "x\r\nHost: y",
    ],
)  # fmt: skip
async def test_whatever_the_api_says_we_fetch_only_from_its_own_file_server(path: Any) -> None:
    async with telegram() as (fake, api):
        fake.troubles.append(file_at(path))
        with pytest.raises(Undeliverable):
            await api.fetch("f")


async def test_a_file_server_that_sends_us_elsewhere_or_fails_is_not_followed() -> None:
    answers: list[web.Response] = []
    seen: list[str] = []

    async def serve(request: web.Request) -> web.Response:
        seen.append(request.raw_path)
        if "/file/" in request.path:
            return answers.pop()
        found = {"file_id": "f", "file_unique_id": "u", "file_path": "docs/a b?c#d.txt"}
        return web.json_response({"ok": True, "result": found})

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", serve)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    api = api_at(f"http://127.0.0.1:{runner.addresses[0][1]}")
    for status, error in ((302, Undeliverable), (404, Undeliverable), (403, Undeliverable), (429, TryLater),
                          (500, TryLater)):  # fmt: skip
        answers.append(web.Response(status=status, headers={"Location": "http://127.0.0.1:1/x"}))
        with pytest.raises(error) as raised:
            await api.fetch("f")
        assert TOKEN not in str(raised.value)
    assert {path for path in seen if "/file/" in path} == {f"/file/bot{TOKEN}/docs/a%20b%3Fc%23d.txt"}
    await runner.cleanup()
    with pytest.raises(TryLater) as raised:
        await api.fetch("f")
    assert TOKEN not in str(raised.value)
    await api.close()


async def test_no_more_than_two_files_are_fetched_at_once() -> None:
    async with telegram() as (fake, api):
        fake.files["f"] = b"x"
        fake.troubles.append(Trouble("hang", method="getFile", times=2))
        fetches = [asyncio.create_task(api.fetch("f")) for _ in range(5)]
        async with asyncio.timeout(5):
            await until(lambda: len(fake.record.of("getFile")) >= 2)
            assert len(fake.record.of("getFile")) == 2
            outcomes = await asyncio.gather(*fetches, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [TryLater, TryLater, bytes, bytes, bytes]
