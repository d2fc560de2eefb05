"""Install what comes from npm, once for each lock file; skip with one clear line where that cannot be."""

import fcntl
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

INSTALL: Final = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
INSTALL_WITHIN_S: Final = 240


def installed(folder: Path, what: str) -> str:
    """Return the path of node, when everything that the folder's package-lock.json names is there."""
    node = shutil.which("node") or shutil.which("nodejs")
    if node is None or shutil.which("npm") is None:
        pytest.skip(f"NO NODE: install Debian's nodejs and npm ({what})")
    with (folder / ".gitignore").open() as door:
        fcntl.flock(door, fcntl.LOCK_EX)  # two runs of the tests in one tree must not install into each other
        lock, done = folder / "package-lock.json", folder / "node_modules" / ".installed"
        if not done.is_file() or done.read_bytes() != lock.read_bytes():
            result = subprocess.run(INSTALL, cwd=folder, capture_output=True, text=True, timeout=INSTALL_WITHIN_S)
            if result.returncode != 0:
                pytest.skip(f"NO PEER: `npm ci` failed in {folder.name}: {result.stderr.strip()[-300:]}")
            done.write_bytes(lock.read_bytes())
    return node
