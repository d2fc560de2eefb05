"""What every channel owes the house, whatever its platform."""

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

from bot import channels

FOLDERS = [module.name for module in pkgutil.iter_modules(channels.__path__) if module.ispkg]
HOME = Path(channels.__path__[0])
IMPURE = {"aiohttp", "asyncio", "httpx", "sqlalchemy", "bot.store", "bot.services", "bot.edge"}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_tells_its_oddities_and_where_the_vendor_writes_about_them(name: str) -> None:
    doc = importlib.import_module(f"bot.channels.{name}").__doc__ or ""
    assert "Oddities" in doc
    assert "https://" in doc


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_has_the_same_files_as_its_sisters(name: str) -> None:
    files = {path.name for path in (HOME / name).glob("*.py")}
    assert {"__init__.py", "signature.py", "payload.py", "channel.py"} <= files


@pytest.mark.parametrize("part", ["signature", "payload"])
@pytest.mark.parametrize("name", FOLDERS)
def test_signatures_and_payloads_are_pure(name: str, part: str) -> None:
    tree = ast.parse((HOME / name / f"{part}.py").read_text())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not {module for module in imported if module.startswith(tuple(IMPURE))}


@pytest.mark.parametrize("name", FOLDERS)
def test_a_channel_is_named_like_its_folder(name: str) -> None:
    payload = importlib.import_module(f"bot.channels.{name}.payload")
    assert name == payload.CHANNEL
