"""What every channel owes the house, whatever its platform."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

from bot import channels

SHARED = {"tencent"}
"""What several channels have in common: a folder, but no channel."""

FOLDERS = [
    module.name for module in pkgutil.iter_modules(channels.__path__) if module.ispkg and module.name not in SHARED
]
HOME = Path(channels.__path__[0])
IMPURE = {"aiohttp", "asyncio", "httpx", "sqlalchemy", "bot.store", "bot.services", "bot.edge", "time", "random"}
OF_EVERY_CHANNEL = {"name", "takes_files", "add_routes", "show_typing"}
OF_A_COURIER = {"at_once", "parts", "ready_for", "send"}
OF_A_PLANNED_ONE = {"at_once", "terms", "ready_for", "give"}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_tells_its_oddities_and_where_the_vendor_writes_about_them(name: str) -> None:
    doc = importlib.import_module(f"bot.channels.{name}").__doc__ or ""
    assert "Oddities" in doc
    assert "https://" in doc


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_has_the_same_files_as_its_sisters(name: str) -> None:
    files = {path.name for path in (HOME / name).glob("*.py")}
    assert {"__init__.py", "signature.py", "payload.py", "channel.py"} <= files


def pure_files() -> list[Path]:
    """Return what must be pure: signatures, payloads, and every file that says so of itself."""
    files = [path for name in FOLDERS for path in sorted((HOME / name).glob("*.py"))]
    named = [path for path in files if path.stem in ("signature", "payload")]
    return named + [path for path in files if path not in named and " Pure" in path.read_text().partition("import")[0]]


@pytest.mark.parametrize("path", pure_files(), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_signatures_payloads_and_all_that_is_called_pure_is_pure(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not {module for module in imported if module.startswith(tuple(IMPURE))}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_is_named_like_its_folder(name: str) -> None:
    payload = importlib.import_module(f"bot.channels.{name}.payload")
    assert name == payload.CHANNEL


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_has_all_that_its_kind_owes(name: str) -> None:
    module = importlib.import_module(f"bot.channels.{name}.channel")
    [channel] = [part for part in vars(module).values() if isinstance(part, type) and getattr(part, "name", "") == name]
    members = set(dir(channel))
    assert members >= OF_EVERY_CHANNEL
    brings = {"send", "give"} & members
    assert len(brings) < 2
    if brings:
        assert members >= (OF_A_COURIER if "send" in members else OF_A_PLANNED_ONE)
        assert channel.at_once > 0
    if channel.takes_files and brings:
        assert "fetch" in members
