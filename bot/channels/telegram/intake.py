"""Take updates in: each is written down once, counted, and answered if it is a press on a button."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Any, Final

import structlog

from bot.channel_settings.telegram import TelegramSettings
from bot.channels.telegram import payload
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.farewells import Farewells
from bot.channels.telegram.groups import Ourselves
from bot.channels.telegram.overtaking import TAKING_S, Overtaking
from bot.channels.telegram.presses import Presses
from bot.channels.telegram.refusals import UnknownToken
from bot.channels.telegram.senders import CHANNEL
from bot.clock import Clock
from bot.domain.arrivals import Arrival, Unreadable
from bot.edge.metrics import FORGED, IGNORED, MESSAGES
from bot.errors import ChannelError, RecordUnavailable, TryLater, Undeliverable
from bot.services import arrivals
from bot.services.arrivals import Counted, Outcome, PressedBefore, PressedInVain, PutAside, Reached, Repeated
from bot.services.edits import Edited
from bot.services.messaging import Duplicate
from bot.store.unit_of_work import Database

NAME_WITHIN_S: Final = 5.0
REMEMBERED: Final = timedelta(minutes=10)
"""What came longer ago has been overtaken by nothing that is still under way."""
_WORDS: Final[dict[type[object], str]] = {
    Duplicate: "duplicate", Repeated: "duplicate", Edited: "edited", PressedBefore: "pressed in vain",
    PressedInVain: "pressed in vain", Reached: "reach", PutAside: "put aside",
}  # fmt: skip
"""How outcomes are counted; all others are messages that were accepted."""
log = structlog.get_logger(__name__)


class Intake:
    """Write updates down, in whatever order and however often they come."""

    def __init__(self, settings: TelegramSettings, api: TelegramApi, database: Database, clock: Clock) -> None:
        self._api, self._database, self._clock = api, database, clock
        self._is_polled = settings.mode == "polling"
        self._account = settings.account
        self._overtaking = Overtaking()
        self._remembers = asyncio.Lock()
        self._has_remembered = self._is_polled  # what is polled comes in its order
        self._farewells = Farewells()
        self._presses = Presses(api, database)
        bot_id = int(settings.account) if settings.account != "bot" else None
        self._ourselves = Ourselves(settings.account, bot_id=bot_id)

    async def take(self, raw: dict[str, Any]) -> None:
        """Write one update down; a press is answered afterwards, in the background.

        Raises UnreadablePayload for what is no update, RecordUnavailable and TryLater for what may come again.
        """
        await self.remember()
        arrival = self._farewells.checked(payload.parse(raw, await self._ourselves_for(raw)))
        update_id = int(arrival.key)
        self._overtaking.arrived(update_id, monotonic())
        try:
            outcome = await self._write_down(raw, arrival)
        except BaseException:
            self._overtaking.lost(update_id, monotonic())
            raise
        self._overtaking.taken(update_id)
        _count(outcome)
        self._presses.answer(raw, arrival, outcome)

    async def remember(self) -> None:
        """Look once at what came before this process began; raises RecordUnavailable."""
        async with self._remembers:
            if not self._has_remembered:
                since = self._clock() - REMEMBERED
                keys = await self._database.read(arrivals.known_since, CHANNEL, self._account, since)
                self._overtaking.recall(map(int, keys), monotonic())
                self._has_remembered = True

    def settling(self, age_s: float) -> float:
        """Return how long an update that is earlier than a message of that age may still be under way."""
        return self._overtaking.settling(monotonic(), age_s) if self._has_remembered else TAKING_S

    async def learn_name(self) -> None:
        """Ask Telegram who we are; raises TryLater."""
        me = await self._api.me()
        self._ourselves = replace(self._ourselves, username=me.username, bot_id=me.id)

    async def close(self) -> None:
        """Finish the answers to presses."""
        await self._presses.close()

    async def _write_down(self, raw: dict[str, Any], arrival: Arrival) -> Outcome:
        """Write an arrival down; a repetition is recognised by reading alone, what cannot be kept is put aside."""
        before = await self._database.read(arrivals.known, arrival.channel, arrival.account, arrival.key)
        if before is not None:
            return Repeated(same=before == arrival.digest)
        try:
            return await self._database.write_first(arrivals.take, arrival, self._clock())
        except RecordUnavailable:
            raise
        except Exception as error:  # the edge: one update that we cannot deal with must not come back for ever
            log.error("update not taken, put aside", reason=type(error).__name__)
            unread = replace(arrival, content=Unreadable(payload.canonical(raw), type(error).__name__))
            return await self._database.write(arrivals.take, unread, self._clock())

    async def _ourselves_for(self, raw: dict[str, Any]) -> Ourselves:
        """Return who we are; in a group one has to know one's own name, and only Telegram can tell it.

        A server that gives updates and never a name must not be held up by them: there a group is heard without.
        """
        if self._ourselves.username is None and payload.is_from_group(raw):
            try:
                async with asyncio.timeout(NAME_WITHIN_S):
                    await self.learn_name()
            except (TimeoutError, ChannelError) as error:
                if not (self._is_polled and isinstance(error, UnknownToken | Undeliverable)):
                    raise TryLater("Telegram has not told our name yet") from None
                log.warning("this server does not tell our name", reason=str(error))
        return self._ourselves


def _count(outcome: Outcome) -> None:
    """Count what became of a delivery; one that came again with other words is an alarm."""
    if isinstance(outcome, Counted):
        IGNORED.labels(CHANNEL, outcome.kind).inc()
        return
    if isinstance(outcome, Repeated) and not outcome.same:
        log.error("an update came again under its id with other words; the first one stands")
        FORGED.labels(CHANNEL).inc()
    MESSAGES.labels(CHANNEL, _WORDS.get(type(outcome), "accepted")).inc()
