"""Play an agent's work in a real browser: nothing is reloaded, no draft is lost, nobody is shut out."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.desk import story
from tests.desk.house import PASSWORD, House

CHROMIUM = shutil.which("chromium")
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(CHROMIUM is None, reason="NO CHROMIUM: install it to run the browser tests of the desk"),
]


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        await browser.close()


async def sign_in(browser: Browser, server: TestServer, name: str, **more: Any) -> Page:
    context = await browser.new_context(**{"locale": "en-US", "viewport": {"width": 1440, "height": 900}, **more})
    page = await context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"script broke: {error}"))
    await page.goto(str(server.make_url("/desk/sign-in")))
    await page.fill("[name=name]", name)
    await page.fill("[name=password]", PASSWORD)
    await page.click("main button")
    await expect(page.locator("nav.places")).to_be_visible()
    return page


async def test_a_waiting_customer_appears_is_claimed_and_answered_without_a_reload(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina", shown="Lina")
    page = await sign_in(chromium, server, "lina")
    await page.evaluate("window.sameDocument = true")
    heard = await asyncio.to_thread(house.hear, "I want a person", "v1", "Sam")
    await asyncio.to_thread(house.call_person, heard.message_id)
    await expect(page.locator(".row", has_text="Sam")).to_be_visible()
    await expect(page).to_have_title("(1) Inbox · Tingjian desk")
    await expect(page.locator("#toast")).to_contain_text("One customer is waiting.")
    await expect(page.locator("#toast")).to_have_class(re.compile("visually-hidden"))  # the list says it already
    assert await page.evaluate("window.sameDocument")

    await page.click(".row")
    await page.wait_for_url("**/desk/conversations/*")  # before its scripts run, buttons send forms
    await page.evaluate("window.sameDocument = true")
    await page.get_by_role("button", name="Claim").click()
    await expect(page.locator("#draft")).to_be_focused()
    await page.keyboard.type("Hello Sam,")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("this is Lina.")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message-person .words")).to_have_text("Hello Sam,\nthis is Lina.")
    await expect(page.locator("#draft")).to_have_value("")

    await asyncio.to_thread(house.hear, "Thanks <b>Lina</b>", "v1")
    await expect(page.locator(".message-customer .words").last).to_have_text("Thanks <b>Lina</b>")
    await page.get_by_role("button", name="Hand back").click()
    await expect(page.locator("#composer")).to_be_hidden()
    await expect(page.locator("#standing")).to_have_attribute("data-owner", "bot")
    assert await page.evaluate("window.sameDocument")


async def test_a_draft_outlives_a_reload_and_a_double_click_sends_once(
    house: House, server: TestServer, chromium: Browser
) -> None:
    main = await asyncio.to_thread(story.tell, house)
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{main}")))
    before = await page.locator(".message-person").count()
    await page.fill("#draft", "one moment please")
    await page.reload()
    await expect(page.locator("#draft")).to_have_value("one moment please")
    await page.evaluate("for (let n = 0; n < 3; n++) document.getElementById('composer').requestSubmit()")
    await expect(page.locator(".message-person")).to_have_count(before + 1)
    await page.fill("#draft", "x" * 4_001)
    await page.click("#send")
    await expect(page.locator("#problem")).to_have_text("The reply is longer than 4,000 characters.")
    await expect(page.locator(".message-person")).to_have_count(before + 1)


async def test_who_was_faster_is_named_and_the_page_comes_to_know_it(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina", shown="Lina")
    house.hire("tom", shown="Tom")
    heard = house.hear("I want a person")
    house.call_person(heard.message_id)
    lina, tom = await sign_in(chromium, server, "lina"), await sign_in(chromium, server, "tom")
    for page in (lina, tom):
        await page.goto(str(server.make_url(f"/desk/conversations/{heard.conversation_id}")))
    await lina.get_by_role("button", name="Claim").click()
    await expect(lina.locator("#composer")).to_be_visible()
    await expect(tom.locator("#standing")).to_contain_text("Lina")
    await expect(tom.get_by_role("button", name="Claim")).to_have_count(0)


async def test_closing_is_asked_twice(house: House, server: TestServer, chromium: Browser) -> None:
    house.hire("lina")
    heard = house.hear("hello")
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{heard.conversation_id}")))
    await page.get_by_role("button", name="Close").click()
    await page.get_by_role("button", name="Really close this conversation?").click()
    await expect(page.locator("#standing")).to_have_attribute("data-owner", "closed")


async def test_who_claims_keeps_the_conversation_in_the_list(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina", shown="Lina")
    heard = house.hear("I want a person", "v1", "Sam")
    house.call_person(heard.message_id)
    page = await sign_in(chromium, server, "lina")
    await page.click(".row")
    await page.wait_for_url("**/desk/conversations/*")
    await page.get_by_role("button", name="Claim").click()
    await expect(page.locator(".tab[aria-current]")).to_contain_text("Mine")
    await expect(page.locator(".row[aria-current]")).to_contain_text("Sam")
    await page.reload()
    await expect(page.locator(".row[aria-current]")).to_contain_text("Sam")


async def test_the_end_of_the_talk_stays_in_sight_when_the_page_turns_narrow(
    house: House, server: TestServer, chromium: Browser
) -> None:
    main = await asyncio.to_thread(story.tell, house)
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{main}")))
    for width, height in ((360, 740), (360, 400), (1440, 500)):
        await page.set_viewport_size({"width": width, "height": height})
        await expect(page.locator(".message").last).to_be_in_viewport(ratio=0.9)
    await page.locator("#scroll").evaluate("box => box.scrollTo(0, 0)")
    await expect(page.locator(".message").last).not_to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_page_shuts_anybody_out_or_runs_over_the_edge(
    house: House, server: TestServer, chromium: Browser, width: int, scheme: str
) -> None:
    main = await asyncio.to_thread(story.tell, house)
    customer = house.look(lambda uow: uow.conversations.get(main)).customer_id
    size = {"width": width, "height": 800}
    page = await sign_in(chromium, server, "admin", viewport=size, color_scheme=scheme, locale="zh-CN")
    paths = ("", "?tab=all", f"conversations/{main}", f"conversations/{main}#record", f"customers/{customer}")
    for path in (*paths, "complaints", "preferences", "users", "audit"):
        await page.goto(str(server.make_url("/desk/")) + path)
        found = [
            one for one in (await Axe().run(page)).response["violations"] if one["impact"] in ("serious", "critical")
        ]
        assert not found, (path, found)
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert "stolen" not in await page.title()
