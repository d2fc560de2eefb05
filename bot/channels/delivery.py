"""Send the outbox: for each identity in order, for all of them side by side."""

import asyncio
from collections.abc import Callable
from random import SystemRandom
from typing import Final

import structlog

from bot.channels.bundles import Bundles
from bot.channels.notes import Notes, back_off
from bot.channels.registry import Courier, Planned, Registry
from bot.clock import Clock
from bot.domain.ids import IdentityId
from bot.domain.messages import Address, Outgoing
from bot.domain.reply_plan import Send
from bot.edge.lanes import Lanes, pause_until
from bot.edge.metrics import DELIVERIES
from bot.errors import Moved, TryLater, Undeliverable, Unreachable
from bot.failpoints import failpoint
from bot.services import delivery, planned
from bot.services.delivery import NothingToSend, SendLater
from bot.store.unit_of_work import Database

any_chance: Final = SystemRandom().random
log = structlog.get_logger(__name__)


class Sender:
    """Take pending messages one by one, give each to its channel, and note what became of it.

    Every identity has a lane of its own: one that has to wait for an hour keeps nobody waiting. A channel has at most
    ``at_once`` messages in its hands: should this process be killed, so many are in doubt.
    """

    def __init__(
        self, database: Database, channels: Registry, clock: Clock, *,
        resend: bool = False, chance: Callable[[], float] = any_chance,
    ) -> None:  # fmt: skip
        self._database, self._channels, self._clock = database, channels, clock
        self._resend, self._chance = resend, chance
        self._places: dict[str, asyncio.Semaphore] = {}
        self._notes = Notes(database)
        self._bundles = Bundles(database, self._notes, clock, chance)
        self._lanes: Lanes[IdentityId] = Lanes("delivery", self.step)
        self._stopping = False

    def wake(self, identity_id: IdentityId) -> None:
        """Look at an identity's outbox as soon as may be."""
        self._lanes.wake(identity_id)

    async def recover(self) -> None:
        """Sort out what the last process left half-sent; call it once, before anything is sent."""
        unknown = await self._database.write(delivery.recover, self._resend, self._clock())
        if unknown:
            log.warning("sends with unknown outcome", count=unknown, resend=self._resend)

    async def sweep(self) -> None:
        """Find every outbox that has something in it."""
        for identity_id in await self._database.read(lambda uow: uow.messages.identities_with_outgoing()):
            self.wake(identity_id)

    async def stop(self, within_s: float) -> None:
        """Finish the sends under way, start no other."""
        self._stopping = True
        await self._lanes.stop(within_s)

    async def step(self, identity_id: IdentityId) -> float | None:
        """Send one piece of a message, or everything where the reader fetches; return when to look again.

        The place in the channel's hands comes before the platform's leave to send: leave that is given is used at once,
        so that a channel which was stuck does not pour out in one gush what it was allowed while it stood still.
        """
        upcoming = await self._database.read(delivery.upcoming, identity_id, self._clock())
        if isinstance(upcoming, NothingToSend):
            return None
        to = upcoming.to
        counting = self._channels.planned(to.channel)
        if counting is not None:
            return await self._step_planned(to, counting)
        if upcoming.due_at is not None:
            return pause_until(upcoming.due_at, self._clock())
        courier = self._channels.courier(to.channel)
        if courier is None:
            return await self._next(identity_id, to.channel, None)
        async with self._place(courier):
            try:
                await courier.ready_for(to)
            except TryLater as error:
                return error.after.total_seconds()
            return None if self._stopping else await self._next(identity_id, to.channel, courier)

    async def _step_planned(self, to: Address, channel: Planned) -> float | None:
        """Do what the plan says; only a call needs a place and the platform's leave: a push that waits has given both."""
        due = await self._database.read(planned.look, to.identity_id, channel.terms(to), self._clock())
        if not isinstance(due, Send):
            return None if self._stopping else await self._bundles.next(to, channel)
        async with self._place(channel):
            try:
                await channel.ready_for(to)
            except TryLater as error:
                return error.after.total_seconds()
            return None if self._stopping else await self._bundles.next(to, channel)

    def _place(self, channel: Courier | Planned) -> asyncio.Semaphore:
        return self._places.setdefault(channel.name, asyncio.Semaphore(channel.at_once))

    async def _next(self, identity_id: IdentityId, channel: str, courier: Courier | None) -> float | None:
        """Take the next message and send it; only from here on is it in doubt."""
        is_fetched = channel in self._channels.fetched
        taken = await self._database.write(delivery.take_next, identity_id, is_fetched, self._clock())
        if isinstance(taken, NothingToSend):
            return None
        if isinstance(taken, SendLater):
            return pause_until(taken.due_at, self._clock())
        failpoint("front.before_send")
        outcome = await self._send(taken, courier)
        DELIVERIES.labels(channel, outcome).inc()
        return 0

    async def _send(self, outgoing: Outgoing, courier: Courier | None) -> str:
        """Give a piece to the platform and note what became of it; return the outcome's name, for counting."""
        message_id = outgoing.message_id
        try:
            if courier is None:
                raise Undeliverable("the channel is switched off")
            platform_id = await courier.send(outgoing)
        except TryLater as error:
            after = max(error.after, back_off(outgoing.attempt, self._chance()))
            await self._notes.write(delivery.refused_for_now, message_id, after, self._clock())
            return "later"
        except Moved as error:
            await self._notes.write(delivery.moved, message_id, error.external_id, self._clock())
            return "moved"
        except Undeliverable as error:
            is_gone = isinstance(error, Unreachable)
            await self._notes.write(delivery.failed, message_id, str(error)[:200], self._clock(), unreachable=is_gone)
            return "failed"
        except Exception as error:  # the edge: a platform broke off, and nobody knows whether it had taken the message
            log.error("send with unknown outcome", message_id=message_id, reason=type(error).__name__)
            await self._notes.write(delivery.unknown_outcome, message_id, self._clock())
            return "ambiguous"
        failpoint("front.after_send")
        is_last = outgoing.part + 1 >= courier.parts(outgoing)
        await self._notes.write(
            delivery.sent if is_last else delivery.part_sent, message_id, platform_id, self._clock()
        )
        return "sent"
