"""Open a house with WeCom for every test that asks for one."""

from collections.abc import AsyncIterator

import pytest

from bot.settings import Settings
from tests.channels.wecom.house import House, open_house


@pytest.fixture
async def house(chosen: Settings) -> AsyncIterator[House]:
    """Open it as it comes: hand-offs go to our desk."""
    async with open_house(chosen) as opened:
        yield opened
