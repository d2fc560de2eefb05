"""Be one brain worker: a process forked from the supervisor with the model already in memory."""

import asyncio
import ctypes
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NoReturn

import structlog
from aiohttp import web

from bot.brain.agent import BrainAgent
from bot.brain.app import brain_app
from bot.brain.failure import report

HEARTBEAT_SECONDS: Final = 0.5
DRAIN_SECONDS: Final = 4.0
_PR_SET_PDEATHSIG: Final = 1

log = structlog.get_logger("bot.brain")


@dataclass(frozen=True)
class Post:
    """Say where a worker stands: its listening socket, the pipe it beats on, and the pipe that ends with its parent."""

    door: socket.socket
    heartbeat: int
    lifeline: int
    parent: int


def serve(agent: BrainAgent, post: Post, database_url: str, token: str) -> NoReturn:
    """Serve until told to stop or until the supervisor is gone; never return into the supervisor's code."""
    code = 1
    try:
        _die_with(post.parent)
        # The supervisor decides when to stop: Ctrl-C reaches the whole group at once.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        asyncio.run(_serve(agent, post, database_url, token))
        code = 0
    except BaseException as error:
        report("brain.worker_failed", error)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _die_with(parent: int) -> None:
    """Let the kernel kill this process when the supervisor dies, however it dies."""
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


async def _serve(agent: BrainAgent, post: Post, database_url: str, token: str) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, stop.set)
    loop.add_reader(post.lifeline, stop.set)
    store = agent.open_profile(database_url)
    runner = web.AppRunner(brain_app(agent, store, token), access_log=None, shutdown_timeout=DRAIN_SECONDS)
    await runner.setup()
    await web.SockSite(runner, post.door).start()
    _beat(loop, post.heartbeat, stop.set)
    log.info("brain.worker_ready", port=post.door.getsockname()[1], pid=os.getpid())
    await stop.wait()
    await runner.cleanup()


def _beat(loop: asyncio.AbstractEventLoop, pipe: int, give_up: Callable[[], None]) -> None:
    """Write a byte twice a second from the event loop: silence means that the loop hangs."""
    try:
        os.write(pipe, b".")
    except BlockingIOError:
        pass
    except OSError:
        give_up()
    loop.call_later(HEARTBEAT_SECONDS, _beat, loop, pipe, give_up)
