"""Install the emulator, once, as the lock file says; skip with one clear line where that cannot be."""

import fcntl
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

HERE: Final = Path(__file__).parent
LOCK: Final = HERE / "package-lock.json"
DONE: Final = HERE / "node_modules" / ".installed"
INSTALL: Final = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
INSTALL_WITHIN_S: Final = 240


def installed() -> str:
    """Return the path of node, when everything that it needs is there."""
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None or shutil.which("npm") is None:
        pytest.skip("NO NODE: install Debian's nodejs and npm (Telegram emulator)")
    with (HERE / ".gitignore").open() as door:
        fcntl.flock(door, fcntl.LOCK_EX)  # two runs of the tests in one tree must not install into each other
        if not _is_done():
            result = subprocess.run(INSTALL, cwd=HERE, capture_output=True, text=True, timeout=INSTALL_WITHIN_S)
            if result.returncode != 0:
                pytest.skip(f"NO EMULATOR: `npm ci` failed in {HERE.name}: {result.stderr.strip()[-300:]}")
            DONE.write_bytes(LOCK.read_bytes())
    return node


def _is_done() -> bool:
    return DONE.is_file() and DONE.read_bytes() == LOCK.read_bytes()
