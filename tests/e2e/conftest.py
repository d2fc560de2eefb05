"""Give the browser tests one house, a real Chromium, and windows of the sizes that people have."""

import os
import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.channels.telegram.fake import spec
from tests.crash.telegram_platform import Platform
from tests.e2e.house import House

FLAGS: Final = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
LOCALES: Final = {"zh-Hans": "zh-CN", "en": "en-US"}
PHONE: Final = (360, 740)
DESKTOP: Final = (1440, 900)
PATIENCE_MS: Final = 15_000

Size = tuple[int, int]
Window = Callable[..., Page]
Picture = Callable[[Page, str], None]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the machine's Chromium, or skip before anything is started."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("NO CHROMIUM: install Debian's chromium and fonts-noto-cjk (browser test)")
    return found


@pytest.fixture(scope="session")
def telegram() -> Iterator[Platform | None]:
    """Be Telegram on loopback, unless the description of its API is not here."""
    if not spec.PATH.exists():
        yield None
        return
    platform = Platform()
    yield platform
    platform.close()


@pytest.fixture(scope="session")
def house(chromium: str, telegram: Platform | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Run the whole house, and show after the last test that it stops cleanly."""
    polled = {"TELEGRAM_BOT_TOKEN": telegram.token, "TELEGRAM_API_BASE": telegram.url} if telegram else {}
    with House(tmp_path_factory.mktemp("house") / "home", **polled) as running:
        yield running


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """Open a browser for one module: playwright's own event loop must be gone before other tests want theirs."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture
def noise() -> list[str]:
    """Collect what the browser complains of on every page: script errors, refused resources, CSP violations."""
    return []


@pytest.fixture
def window(browser: Browser, noise: list[str]) -> Iterator[Window]:
    """Open windows that share nothing with each other: ``window("en", PHONE)``."""
    contexts = []

    def open_window(language: str = "en", size: Size = DESKTOP) -> Page:
        context = browser.new_context(
            locale=LOCALES[language], timezone_id="Asia/Shanghai", reduced_motion="reduce",
            viewport={"width": size[0], "height": size[1]},
        )  # fmt: skip
        context.set_default_timeout(PATIENCE_MS)
        context.on("console", lambda line: noise.append(f"{line.text} {line.location}") if _is_trouble(line) else None)
        context.on("weberror", lambda error: noise.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_window
    for context in contexts:
        context.close()


@pytest.fixture
def picture() -> Picture:
    """Keep pictures of a page at both sizes in the folder TINGJIAN_SCREENSHOTS, when somebody wants them."""
    folder = os.environ.get("TINGJIAN_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        usual = page.viewport_size
        if not folder or usual is None:
            return
        page.wait_for_load_state()
        for width, height in (PHONE, DESKTOP):
            page.set_viewport_size({"width": width, "height": height})
            page.screenshot(path=Path(folder) / f"{name}-{width}.png")
        page.set_viewport_size(usual)

    return take


def _is_trouble(line: ConsoleMessage) -> bool:
    """Tell what a visitor should never cause from the 401 with which the desk asks a stranger to sign in."""
    return line.type in ("error", "warning") and "status of 401" not in line.text


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the end of the house's log beside a failure."""
    report = yield
    running = getattr(item, "funcargs", {}).get("house")
    if report.failed and isinstance(running, House):
        report.sections.append(("log of the house", running.tail()))
    return report
