"""Answer every press on a button, whatever became of it: until then the customer's app shows that it is waiting.

It happens beside the delivery and never delays its acknowledgement. https://core.telegram.org/bots/api#answercallbackquery
"""

import asyncio
from typing import Any, Final, Protocol

import structlog

from bot.channels.telegram import payload
from bot.domain.arrivals import Arrival, Press
from bot.domain.language import Language
from bot.domain.messages import Incoming
from bot.services.arrivals import Outcome, Pressed, PressedBefore, PressedInVain
from bot.store.unit_of_work import Database, UnitOfWork
from bot.words import say

AT_ONCE: Final = 8
log = structlog.get_logger(__name__)


class Answering(Protocol):
    """Be the part of the Bot API that is needed here."""

    async def answer_press(self, press_id: str, words: str | None) -> None:
        """Tell the customer's app that the press has arrived."""

    async def remove_buttons(self, external_id: str, platform_id: str) -> None:
        """Take the buttons away from under a message."""


class Presses:
    """Answer presses in the background, a few at a time so that messages still find a free connection."""

    def __init__(self, api: Answering, database: Database) -> None:
        self._api, self._database = api, database
        self._free = asyncio.Semaphore(AT_ONCE)
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, raw: dict[str, Any], arrival: Arrival, outcome: Outcome) -> None:
        """Answer the press of an update, if it is one; returns at once."""
        press_id = payload.press_id(raw)
        if press_id is None:
            return
        task = asyncio.create_task(self._answer(press_id, arrival, outcome))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self, within_s: float = 1.0) -> None:
        """Let those under way finish, but not for long."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=within_s)
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, press_id: str, arrival: Arrival, outcome: Outcome) -> None:
        try:
            async with self._free:
                await self._api.answer_press(press_id, await self._words(arrival, outcome))
                by = arrival.content.incoming if isinstance(arrival.content, Press) else None
                if isinstance(outcome, Pressed | PressedBefore) and by is not None and by.reply_to is not None:
                    await self._api.remove_buttons(by.external_id, by.reply_to)
        except Exception as error:  # the edge: the press is in the record, and nobody waits for this
            log.warning("press not answered", reason=type(error).__name__)

    async def _words(self, arrival: Arrival, outcome: Outcome) -> str | None:
        """Return what the customer reads for a moment; None where there is nothing to say, as for a repetition."""
        if isinstance(outcome, Pressed):
            return outcome.title
        if not isinstance(arrival.content, Press) or not isinstance(outcome, PressedBefore | PressedInVain):
            return None
        language = await self._database.read(_language_of, arrival.content.incoming)
        return say(language, "button-chosen-before" if isinstance(outcome, PressedBefore) else "button-of-no-use")


def _language_of(uow: UnitOfWork, by: Incoming) -> Language:
    """Return the language in which we talk with this customer; a stranger's app tells theirs."""
    identity = uow.customers.known_as(by.channel, by.account, by.external_id)
    customer = uow.customers.get(identity.customer_id) if identity is not None else None
    return customer.language if customer is not None else by.language_hint or "en"
