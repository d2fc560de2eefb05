"""Say where the parts find each other, and start one as a child process that does not outlive us."""

import asyncio
import ctypes
import hashlib
import hmac
import os
import signal
import socket
import sys
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from bot.errors import BadSetting
from bot.settings import Settings

REFUSED: Final = 2
"""Exit code of a part that does not start because its settings are wrong."""
FIRST_BRAIN_PORT: Final = 5015
_PR_SET_PDEATHSIG: Final = 1
_LIBC: Final = ctypes.CDLL(None)
"""Loaded before any fork: a child between fork and exec must not load libraries."""


def brain_token(settings: Settings) -> str:
    """Return what the front shows the brain: derived from the secret key, so that nobody has to configure it."""
    return hmac.new(settings.secret_key, b"brain", hashlib.sha256).hexdigest()


def brain_urls(settings: Settings) -> tuple[str, ...]:
    """Return where the brain's workers listen: BRAIN_URL, or one loopback port each."""
    if settings.brain_urls:
        return settings.brain_urls
    return tuple(f"http://127.0.0.1:{FIRST_BRAIN_PORT + i}" for i in range(settings.brain_workers))


def brain_ports(settings: Settings) -> list[int]:
    """Return the loopback ports that a brain started here must serve; raises BadSetting for another host."""
    parts = [urlsplit(url) for url in brain_urls(settings)]
    strangers = [part.hostname for part in parts if part.hostname not in ("127.0.0.1", "localhost", "::1")]
    if strangers:
        raise BadSetting("BRAIN_URL: a brain is served on loopback only")
    return [part.port or 80 for part in parts]


def free_ports(count: int) -> list[int]:
    """Return loopback ports that nobody uses at this moment."""
    doors = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    try:
        return [door.getsockname()[1] for door in doors]
    finally:
        for door in doors:
            door.close()


async def start(command: str, environment: Mapping[str, str]) -> asyncio.subprocess.Process:
    """Start ``tingjian <command>`` in a session of its own, so that a Ctrl-C reaches only us; we pass it on."""
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", command,
        env={**os.environ, **environment}, start_new_session=True, preexec_fn=die_with_parent,
    )  # fmt: skip


def die_with_parent() -> None:
    """Ask the kernel to kill this process when its parent dies, however it dies (Linux, prctl(2))."""
    _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
