"""Have every account of the company read, each by one puller; those that are new join without a restart."""

import asyncio
from collections.abc import Callable
from typing import Final, Protocol

import structlog

from bot.channels.wecom.api import Account
from bot.channels.wecom.payload import CHANNEL
from bot.channels.wecom.sync import Puller
from bot.errors import BotError
from bot.store.unit_of_work import Database

ASK_AGAIN_S: Final = 600.0
AFTER_TROUBLE_S: Final = 10.0
log = structlog.get_logger(__name__)


class Directory(Protocol):
    """Be the part of the API that is needed here."""

    async def accounts(self) -> list[Account]:
        """Return the accounts that we may serve."""


class Accounts:
    """Know the accounts: those that WeCom lists, those that were read before, those that a callback names."""

    def __init__(self, directory: Directory, database: Database, puller_of: Callable[[str], Puller]) -> None:
        self._directory, self._database, self._puller_of = directory, database, puller_of
        self._pullers: dict[str, Puller] = {}
        self._announced: dict[str, str | None] = {}
        self._news = asyncio.Event()

    def wake(self, account: str, callback_token: str | None) -> None:
        """Have an account pulled now; one that we do not know is looked for first."""
        if (puller := self._pullers.get(account)) is not None:
            puller.wake(callback_token)
        else:
            self._announced[account] = callback_token
            self._news.set()

    async def run(self) -> None:
        """Read all accounts until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            for account in await self._database.read(lambda uow: uow.cursors.accounts(CHANNEL)):
                self._begin(tasks, account)
            while True:
                self._news.clear()
                again_in_s = await self._look(tasks)
                try:
                    async with asyncio.timeout(again_in_s):
                        await self._news.wait()
                except TimeoutError:
                    continue

    async def _look(self, tasks: asyncio.TaskGroup) -> float:
        """Begin to read what WeCom lists and we do not read yet; return the seconds until the next look."""
        try:
            listed = await self._directory.accounts()
        except BotError as error:
            log.warning("accounts not listed", reason=str(error))
            return AFTER_TROUBLE_S
        for account in listed:
            self._begin(tasks, account.id)
        # A callback for an account that is not listed was meant for another application of the company.
        self._announced.clear()
        return ASK_AGAIN_S

    def _begin(self, tasks: asyncio.TaskGroup, account: str) -> None:
        if account in self._pullers:
            return
        puller = self._pullers[account] = self._puller_of(account)
        puller.wake(self._announced.pop(account, None))
        tasks.create_task(puller.run())
