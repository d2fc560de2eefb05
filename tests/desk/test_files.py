"""A file of a conversation is fetched through us, looks harmless and is harmless."""

from typing import Any

import pytest
from aiohttp.test_utils import TestServer

from bot.channels.registry import CHANNELS
from bot.domain.attachments import Attachment
from bot.domain.users import Role
from tests.desk import telegram_story as story
from tests.desk.conftest import Enter
from tests.desk.house import House
from tests.desk.pictures import png
from tests.desk.platform import Platform


def platform_of(server: TestServer) -> Platform:
    app = server.app
    assert app is not None
    platform = app[CHANNELS].get("telegram")
    assert isinstance(platform, Platform)
    return platform


def address(received: Any) -> str:
    return f"/desk/conversations/{received.conversation_id}/files/{received.message_id}"


async def test_a_photo_is_shown_from_our_own_address(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("lina")
    platform_of(server).files["p1"] = png()
    sent = story.send(house, "photo", "看", file_ref="p1", media_type="image/jpeg")
    browser = await enter("lina")
    answer = await browser.client.get(address(sent))
    assert (answer.status, answer.content_type, await answer.read()) == (200, "image/jpeg", png())
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("private")
    assert answer.headers["Content-Disposition"].startswith("inline")
    _, page = await browser.open(f"/desk/conversations/{sent.conversation_id}")
    assert f'src="{address(sent)}"' in page and 'loading="lazy"' in page and "p1" not in page


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("drawing.svg", "image/svg+xml"), ("page.html", "text/html"), ("setup.exe", "application/x-msdownload"),
        ("bomb.zip", "application/zip"), ("../../etc/passwd", None), ("x", "text/html; charset=utf-8"), (None, None),
        ("photo.jpg", "image/svg+xml"), ("a.xhtml", "application/xhtml+xml"), ("eicar.com", "application/octet-stream"),
    ],
)  # fmt: skip
async def test_what_could_act_is_only_ever_saved(
    house: House, server: TestServer, enter: Enter, name: str | None, media_type: str | None
) -> None:
    house.hire("lina")
    platform_of(server).files["d"] = b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"
    sent = story.send(house, "document", file_ref="d", name=name, media_type=media_type)
    answer = await (await enter("lina")).client.get(address(sent))
    assert (answer.status, answer.content_type) == (200, "application/octet-stream")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    assert "/" not in answer.headers["Content-Disposition"] and ".." not in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


async def test_a_name_cannot_break_the_header_and_comes_whole(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("lina")
    platform_of(server).files["d"] = b"x"
    name = '发票"\r\nSet-Cookie: a=b;\u202egnp.exe'
    sent = story.send(house, "document", file_ref="d", name=name)
    answer = await (await enter("lina")).client.get(address(sent))
    assert "Set-Cookie" not in answer.headers
    assert answer.content_disposition is not None
    assert answer.content_disposition.filename == "发票_Set-Cookie_ a=b;gnp.exe"


async def test_a_player_gets_the_part_that_it_asks_for(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("lina")
    platform_of(server).files["v"] = bytes(range(100))
    sent = story.send(house, "voice", file_ref="v", media_type="audio/ogg")
    client = (await enter("lina")).client
    for asked, status, content, told in (
        ("bytes=0-", 206, bytes(range(100)), "bytes 0-99/100"),
        ("bytes=10-19", 206, bytes(range(10, 20)), "bytes 10-19/100"),
        ("bytes=-5", 206, bytes(range(95, 100)), "bytes 95-99/100"),
        ("bytes=90-500", 206, bytes(range(90, 100)), "bytes 90-99/100"),
        ("bytes=100-", 416, b"", "bytes */100"),
        ("bytes=5-2", 200, bytes(range(100)), None),
        ("bytes=0-1,5-6", 200, bytes(range(100)), None),
        ("lines=1-2", 200, bytes(range(100)), None),
    ):
        answer = await client.get(address(sent), headers={"Range": asked})
        got = (answer.status, await answer.read(), answer.headers.get("Content-Range"))
        assert got == (status, content, told), asked
    answer = await client.get(address(sent), headers={"Range": "bytes=0-1", "If-Range": '"another file"'})
    assert (answer.status, await answer.read()) == (200, bytes(range(100)))


async def test_a_copy_that_still_holds_is_not_fetched_again(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("lina")
    platform = platform_of(server)
    platform.files["p"] = png()
    sent = story.send(house, "photo", file_ref="p")
    client = (await enter("lina")).client
    first = await client.get(address(sent))
    again = await client.get(address(sent), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, await again.read(), platform.asked) == (304, b"", ["p"])


async def test_only_the_files_of_this_conversation_are_there(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("lina")
    platform_of(server).files["p"] = png()
    sent = story.send(house, "photo", file_ref="p")
    words = story.write(house, "only words")
    place = story.send(house, "location", details={"latitude": 1.0, "longitude": 2.0})
    other = story.write(house, "hello", "990001")
    client = (await enter("lina")).client
    talk = f"/desk/conversations/{sent.conversation_id}/files"
    foreign = f"/desk/conversations/{other.conversation_id}/files/{sent.message_id}"
    for path in (
        f"{talk}/{words.message_id}",
        f"{talk}/{place.message_id}",
        foreign,
        f"{talk}/999999",
        f"{talk}/{10**18 - 1}",
    ):
        assert (await client.get(path)).status == 404, path
    for odd in ("-1", "1.5", "x", "1%20OR%201=1", str(10**30)):
        assert (await client.get(f"{talk}/{odd}")).status == 404, odd


async def test_who_may_read_the_conversation_may_see_its_files(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("mira", Role.MARKETER)
    platform_of(server).files["p"] = png()
    sent = story.send(house, "photo", file_ref="p")
    assert (await (await enter("mira")).client.get(address(sent))).status == 200
    assert (await (await enter()).client.get(address(sent))).status == 401


async def test_why_a_file_cannot_be_had_is_said_in_words(house: House, server: TestServer, enter: Enter) -> None:
    house.hire("lina")
    platform = platform_of(server)
    platform.busy.add("later")
    for reference, size, status, code in (
        ("later", None, 503, "file_later"), ("gone", None, 502, "file_gone"), ("big", 21 * 1024 * 1024, 502, "file_too_big"),
    ):  # fmt: skip
        sent = story.send(house, "video", file_ref=reference, size=size)
        answer = await (await enter("lina")).client.get(address(sent), headers={"Accept": "application/json"})
        told = await answer.json()
        assert (answer.status, told["code"]) == (status, code) and told["error"]
    assert "big" not in platform.asked


async def test_a_file_of_a_channel_that_is_switched_off_is_not_to_be_had(house: House, enter: Enter) -> None:
    house.hire("lina")
    sent = house.hear("hello", channel="formerly")
    house.database.perform(_attach, sent.message_id)
    answer = await (await enter("lina")).client.get(address(sent), headers={"Accept": "application/json"})
    assert (answer.status, (await answer.json())["code"]) == (502, "file_gone")


def _attach(uow: Any, message_id: Any) -> None:
    uow.messages.get(message_id).attachment = Attachment("photo", "ref")
