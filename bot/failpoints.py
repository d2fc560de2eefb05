"""Die at a named point when a crash test asks for it, so that "nothing is lost" is shown and not hoped.

``TINGJIAN_FAILPOINT=brain.mid_turn:5`` kills the process with SIGKILL at every fifth passage of that point. Several names
are separated by commas. Without the variable a passage costs one dictionary look-up.
"""

import os
import signal
from collections import Counter
from typing import Final

VARIABLE: Final = "TINGJIAN_FAILPOINT"


def _armed(spec: str) -> dict[str, int]:
    """Read ``name:every,name:every``; a name alone means the first passage."""
    pairs = (part.strip().partition(":") for part in spec.split(",") if part.strip())
    return {name: max(1, int(every or 1)) for name, _, every in pairs}


_ARMED: Final = _armed(os.environ.get(VARIABLE, ""))
_passages: Counter[str] = Counter()


def failpoint(name: str) -> None:
    """Kill this process here if the environment armed ``name`` and its turn has come."""
    every = _ARMED.get(name)
    if every is None:
        return
    _passages[name] += 1
    if _passages[name] % every == 0:
        os.kill(os.getpid(), signal.SIGKILL)
