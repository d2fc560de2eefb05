"""Ask Telegram for updates, again and again; nothing is confirmed before it is in the record.

https://core.telegram.org/bots/api#getupdates
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any, Final, Protocol

import structlog
from telegram.error import Conflict

from bot.channels.telegram import kinds
from bot.errors import ChannelError, RecordUnavailable, TryLater, UnreadablePayload

WAIT_S: Final = 25
"""How long Telegram holds a question to which there is no answer yet."""
FIRST_PAUSE_S: Final = 0.5
LONGEST_PAUSE_S: Final = 30.0
AT_LEAST_S: Final = 0.2
"""How long a question without an answer takes us, where a server does not hold it."""
log = structlog.get_logger(__name__)

Take = Callable[[dict[str, Any]], Awaitable[None]]
"""Write one update down; raises RecordUnavailable or TryLater when that is not possible now."""
Pause = Callable[[float], Awaitable[None]]


class Updates(Protocol):
    """Be the part of the Bot API that is needed here."""

    async def updates(self, offset: int | None, timeout_s: int, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """Wait for updates from ``offset`` on; all before it are confirmed."""


class Polling:
    """Fetch updates in order, one batch at a time; ``on_state`` hears whether Telegram answers."""

    def __init__(
        self, api: Updates, take: Take, on_state: Callable[[bool], None], *, pause: Pause = asyncio.sleep
    ) -> None:
        self._api, self._take, self._on_state, self._pause = api, take, on_state, pause
        self._offset: int | None = None
        self._failures = 0
        self._conflict_told = False

    async def run(self) -> None:
        """Poll until cancelled."""
        while True:
            batch = await self._fetch()
            if batch is not None:
                await self._take_all(batch)

    async def _fetch(self) -> list[dict[str, Any]] | None:
        """Return the next batch, or None after a pause when there is none to be had.

        After an empty answer everything is confirmed and the offset is forgotten: Telegram may begin a new count of ids
        after a silence, and an offset above the new ones would discard them all.
        """
        asked_at = monotonic()
        try:
            batch = await self._api.updates(self._offset, WAIT_S, kinds.READ)
        except Conflict:
            self._say_conflict()
            await self._back_off()
        except TryLater as error:
            await self._back_off(error.after.total_seconds())
        except ChannelError as error:
            log.warning("no updates", reason=str(error))
            await self._back_off()
        except Exception as error:  # the edge: whatever the network brings, the next question may be answered
            log.warning("no updates", reason=type(error).__name__)
            await self._back_off()
        else:
            self._on_state(True)
            self._failures, self._conflict_told = 0, False
            if not batch:
                self._offset = None
                if monotonic() - asked_at < AT_LEAST_S:
                    await self._pause(AT_LEAST_S)
            return batch
        return None

    async def _take_all(self, batch: list[dict[str, Any]]) -> None:
        """Write every update of a batch down, in order; only then may the next question confirm them."""
        confirmed = None
        for raw in batch:
            if await self._take_one(raw):
                confirmed = int(raw["update_id"]) + 1
        if confirmed is not None:
            self._offset = confirmed
        elif batch:
            await self._back_off()  # no update has an id that could be confirmed: all would come again at once

    async def _take_one(self, raw: dict[str, Any]) -> bool:
        """Write one update down, however long that takes; return whether its id can be confirmed."""
        failures = 0
        while True:
            try:
                await self._take(raw)
            except (RecordUnavailable, TryLater) as error:
                failures += 1
                log.error("update not written, trying again", reason=str(error))
                await self._pause(_pause_s(failures))
            except UnreadablePayload as error:
                log.error("update without a usable id", reason=str(error))
                return False
            else:
                return True

    async def _back_off(self, at_least_s: float = 0.0) -> None:
        self._on_state(False)
        self._failures += 1
        await self._pause(max(at_least_s, _pause_s(self._failures)))

    def _say_conflict(self) -> None:
        if not self._conflict_told:
            log.error(
                "Telegram refuses to be polled: a webhook is set, or another process polls with the same token",
                remedy="tingjian telegram delete-webhook, or stop the other process",
            )
        self._conflict_told = True


def _pause_s(failures: int) -> float:
    """Return a pause that doubles with every failure, with jitter so that many clients do not come back together."""
    longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(failures, 10))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - not a secret
