"""Make, train and serve the bot that ``rasa init`` scaffolds, with the custom action that the scaffold suggests switched on.

The scaffold's files are taken as they are, with three seams closed: the commented example action is uncommented, listed in the
domain and said on ``bot_challenge``; the commented action endpoint is uncommented. NLU pipeline and policies stay stock.
"""

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bot.processes import free_ports
from tests.bench.served import Served, answers, start

PLAIN: Final = ("hello", "i am great", "hi there", "goodbye")
"""Messages that a stock bot answers from its domain, one bubble each."""
CUSTOM: Final = ("are you a bot?", "am I talking to a bot?", "are you a human?", "am I talking to a human?")
"""Messages that it answers with a custom action on the action server."""
QUIET: Final = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}
_CHANGES: Final = {
    "domain.yml": ("responses:\n", "actions:\n  - action_hello_world\n\nresponses:\n"),
    "data/rules.yml": ("action: utter_iamabot", "action: action_hello_world"),
    "endpoints.yml": (
        '#action_endpoint:\n#  url: "http://localhost:5055/webhook"',
        'action_endpoint:\n  url: "http://127.0.0.1:5055/webhook"',
    ),
}
_ACTION_PORT: Final = re.compile(r"127\.0\.0\.1:\d+")


def prepare(cache: Path, say: Callable[[str], None]) -> Path:
    """Return the folder of the trained stock bot; it is trained once and kept for later runs."""
    recipe = hashlib.sha256(repr(_CHANGES).encode()).hexdigest()[:8]
    project = cache / f"stock-{version('rasa')}-{recipe}"
    if not any(project.glob("models/*.tar.gz")):
        say("Training the stock bot, once; it takes some minutes …")
        cache.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache, prefix=".making-") as workshop:
            made = Path(workshop) / "project"
            _scaffold(made)
            _train(made)
            shutil.rmtree(project, ignore_errors=True)
            made.rename(project)
    return project


async def serve(project: Path, log: Path) -> tuple[Served, Served]:
    """Start ``rasa run`` and ``rasa run actions``; return both, the server first, as soon as both answer."""
    port, action_port = free_ports(2)
    endpoints = project / "endpoints.yml"
    endpoints.write_text(_ACTION_PORT.sub(f"127.0.0.1:{action_port}", endpoints.read_text()))
    command = _rasa("run", "--port", str(port), "--interface", "127.0.0.1")
    server = await start("stock", command, project, QUIET, log, url=f"http://127.0.0.1:{port}")
    command = _rasa("run", "actions", "--port", str(action_port))
    actions = await start("stock actions", command, project, QUIET, log, url=f"http://127.0.0.1:{action_port}")
    await answers(actions, "/health")
    await answers(server, "/webhooks/rest/")
    return server, actions


def _scaffold(project: Path) -> None:
    """Copy what ``rasa init`` copies; asking Rasa to do it would take half a minute of imports."""
    spec = importlib.util.find_spec("rasa")
    assert spec and spec.submodule_search_locations
    shutil.copytree(Path(spec.submodule_search_locations[0]) / "cli" / "initial_project", project)
    for name, (was, becomes) in _CHANGES.items():
        text = (project / name).read_text()
        assert text.count(was) == 1, f"the scaffold has changed: {name}"
        (project / name).write_text(text.replace(was, becomes))
    example = project / "actions" / "actions.py"
    lines = example.read_text().splitlines()
    begin = next(number for number, line in enumerate(lines) if "from typing" in line)
    example.write_text("\n".join(line.removeprefix("#").removeprefix(" ") for line in lines[begin:]) + "\n")


def _train(project: Path) -> None:
    made = subprocess.run(
        _rasa("train"),
        cwd=project,
        env=os.environ | QUIET,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if made.returncode or not any(project.glob("models/*.tar.gz")):
        raise SystemExit("the stock bot could not be trained:\n" + (made.stdout + made.stderr)[-2_000:])


def _rasa(*words: str) -> list[str]:
    return [sys.executable, "-m", "rasa", *words]
