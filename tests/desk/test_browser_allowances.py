"""What a platform still allows changes before an agent's eyes: with each message, and by the clock alone."""

import asyncio
from datetime import UTC, datetime, timedelta

from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from tests.desk.house import House
from tests.desk.test_allowances import heard, opens, spends
from tests.desk.test_browser import chromium, pytestmark, sign_in

__all__ = ["chromium", "pytestmark"]


async def test_the_count_falls_and_the_window_closes_without_a_reload(
    house: House, server: TestServer, chromium: Browser
) -> None:
    house.hire("lina")
    house.clock.now = datetime.now(UTC) - timedelta(hours=48) + timedelta(seconds=8)
    id_ = heard(house)
    opens(house, id_)
    house.clock.pass_(hours=47, minutes=30)
    page = await sign_in(chromium, server, "lina")
    await page.goto(str(server.make_url(f"/desk/conversations/{id_}")))
    shown = page.locator("#allowance")
    await expect(shown).to_contain_text("The window closes soon. 5 of 5 messages are left.")
    await asyncio.to_thread(spends, house, id_, 1)
    await asyncio.to_thread(house.hear, "still there", channel="wechat")
    await expect(shown).to_contain_text("4 of 5 messages are left.")
    house.clock.pass_(hours=1)
    await expect(shown).to_contain_text("The window is closed.", timeout=20_000)
