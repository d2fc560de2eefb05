"""Go wrong at a named point when a crash test asks for it, so that "nothing is lost" is shown and not hoped.

``TINGJIAN_FAILPOINT=brain.mid_turn:5`` kills the process with SIGKILL at every fifth passage of that point. ``=hang`` or
``=raise`` after the name asks for another trouble than death, ``@word`` lets only messages with that word count:
``brain.read=hang@stone``. Several points are separated by commas. Without the variable a passage costs one look-up.
"""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

VARIABLE: Final = "TINGJIAN_FAILPOINT"
HANG_S: Final = 60.0
_POINT: Final = re.compile(r"(?P<name>[\w.]+)(=(?P<deed>kill|hang|raise))?(:(?P<every>\d+))?(@(?P<word>.+))?")


@dataclass
class _Point:
    """Be one armed point and count its passages."""

    deed: str
    every: int
    word: str
    passages: int = 0

    def pass_by(self, text: str) -> None:
        if self.word not in text:
            return
        self.passages += 1
        if self.passages % self.every == 0:
            _go_wrong(self.deed)


def _armed(spec: str) -> dict[str, list[_Point]]:
    """Read the variable; a name alone means death at the first passage."""
    points: dict[str, list[_Point]] = {}
    for part in filter(None, map(str.strip, spec.split(","))):
        found = _POINT.fullmatch(part)
        if found is None:
            raise ValueError(f"{VARIABLE}: {part} is not name[=deed][:every][@word]")
        point = _Point(found["deed"] or "kill", max(1, int(found["every"] or 1)), found["word"] or "")
        points.setdefault(found["name"], []).append(point)
    return points


def _go_wrong(deed: str) -> None:
    if deed == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif deed == "hang":
        time.sleep(HANG_S)
    else:
        raise RuntimeError("failpoint")


_ARMED: Final = _armed(os.environ.get(VARIABLE, ""))


@contextmanager
def disarmed() -> Iterator[None]:
    """Let every point be passed unharmed and uncounted inside this block: a rehearsal is not the play."""
    armed = dict(_ARMED)
    _ARMED.clear()
    try:
        yield
    finally:
        _ARMED.update(armed)


def failpoint(name: str, text: str = "") -> None:
    """Go wrong here if the environment armed ``name`` and its turn has come; ``text`` is what this passage is about."""
    for point in _ARMED.get(name, ()):
        point.pass_by(text)
