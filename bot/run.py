"""Start the whole house with one command, keep it running, and stop it cleanly."""

import asyncio
import contextlib
import os
import secrets
import signal
from typing import Final

import click
import structlog

from bot import demo, processes
from bot.clock import utc_now
from bot.domain.users import Role
from bot.services import users
from bot.settings import Settings
from bot.store.migrate import migrate
from bot.store.unit_of_work import Database

DRAIN_S: Final = 9.0
RESTART_AFTER_S: Final = 1.0
DEMO_USERS: Final = {
    "anna": ("Anna", Role.AGENT),
    "bo": ("Bo", Role.AGENT),
    "mei": ("Mei", Role.MARKETER),
    "root": ("Root", Role.ADMIN),
}
log = structlog.get_logger(__name__)


async def run_everything(settings: Settings) -> int:
    """Run until a signal; return the exit code.

    The front comes up first and takes messages while the model is still being trained or loaded: they are answered
    when the brain is ready.
    """
    await asyncio.to_thread(migrate, settings.database_url)
    if settings.demo:
        await asyncio.to_thread(_furnish, settings)
    ports = processes.free_ports(settings.brain_workers)
    urls = settings.brain_urls or tuple(f"http://127.0.0.1:{port}" for port in ports)
    environment = {"BRAIN_URL": ",".join(urls), "BRAIN_WORKERS": str(settings.brain_workers)}
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    _greet(settings)
    parts = [asyncio.create_task(_keep_running("front", environment, stop))]
    if not settings.brain_urls:
        parts.append(asyncio.create_task(_learn_and_think(environment, stop)))
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait((*parts, stopping), return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    codes = await asyncio.gather(*parts, return_exceptions=True)
    for outcome in codes:
        if isinstance(outcome, BaseException):
            raise outcome
    return max(code for code in codes if isinstance(code, int))


async def _learn_and_think(environment: dict[str, str], stop: asyncio.Event) -> int:
    """Train if needed, then keep the brain running.

    The training is a process of its own: a thread cannot be ended, and whoever stops us does not wait a minute for it.
    """
    training = await processes.start("train", {"PYTHONUNBUFFERED": "1"})
    await _ended_or_asked_to(training, stop)
    if stop.is_set():
        return await _end(training)
    return abs(training.returncode or 0) or await _keep_running("brain", environment, stop)


async def _keep_running(command: str, environment: dict[str, str], stop: asyncio.Event) -> int:
    """Keep one part running until we stop; a part that refuses its settings ends us too."""
    while True:
        process = await processes.start(command, environment)
        await _ended_or_asked_to(process, stop)
        if stop.is_set():
            return await _end(process)
        if process.returncode == processes.REFUSED:
            return processes.REFUSED
        log.error("part ended, starting it again", part=command, code=process.returncode)
        await asyncio.sleep(RESTART_AFTER_S)


async def _ended_or_asked_to(process: asyncio.subprocess.Process, stop: asyncio.Event) -> None:
    """Wait until a part has ended or we are to stop."""
    waits = [asyncio.create_task(process.wait()), asyncio.create_task(stop.wait())]
    _, pending = await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    for wait in pending:
        wait.cancel()


async def _end(process: asyncio.subprocess.Process) -> int:
    """Ask a part to stop and give it time to drain; kill it after that.

    A part that was still starting has no ear for the signal and simply dies of it: that is an orderly end, too.
    """
    with contextlib.suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(DRAIN_S):
            code = await process.wait()
    except TimeoutError:
        log.error("part did not stop in time")
        process.kill()
        return 1
    return 0 if code == -signal.SIGTERM else abs(code)


def _furnish(settings: Settings) -> None:
    """Put the demo shop and, once, demo users with random passwords into the database."""
    database = Database(settings.database_url)
    try:
        database.perform(demo.seed, utc_now())
        with database.reading() as uow:
            furnished = bool(uow.users.all())
        if furnished:
            return
        click.echo("Demo users of the desk (shown once):")
        for name, (display_name, role) in DEMO_USERS.items():
            password = secrets.token_urlsafe(9)
            database.perform(users.add_user, name, display_name, role, users.hash_password(password), utc_now())
            click.echo(f"  {role.value:<9} {name:<6} {password}")
    finally:
        database.close()


def _greet(settings: Settings) -> None:
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    click.echo(f"Web chat  {address}/\nDesk      {address}/desk/")
    if settings.telegram is not None:
        click.echo(f"Telegram  by {settings.telegram.mode}; who and how: tingjian telegram check")
    click.echo(f"Stop with Ctrl-C. Process {os.getpid()}.")
