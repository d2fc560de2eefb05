"""Wait for conditions, never for a time."""

import time
from collections.abc import Callable

import psutil
import requests

LOOK_EVERY_S = 0.1


def eventually(is_so: Callable[[], object], within: float, what: str = "it") -> None:
    """Ask again and again until it is so; fail after ``within`` seconds. A part that is down counts as "not yet"."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if is_so():
                return
        except (requests.RequestException, psutil.Error):
            pass
        time.sleep(LOOK_EVERY_S)
    raise AssertionError(f"{what} never became so within {within:.0f} s")
