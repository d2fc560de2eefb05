"""Note what became of a send, and say how long to wait after one that was refused."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Concatenate, Final, ParamSpec, TypeVar

import structlog

from bot.errors import RecordUnavailable
from bot.store.unit_of_work import Database, UnitOfWork

P = ParamSpec("P")
S = TypeVar("S")
FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=5)
JITTER: Final = 0.25
RECORD_PAUSE_S: Final = 1.0
log = structlog.get_logger(__name__)


class Notes:
    """Write into the record what nobody else knows."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def write(
        self, service: Callable[Concatenate[UnitOfWork, S, P], None], of: S, *args: P.args, **kwargs: P.kwargs
    ) -> None:
        """Write down what became of a message or a bundle, however long the record is away."""
        while True:
            try:
                return await self._database.write(service, of, *args, **kwargs)
            except RecordUnavailable as error:
                log.error("outcome of a send not yet written", reason=str(error))
                await asyncio.sleep(RECORD_PAUSE_S)


def back_off(attempt: int, chance: float) -> timedelta:
    """Return how long to wait after so many tries; ``chance`` from 0 to 1 keeps those who failed together apart."""
    pause = FIRST_PAUSE * 2.0 ** min(attempt - 1, 10)
    return min(pause * (1 - JITTER + 2 * JITTER * chance), LONGEST_PAUSE)
