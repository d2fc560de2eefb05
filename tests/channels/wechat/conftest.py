"""Choose settings for a front with an Official Account."""

from pathlib import Path

import pytest

from bot import settings
from bot.settings import Settings


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sqlite_url: str) -> Settings:
    """Return settings for a front in a folder of its own."""
    monkeypatch.setenv("TINGJIAN_HOME", str(tmp_path))
    monkeypatch.setenv("TINGJIAN_DATABASE_URL", sqlite_url)
    return settings.read(dotenv=None)
