"""Send the outbox: for each identity in order, for all of them side by side."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Concatenate, Final, ParamSpec

import structlog

from bot.channels.registry import Courier, Registry
from bot.clock import Clock
from bot.domain.ids import IdentityId, MessageId
from bot.domain.messages import Outgoing
from bot.edge.lanes import Lanes
from bot.edge.metrics import DELIVERIES
from bot.errors import Moved, RecordUnavailable, TryLater, Undeliverable, Unreachable
from bot.failpoints import failpoint
from bot.services import delivery
from bot.services.delivery import NothingToSend, SendLater
from bot.store.unit_of_work import Database, UnitOfWork

P = ParamSpec("P")
FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=5)
JITTER: Final = 0.25
RECORD_PAUSE_S: Final = 1.0
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
        if isinstance(upcoming, SendLater):
            return self._until(upcoming.due_at)
        to = upcoming.to
        courier = self._channels.courier(to.channel)
        if courier is None:
            return await self._next(identity_id, to.channel, None)
        async with self._places.setdefault(to.channel, asyncio.Semaphore(courier.at_once)):
            try:
                await courier.ready_for(to)
            except TryLater as error:
                return error.after.total_seconds()
            return None if self._stopping else await self._next(identity_id, to.channel, courier)

    async def _next(self, identity_id: IdentityId, channel: str, courier: Courier | None) -> float | None:
        """Take the next message and send it; only from here on is it in doubt."""
        is_fetched = channel in self._channels.fetched
        taken = await self._database.write(delivery.take_next, identity_id, is_fetched, self._clock())
        if isinstance(taken, NothingToSend):
            return None
        if isinstance(taken, SendLater):
            return self._until(taken.due_at)
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
            await self._note(delivery.refused_for_now, message_id, after, self._clock())
            return "later"
        except Moved as error:
            await self._note(delivery.moved, message_id, error.external_id, self._clock())
            return "moved"
        except Undeliverable as error:
            is_gone = isinstance(error, Unreachable)
            await self._note(delivery.failed, message_id, str(error)[:200], self._clock(), unreachable=is_gone)
            return "failed"
        except Exception as error:  # the edge: a platform broke off, and nobody knows whether it had taken the message
            log.error("send with unknown outcome", message_id=message_id, reason=type(error).__name__)
            await self._note(delivery.unknown_outcome, message_id, self._clock())
            return "ambiguous"
        failpoint("front.after_send")
        is_last = outgoing.part + 1 >= courier.parts(outgoing)
        await self._note(delivery.sent if is_last else delivery.part_sent, message_id, platform_id, self._clock())
        return "sent"

    async def _note(
        self, service: Callable[Concatenate[UnitOfWork, MessageId, P], None], message_id: MessageId,
        *args: P.args, **kwargs: P.kwargs,
    ) -> None:  # fmt: skip
        """Write down what became of a message, however long the record is away: nobody else knows it."""
        while True:
            try:
                return await self._database.write(service, message_id, *args, **kwargs)
            except RecordUnavailable as error:
                log.error("outcome of a send not yet written", message_id=message_id, reason=str(error))
                await asyncio.sleep(RECORD_PAUSE_S)

    def _until(self, due_at: datetime) -> float:
        return max(0.0, (due_at - self._clock()).total_seconds())


def back_off(attempt: int, chance: float) -> timedelta:
    """Return how long to wait after so many tries; ``chance`` from 0 to 1 keeps those who failed together apart."""
    pause = FIRST_PAUSE * 2.0 ** min(attempt - 1, 10)
    return min(pause * (1 - JITTER + 2 * JITTER * chance), LONGEST_PAUSE)
