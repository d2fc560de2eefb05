"""Serve the front until it is asked to stop."""

import asyncio
import contextlib
import gc
import signal
import socket
import sys
from typing import Final

import structlog
from aiohttp import web

from bot import front
from bot.channel_settings.telegram import STRONG_SECRET
from bot.errors import BadSetting
from bot.settings import STRONG_TOKEN, Settings

BACKLOG: Final = 1_024
SHUTDOWN_S: Final = 1.0
log = structlog.get_logger(__name__)


def serve_front(
    settings: Settings, brain_urls: tuple[str, ...], brain_token: str, channels: front.Channels = front.our_channels
) -> None:
    """Serve until SIGTERM or SIGINT: stop accepting, finish what is under way, close. Raises BadSetting."""
    asyncio.run(_serve(settings, front.build(settings, brain_urls, brain_token, channels=channels)))


async def _serve(settings: Settings, app: web.Application) -> None:
    if settings.has_weak_token:
        log.warning("TINGJIAN_API_TOKEN is short enough to be guessed", shortest=STRONG_TOKEN)
    if settings.telegram is not None and settings.telegram.has_weak_secret:
        log.warning("TELEGRAM_WEBHOOK_SECRET is short enough to be guessed", shortest=STRONG_SECRET)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    door = _open_door(settings)
    # Long-lived event streams would hold the shutdown: after a second they are closed, and resume elsewhere.
    # Nothing is unpacked unasked: compressed bodies are refused, and must not unfold while they are being refused.
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=SHUTDOWN_S, handle_signals=False, auto_decompress=False
    )
    await runner.setup()
    await web.SockSite(runner, door, backlog=BACKLOG).start()
    _settle_down()
    log.info("front ready", port=door.getsockname()[1])
    await stop.wait()
    with contextlib.suppress(asyncio.CancelledError):
        await runner.cleanup()
    log.info("front stopped")


def _settle_down() -> None:
    """Spare a busy front what costs milliseconds: looking for garbage among what lives for good, long turns of threads."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    sys.setswitchinterval(0.001)


def _open_door(settings: Settings) -> socket.socket:
    try:
        return socket.create_server((settings.host, settings.port), backlog=BACKLOG)
    except OSError as error:
        raise BadSetting(f"TINGJIAN_PORT: {settings.host}:{settings.port} is not free ({error.strerror})") from error
