"""Greet who opens the chat, and take leave of whom a servicer has let go, by the codes that WeCom gives along with the news.

A code is good for 20 seconds and one message, which counts against nothing.
https://developer.work.weixin.qq.com/document/path/95122
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

import structlog

from bot.channels.tencent.refusals import Unanswered
from bot.channels.wecom.payload import CHANNEL
from bot.clock import Clock
from bot.domain.arrivals import Arrival, Entry, Session
from bot.errors import BotError, ChannelError
from bot.services import greetings
from bot.services.arrivals import Entered, Outcome
from bot.services.elsewhere import Passed
from bot.store.unit_of_work import Database, UnitOfWork
from bot.words import say

LASTS: Final = timedelta(seconds=20)
MARGIN: Final = timedelta(seconds=2)
log = structlog.get_logger(__name__)

Note = Callable[[UnitOfWork, str, str, str, str, datetime], None]
"""Write down what was said: on which channel and account, to whom, in which words, when."""


class Speaker(Protocol):
    """Be the part of the API that is needed here."""

    async def speak(self, code: str, text: str) -> None:
        """Say one thing by a code."""


@dataclass(frozen=True)
class _Occasion:
    external_id: str
    code: str
    at: datetime
    msgid: str
    note: Note


class Greeter:
    """Speak in the background, so that no customer's message waits; what would come too late is left unsaid."""

    def __init__(self, speaker: Speaker, database: Database, clock: Clock) -> None:
        self._speaker, self._database, self._clock = speaker, database, clock
        self._tasks: set[asyncio.Task[None]] = set()

    def follow(self, arrival: Arrival, outcome: Outcome) -> None:
        """Speak if a customer has just come in, or was just let go; a repetition of the news has another outcome."""
        occasion = _occasion(arrival, outcome)
        if occasion is None:
            return
        if self._clock() > occasion.at + LASTS - MARGIN:
            log.info("too late to greet", words=occasion.msgid)
            return
        task = asyncio.create_task(self._speak(arrival.account, occasion))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _speak(self, account: str, on: _Occasion) -> None:
        try:
            language = await self._database.read(greetings.language_for, CHANNEL, account, on.external_id)
            words = say(language, on.msgid)
            await self._speaker.speak(on.code, words)
            await self._database.write(on.note, CHANNEL, account, on.external_id, words, self._clock())
        except (ChannelError, Unanswered) as error:
            log.warning("not greeted", words=on.msgid, reason=str(error))
        except BotError as error:
            log.error("greeting not written down", words=on.msgid, reason=str(error))


def _occasion(arrival: Arrival, outcome: Outcome) -> _Occasion | None:
    news = arrival.content
    if isinstance(outcome, Entered) and isinstance(news, Entry) and news.code is not None:
        return _Occasion(news.external_id, news.code, news.at, "greet", greetings.note_greeting)
    if not isinstance(news, Session) or news.code is None or news.at is None:
        return None
    if isinstance(outcome, Passed) and outcome.is_news and not outcome.with_person:
        return _Occasion(news.external_id, news.code, news.at, "handed-back", greetings.note_leave)
    return None
