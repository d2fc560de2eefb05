"""Respect who has a session: take new ones for the bot, be silent where a servicer has it, pass on who waits for one.

https://developer.work.weixin.qq.com/document/path/94669
"""

from collections.abc import Sequence
from datetime import timedelta
from time import monotonic
from typing import Final, Protocol

import structlog

from bot.channels.wecom.api import State
from bot.channels.wecom.payload import CHANNEL
from bot.clock import Clock
from bot.domain.arrivals import Session
from bot.domain.ids import ConversationId
from bot.domain.messages import Address
from bot.edge.feed import Feed
from bot.errors import ChannelError, RecordUnavailable, TryLater, Undeliverable, WindowClosed
from bot.services import elsewhere
from bot.services.elsewhere import Waiting
from bot.store.unit_of_work import Database

AT_LEAST: Final = timedelta(seconds=2)
LOOK_EVERY_S: Final = 2.0
TRY_AGAIN_S: Final = 60.0
log = structlog.get_logger(__name__)


class Desk(Protocol):
    """Be the part of the API that is needed here."""

    async def state(self, account: str, external_id: str) -> State:
        """Return who has the session."""

    async def pass_to(self, account: str, external_id: str, state: State, servicer: str | None = None) -> None:
        """Pass the session on."""


class Sessions:
    """Look at a session just before something is said in it."""

    def __init__(self, desk: Desk, database: Database, clock: Clock) -> None:
        self._desk, self._database, self._clock = desk, database, clock

    async def enter(self, to: Address) -> None:
        """Take a new session for the bot; note it in the record where people in the WeCom client have it, or soon will.

        The bot's words are withheld then. Raises TryLater when WeCom does not say how things stand.
        """
        try:
            if await self._look(to) is State.NEW:
                await self._desk.pass_to(to.account, to.external_id, State.BOT)
        except TryLater as error:
            raise TryLater(str(error), max(error.after, AT_LEAST)) from None
        except Undeliverable as error:  # somebody was faster than we: look again
            raise TryLater(str(error), AT_LEAST) from None

    async def follow_ends(self, account: str, external_ids: Sequence[str]) -> None:
        """Give back to the bot whom no servicer has any more, before what they wrote is taken.

        WeCom tells that a session ended, but nowhere promises to tell it of one that merely ran out after 48 hours. Where it does
        not say how things stand, everything stays as it is.
        """
        for external_id in await self._database.read(elsewhere.held, CHANNEL, account, external_ids):
            try:
                state = await self._desk.state(account, external_id)
            except ChannelError as error:
                log.warning("session not looked at", reason=str(error))
                return
            if state not in (State.POOL, State.PERSON):
                over = Session(external_id, with_person=False)
                await self._database.write(elsewhere.follow, CHANNEL, account, over, self._clock())

    async def refused(self, to: Address, refusal: Undeliverable) -> ChannelError:
        """Return what it means that nothing may be said in a session: an ended one is opened again by the customer's next word.

        Where a servicer has it, the bot is silent from now on and the refusal stands.
        """
        state = await self._look(to)
        if state is State.ENDED:
            return WindowClosed(str(refusal))
        return refusal if state in (State.POOL, State.PERSON) else TryLater(str(refusal), AT_LEAST)

    async def _look(self, to: Address) -> State:
        state = await self._desk.state(to.account, to.external_id)
        if state is State.PERSON:
            await self._database.write(elsewhere.taken_over, to.identity_id, self._clock())
        elif state is State.POOL:
            await self._database.write(elsewhere.awaited, to.identity_id, self._clock())
        return state


class Passing:
    """Pass who waits for a person on to the servicers in the WeCom client; where that fails, our desk has them."""

    def __init__(self, desk: Desk, database: Database, clock: Clock, feed: Feed, servicer: str | None) -> None:
        self._desk, self._database, self._clock, self._feed = desk, database, clock, feed
        self._servicer = servicer
        self._not_before: dict[ConversationId, float] = {}

    async def run(self) -> None:
        """Pass on whoever is waiting, until cancelled."""
        with self._feed.listen() as lines:
            while True:
                await self._pass_all()
                line = await lines.next(LOOK_EVERY_S)
                while line is not None and line.kind not in ("owner", "message"):
                    line = await lines.next(LOOK_EVERY_S)
                if lines.overflowed:
                    lines.resume()

    async def _pass_all(self) -> None:
        try:
            waiting = await self._database.read(elsewhere.to_be_passed_on, CHANNEL)
            here = {one.conversation_id for one in waiting}
            self._not_before = {one: due for one, due in self._not_before.items() if one in here}
            for one in waiting:
                if monotonic() >= self._not_before.get(one.conversation_id, 0.0):
                    await self._pass(one)
        except RecordUnavailable as error:
            log.error("nobody passed on", reason=str(error))

    async def _pass(self, waiting: Waiting) -> None:
        """Pass one on: to the servicer whom we were told, else to the pool, where our desk still sees them wait."""
        self._not_before[waiting.conversation_id] = monotonic() + TRY_AGAIN_S
        try:
            state = await self._desk.state(waiting.to.account, waiting.to.external_id)
            if state in (State.NEW, State.BOT):
                state = await self._moved(waiting.to)
        except ChannelError as error:
            log.error("customer not passed on: our desk has them", reason=str(error))
            return
        if state is State.PERSON:
            await self._database.write(elsewhere.passed_on, waiting.conversation_id, self._clock())

    async def _moved(self, to: Address) -> State:
        """Pass a session on and return where it is now."""
        if self._servicer is not None and await self._is_taken_by(self._servicer, to):
            return State.PERSON
        await self._desk.pass_to(to.account, to.external_id, State.POOL)
        return State.POOL

    async def _is_taken_by(self, servicer: str, to: Address) -> bool:
        try:
            await self._desk.pass_to(to.account, to.external_id, State.PERSON, servicer)
        except Undeliverable as error:
            log.warning("servicer not there, trying the pool", reason=str(error))
            return False
        return True
