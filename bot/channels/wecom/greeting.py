"""Greet who opens the chat, by the code that WeCom gives along with the news: within 20 seconds, and once.

https://developer.work.weixin.qq.com/document/path/95122
"""

import asyncio
from datetime import timedelta
from typing import Final, Protocol

import structlog

from bot.channels.tencent.refusals import Unanswered
from bot.channels.wecom.payload import CHANNEL
from bot.clock import Clock
from bot.domain.arrivals import Arrival, Entry
from bot.errors import BotError, ChannelError
from bot.services import greetings
from bot.services.arrivals import Entered, Outcome
from bot.store.unit_of_work import Database
from bot.words import say

LASTS: Final = timedelta(seconds=20)
MARGIN: Final = timedelta(seconds=2)
log = structlog.get_logger(__name__)


class Speaker(Protocol):
    """Be the part of the API that is needed here."""

    async def greet(self, code: str, text: str) -> None:
        """Say one thing by a code."""


class Greeter:
    """Greet in the background, so that no customer's message waits; a greeting that comes too late is left out."""

    def __init__(self, speaker: Speaker, database: Database, clock: Clock) -> None:
        self._speaker, self._database, self._clock = speaker, database, clock
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, arrival: Arrival, outcome: Outcome) -> None:
        """Greet if a customer has just come in; a repetition of the news has another outcome."""
        entry = arrival.content
        if not isinstance(outcome, Entered) or not isinstance(entry, Entry) or entry.code is None:
            return
        if self._clock() > entry.at + LASTS - MARGIN:
            log.info("too late to greet")
            return
        task = asyncio.create_task(self._greet(arrival.account, entry.external_id, entry.code))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _greet(self, account: str, external_id: str, code: str) -> None:
        try:
            language = await self._database.read(greetings.language_for, CHANNEL, account, external_id)
            words = say(language, "greet")
            await self._speaker.greet(code, words)
            await self._database.write(greetings.note_greeting, CHANNEL, account, external_id, words, self._clock())
        except (ChannelError, Unanswered) as error:
            log.warning("not greeted", reason=str(error))
        except BotError as error:
            log.error("greeting not written down", reason=str(error))
