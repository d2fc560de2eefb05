"""Read what lies in ../shared/protocol-data, or skip the test that needs it."""

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[4] / "shared" / "protocol-data"
MISSING = "../shared/protocol-data is not here"


def vectors() -> dict[str, Any]:
    """Return Tencent's worked examples."""
    return _read("wechat_vectors.json")


def samples() -> list[dict[str, Any]]:
    """Return messages and events as others have seen them."""
    return _read("wechat_xml.json")


def _read(name: str) -> Any:
    if not FOLDER.exists():
        pytest.skip(MISSING)
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
