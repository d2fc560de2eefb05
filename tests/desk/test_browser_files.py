"""Play in a real browser what Telegram brings and what an agent sends along."""

import asyncio
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, FilePayload, Page, expect

from bot import front
from bot.channels.registry import CHANNELS
from bot.edge.keys import DATABASE
from bot.settings import Settings
from tests.desk import telegram_story as story
from tests.desk.house import Clock, House
from tests.desk.pictures import png
from tests.desk.platform import Platform
from tests.desk.test_browser import chromium, pytestmark, sign_in

__all__ = ["chromium", "pytestmark"]
CUP: FilePayload = {"name": "cup.png", "mimeType": "image/png", "buffer": png()}
INVOICE: FilePayload = {"name": "发票 11.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}


def keep_files(server: TestServer) -> None:
    app = server.app
    assert app is not None
    platform = app[CHANNELS].get("telegram")
    assert isinstance(platform, Platform)
    story.fill(platform.files)


@pytest.fixture
async def whole_house(chosen: Settings) -> AsyncIterator[TestServer]:
    """Serve the whole front, web chat and desk; its brain never comes."""
    server = TestServer(front.build(chosen, ("http://127.0.0.1:9",), "no brain"))
    await server.start_server()
    yield server
    await server.close()


async def open_story(house: House, server: TestServer, browser: Browser, **more: object) -> Page:
    lina = house.hire("lina", shown="Lina")
    conversation = await asyncio.to_thread(story.tell, house, lina)
    keep_files(server)
    page = await sign_in(browser, server, "lina", **more)
    await page.goto(str(server.make_url(f"/desk/conversations/{conversation}")))
    return page


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_whatever_came_is_shown_and_shuts_nobody_out(
    house: House, server: TestServer, chromium: Browser, width: int, scheme: str
) -> None:
    size = {"width": width, "height": 800}
    page = await open_story(house, server, chromium, viewport=size, color_scheme=scheme)
    for kind, *_ in story.KINDS:
        await expect(page.locator(f".came-{kind if kind != 'hologram' else 'unknown'}").first).to_be_visible()
    picture = page.locator(".came-photo img").first
    await picture.scroll_into_view_if_needed()
    await page.wait_for_function("one => one.complete && one.naturalWidth === 320", arg=await picture.element_handle())
    gone = page.locator(".came-photo").nth(1)
    await gone.scroll_into_view_if_needed()
    await expect(gone.locator(".came-note")).to_have_text("The file cannot be fetched.")
    for details in await page.locator("details.edited").all():
        await details.evaluate("one => { one.open = true }")
    found = [one for one in (await Axe().run(page)).response["violations"] if one["impact"] in ("serious", "critical")]
    assert not found, found
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.evaluate(
        "scroll => scroll.scrollWidth <= scroll.clientWidth", await page.query_selector("#scroll")
    )


async def test_a_voice_message_plays(house: House, server: TestServer, chromium: Browser) -> None:
    page = await open_story(house, server, chromium)
    heard = await page.locator(".came-voice audio").evaluate(
        "one => new Promise((tell) => { one.onloadedmetadata = () => tell(one.duration); one.onerror = () => tell(-1); one.load(); one.play().catch(() => {}) })"  # noqa: E501
    )
    assert heard == pytest.approx(1, abs=0.1)


async def test_an_edit_appears_with_the_words_before_one_click_away(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina")
    first = story.incoming("first words", platform_id="edited-1")
    begun = await asyncio.to_thread(story.take, house, first)
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{begun.conversation_id}")))
    await expect(page.locator(".message-customer .words")).to_have_text("first words")
    await asyncio.to_thread(story.take, house, story.edit_of(first, "other words", 1))
    await expect(page.locator(".message-customer .words")).to_have_text("other words")
    before = page.locator(".edited-words", has_text="first words")
    await expect(before).to_be_hidden()
    await page.locator("details.edited summary").click()
    await expect(before).to_be_visible()
    await asyncio.to_thread(story.take, house, story.edit_of(first, "last words", 2))
    await expect(page.locator(".message-customer .words")).to_have_text("last words")
    await expect(before).to_be_visible()


async def test_a_quote_leads_to_what_it_quotes(house: House, server: TestServer, chromium: Browser) -> None:
    page = await open_story(house, server, chromium, viewport={"width": 1440, "height": 500})
    await page.evaluate("window.sameDocument = true")
    quoted = page.locator(".message", has_text="你好，我的杯子今天到了").first
    await expect(quoted).not_to_be_in_viewport()
    await page.locator(".answers").click()
    await expect(quoted).to_be_in_viewport()
    assert await page.evaluate("window.sameDocument")


async def test_what_was_overtaken_takes_its_place_on_the_open_page(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina")
    begun = story.write(house, "one", platform_order=1_001)
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{begun.conversation_id}")))
    for text, order in (("three", 1_003), ("two", 1_002), ("four", 1_004)):
        await asyncio.to_thread(story.write, house, text, platform_order=order)
    await expect(page.locator(".message-customer .words")).to_have_text(["one", "two", "three", "four"])


async def test_who_blocks_us_is_told_on_the_open_page(house: House, server: TestServer, chromium: Browser) -> None:
    house.hire("lina")
    begun = story.write(house, "hello")
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{begun.conversation_id}")))
    await expect(page.locator(".warning")).to_have_count(0)
    await asyncio.to_thread(story.block, house)
    await expect(page.locator(".warning")).to_contain_text("This customer cannot be reached.")


async def test_a_file_from_the_desk_arrives_in_the_web_chat(whole_house: TestServer, chromium: Browser) -> None:
    app = whole_house.app
    assert app is not None
    House(app[DATABASE], Clock()).hire("lina", shown="Lina")
    chat = await (await chromium.new_context(locale="en-GB")).new_page()
    broken: list[str] = []
    chat.on("console", lambda said: broken.append(said.text) if said.type == "error" else None)
    await chat.goto(str(whole_house.make_url("/")))
    await chat.get_by_role("textbox").fill("I want to talk to a person")
    await chat.get_by_role("textbox").press("Enter")
    desk = await sign_in(chromium, whole_house, "lina")
    await desk.click(".row")
    await desk.get_by_role("button", name="Claim").click()
    await desk.set_input_files("#file", CUP)
    await expect(desk.locator("#enclosed")).to_contain_text("cup.png")
    await expect(desk.locator("#enclosed-look canvas")).to_be_visible()
    await desk.get_by_role("button", name="Remove").click()
    await expect(desk.locator("#enclosed")).to_be_hidden()
    await desk.set_input_files("#file", CUP)
    await desk.fill("#draft", "This one?")
    await desk.press("#draft", "Enter")
    await expect(desk.locator("#enclosed")).to_be_hidden()
    await expect(desk.locator(".message-person img")).to_be_visible()
    picture = chat.locator(".bubble[data-author=person] img")
    await expect(picture).to_be_visible()
    await chat.wait_for_function("one => one.complete && one.naturalWidth === 320", arg=await picture.element_handle())
    await expect(chat.locator(".bubble[data-author=person]")).to_contain_text("This one?")

    await desk.set_input_files("#file", INVOICE)
    await desk.click("#send")
    link = chat.get_by_role("link", name=re.compile("发票 11.pdf"))
    await expect(link).to_be_visible()
    async with chat.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    assert download.suggested_filename == "发票 11.pdf"
    assert await asyncio.to_thread(Path(await download.path()).read_bytes) == INVOICE["buffer"]
    await chat.reload()
    await expect(chat.get_by_role("link", name=re.compile("发票 11.pdf"))).to_be_visible()
    found = [one for one in (await Axe().run(chat)).response["violations"] if one["impact"] in ("serious", "critical")]
    assert not found, found
    assert broken == []


async def test_a_file_is_dropped_or_pasted_and_the_wrong_ones_are_refused_at_once(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina")
    heard = house.hear("I want a person")
    house.call_person(heard.message_id)
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{heard.conversation_id}")))
    await page.get_by_role("button", name="Claim").click()
    await expect(page.locator("#composer")).to_be_visible()
    bring = """([name, size, way]) => {
      const carried = new DataTransfer();
      carried.items.add(new File([new Uint8Array(size)], name));
      if (way === "two") carried.items.add(new File(["x"], "second"));
      const target = document.getElementById(way === "paste" ? "draft" : "talk");
      const event = way === "paste" ? new ClipboardEvent("paste", { clipboardData: carried, bubbles: true, cancelable: true })
        : new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true });
      target.dispatchEvent(event);
    }"""
    for name, size, way, problem in (
        ("empty.txt", 0, "drop", "This file is empty."),
        ("huge.bin", 21 * 1024 * 1024, "drop", "This file is larger than 20 MB."),
        ("first", 1, "two", "One file at a time."),
    ):
        await page.evaluate(bring, [name, size, way])
        await expect(page.locator("#problem")).to_have_text(problem)
        await expect(page.locator("#enclosed")).to_be_hidden()
    for name, way in (("dropped.txt", "drop"), ("pasted.png", "paste")):
        await page.evaluate(bring, [name, 2_048, way])
        await expect(page.locator("#enclosed")).to_contain_text(name)
        await expect(page.locator("#enclosed")).to_contain_text("2 KB")
        await expect(page.locator("#problem")).to_be_hidden()
    await page.click("#send")
    await expect(page.locator(".message-person .came-name")).to_contain_text("pasted.png")
