"""Open a house with WeCom for every test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings
from tests.channels.wecom.house import House, open_house


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Settings:
    """Return settings for a front in a folder of its own."""
    monkeypatch.setenv("TINGJIAN_HOME", str(tmp_path))
    monkeypatch.setenv("TINGJIAN_DATABASE_URL", sqlite_url)
    return settings.read(dotenv=None)


@pytest.fixture
async def house(chosen: Settings) -> AsyncIterator[House]:
    """Open it as it comes: hand-offs go to our desk."""
    async with open_house(chosen) as opened:
        yield opened
