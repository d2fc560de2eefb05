"""The front is light: it knows nothing of Rasa and stays small."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from bot.processes import free_ports

HEAVY = ("rasa", "rasa_sdk", "sanic", "tensorflow", "sklearn", "numpy", "jieba", "telegram")
MOST_BYTES = 150 * 1024 * 1024


def test_the_front_imports_nothing_heavy() -> None:
    script = (
        "import json, sys; from bot import front, settings; import bot.serve; "
        "front.build(settings.read(None), ('http://127.0.0.1:1',), 'token'); "
        f"print(json.dumps([name for name in {HEAVY!r} if name in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []


WITH_TELEGRAM = {"TELEGRAM_BOT_TOKEN": "123456:none", "TELEGRAM_API_BASE": "http://127.0.0.1:9"}


@pytest.mark.parametrize("platforms", [{}, WITH_TELEGRAM], ids=["web", "with telegram"])
def test_a_front_that_serves_stays_small(sqlite_url: str, tmp_path: Path, platforms: dict[str, str]) -> None:
    [port] = free_ports(1)
    environment = os.environ | platforms | {
        "TINGJIAN_HOME": str(tmp_path), "TINGJIAN_DATABASE_URL": sqlite_url, "TINGJIAN_PORT": str(port)
    }  # fmt: skip
    with subprocess.Popen([sys.executable, "-m", "bot", "front"], env=environment, stderr=subprocess.PIPE) as front:
        try:
            assert front.stderr is not None
            assert b"front ready" in front.stderr.readline()
            assert psutil.Process(front.pid).memory_info().rss < MOST_BYTES
        finally:
            front.terminate()
        assert front.wait(10) == 0
