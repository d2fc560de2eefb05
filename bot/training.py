"""Train a model when the training material changed, and only then.

The material's fingerprint lies beside each model. Training runs in a process of its own: this module imports no Rasa, so
that the command line stays quick when there is nothing to do.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bot import processes
from bot.errors import BotError

KEPT_MODELS: Final = 2
_MATERIAL: Final = (
    "config.yml", "domain.yml", "domain/**/*.yml", "data/**/*.yml", "bot/brain/nlu/**/*.py",
    # What the model is told by the rules beside the words (bot/brain/nlu/cues.py).
    "bot/domain/hearing*.py", "bot/domain/grievance*.py", "bot/domain/escape.py", "bot/domain/sentiment.py",
)  # fmt: skip
_NOT_LEARNED: Final = "data/faq/**/*.yml"
"""Answers are looked up, not learned: a new one needs no training."""
_STEP: Final = re.compile(r"Starting to train component '(\w+)'")
_NAME: Final = "%Y%m%d-%H%M%S"


class TrainingFailed(BotError):
    """Report a training that ended without a model; the text holds the last lines it printed."""


def fingerprint(root: Path) -> str:
    """Return a digest of everything a model depends on: two equal ones need no second training."""
    digest = hashlib.sha256(version("rasa").encode())
    material = {path for pattern in _MATERIAL for path in root.glob(pattern) if path.is_file()}
    files = sorted(material.difference(root.glob(_NOT_LEARNED)))
    for path in files:
        digest.update(f"\0{path.relative_to(root)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def train_if_needed(root: Path, models: Path, say: Callable[[str], None] = print) -> Path:
    """Return a model for the present material, trained now unless it exists. Raises ``TrainingFailed``."""
    models.mkdir(parents=True, exist_ok=True)
    with _one_at_a_time(models):
        wanted = fingerprint(root)
        model = _trained(models, wanted)
        if model is None:
            model = _train(root, models, wanted, say)
            _forget_old(models)
        else:
            # The brain serves the newest file: an older model that fits again becomes the newest.
            os.utime(model)
        return model


def _trained(models: Path, wanted: str) -> Path | None:
    for note in models.glob("*.fingerprint"):
        model = note.with_suffix(".tar.gz")
        if note.read_text().strip() == wanted and model.exists():
            return model
    return None


def _train(root: Path, models: Path, wanted: str, say: Callable[[str], None]) -> Path:
    started_at = time.monotonic()
    say("The training material is new: training the model, eight minutes or so …")
    # We hold the lock: whatever lies here was left by a training that was killed.
    for left in models.glob(".training-*"):
        shutil.rmtree(left, ignore_errors=True)
    # On the same file system as ``models``, so that the finished model appears in one step or not at all.
    with tempfile.TemporaryDirectory(dir=models, prefix=".training-") as workshop:
        made = _run_training(root, Path(workshop), say)
        model = models / f"{time.strftime(_NAME)}-{wanted[:8]}.tar.gz"
        note = Path(workshop) / "fingerprint"
        note.write_text(wanted + "\n")
        note.replace(model.with_name(model.name.removesuffix(".tar.gz") + ".fingerprint"))
        made.replace(model)
    say(f"Trained in {time.monotonic() - started_at:.0f} s: {model.name}")
    return model


def _run_training(root: Path, workshop: Path, say: Callable[[str], None]) -> Path:
    command = [sys.executable, "-m", "bot.brain.train", "model", str(workshop)]
    environment = os.environ | {"RASA_CACHE_DIRECTORY": str(workshop / "cache"), "PYTHONUNBUFFERED": "1"}
    tail: list[str] = []
    with subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        preexec_fn=processes.die_with_parent,
    ) as child:
        for line in child.stdout or ():
            tail = [*tail[-19:], line.rstrip()]
            if step := _STEP.search(line):
                say(f"  {step.group(1)}")
    model = workshop / "model.tar.gz"
    if child.returncode or not model.exists():
        raise TrainingFailed("the training failed:\n" + "\n".join(tail))
    return model


def _forget_old(models: Path) -> None:
    """Keep the newest models; the last but one is there to go back to."""
    found = sorted(models.glob("*.fingerprint"), key=lambda note: note.stat().st_mtime, reverse=True)
    for note in found[KEPT_MODELS:]:
        note.with_suffix(".tar.gz").unlink(missing_ok=True)
        note.unlink()


@contextmanager
def _one_at_a_time(models: Path) -> Iterator[None]:
    """Hold a lock on the models folder: a second start waits and then finds the model trained."""
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
