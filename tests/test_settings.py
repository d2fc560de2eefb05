"""Settings are read once; everything wrong with them is named together."""

import re
import stat
from pathlib import Path

import pytest

from bot import settings
from bot.errors import BadSetting

README = Path(__file__).parent.parent / "README.md"


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in settings.names():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TINGJIAN_HOME", str(tmp_path))


def test_nothing_needs_to_be_set(tmp_path: Path) -> None:
    chosen = settings.read(dotenv=None)
    assert chosen.database_url == f"sqlite:///{tmp_path / 'tingjian.db'}"
    assert (chosen.host, chosen.port, chosen.api_token, chosen.demo) == ("127.0.0.1", 8080, None, False)


def test_everything_wrong_is_named_together(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "TINGJIAN_PORT": "eighty", "TINGJIAN_PROT": "80", "BRAIN_ACTIONS": "sideways",
        "TINGJIAN_DATABASE_URL": "mysql://x", "BRAIN_URL": "nowhere", "TINGJIAN_TIMEZONE": "Mars/Base",
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    with pytest.raises(BadSetting) as refusal:
        settings.read(dotenv=None)
    text = str(refusal.value)
    for name in ("TINGJIAN_PORT", "BRAIN_ACTIONS", "TINGJIAN_DATABASE_URL", "BRAIN_URL", "TINGJIAN_TIMEZONE"):
        assert f"{name}:" in text
    assert "TINGJIAN_PROT: unknown setting (did you mean TINGJIAN_PORT?)" in text


def test_an_empty_api_token_is_none_and_a_short_one_is_known_as_weak(monkeypatch: pytest.MonkeyPatch) -> None:
    for token, kept, weak in [("", None, False), ("short", "short", True), ("x" * 16, "x" * 16, False)]:
        monkeypatch.setenv("TINGJIAN_API_TOKEN", token)
        chosen = settings.read(dotenv=None)
        assert (chosen.api_token, chosen.has_weak_token) == (kept, weak)


def test_a_dotenv_file_is_read_and_the_environment_wins(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    dotenv = tmp_path / ".env"
    dotenv.write_text("TINGJIAN_PORT=9001\nTINGJIAN_HOST=0.0.0.0\n")
    monkeypatch.setenv("TINGJIAN_HOST", "127.0.0.2")
    monkeypatch.setenv("TINGJIAN_PORT", "")
    monkeypatch.delenv("TINGJIAN_PORT")
    chosen = settings.read(dotenv)
    assert (chosen.port, chosen.host) == (9001, "127.0.0.2")


def test_the_secret_key_is_made_once_and_for_the_owner_only(tmp_path: Path) -> None:
    key = settings.read(dotenv=None).secret_key
    assert len(key) == 32
    assert settings.read(dotenv=None).secret_key == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_the_readme_names_every_setting_and_no_other() -> None:
    table = README.read_text().split("## Configure", 1)[1].split("\n## ", 1)[0]
    assert set(re.findall(r"`((?:TINGJIAN|BRAIN|TELEGRAM|WECHAT|WECOM)_[A-Z_]+)`", table)) == set(settings.names())
