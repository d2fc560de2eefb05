"""Send the outbox: for each identity in order, for all of them side by side."""

import asyncio
from collections import defaultdict
from datetime import timedelta
from typing import Final

import structlog

from bot.channels.registry import Registry
from bot.clock import Clock
from bot.domain.ids import IdentityId
from bot.domain.messages import Outgoing
from bot.edge.lanes import Lanes
from bot.edge.metrics import DELIVERIES
from bot.errors import TryLater, Undeliverable
from bot.failpoints import failpoint
from bot.services import delivery
from bot.services.delivery import NothingToSend, SendLater
from bot.store.unit_of_work import Database

FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=5)
log = structlog.get_logger(__name__)


class Sender:
    """Take pending messages one by one, give each to its channel, and note what became of it."""

    def __init__(self, database: Database, channels: Registry, clock: Clock, *, resend: bool = False) -> None:
        self._database, self._channels, self._clock = database, channels, clock
        self._resend = resend
        self._hands: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._lanes: Lanes[IdentityId] = Lanes("delivery", self.step)

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
        await self._lanes.stop(within_s)

    async def step(self, identity_id: IdentityId) -> float | None:
        """Send one message, or all at once where the reader fetches; return when to look again.

        A channel has one message in its hands at a time: should this process be killed, no more than that one is in
        doubt. Different channels do not wait for each other.
        """
        channel = await self._database.read(delivery.channel_of, identity_id)
        async with self._hands[channel]:
            taken = await self._database.write(delivery.take_next, identity_id, self._channels.fetched, self._clock())
            if isinstance(taken, NothingToSend):
                return None
            if isinstance(taken, SendLater):
                return max(0.0, (taken.due_at - self._clock()).total_seconds())
            failpoint("front.before_send")
            await self._send(taken)
        return 0

    async def _send(self, outgoing: Outgoing) -> None:
        courier = self._channels.courier(outgoing.to.channel)
        try:
            if courier is None:
                raise Undeliverable("the channel is switched off")
            platform_id = await courier.send(outgoing)
        except TryLater as error:
            after = max(error.after, _back_off(outgoing.attempt))
            await self._database.write(delivery.refused_for_now, outgoing.message_id, after, self._clock())
            DELIVERIES.labels(outgoing.to.channel, "later").inc()
        except Undeliverable as error:
            await self._database.write(delivery.failed, outgoing.message_id, str(error)[:200], self._clock())
            DELIVERIES.labels(outgoing.to.channel, "failed").inc()
        except Exception as error:  # the edge: a platform broke off, and nobody knows whether it had taken the message
            log.error("send with unknown outcome", message_id=outgoing.message_id, reason=type(error).__name__)
            await self._database.write(delivery.unknown_outcome, outgoing.message_id, self._clock())
            DELIVERIES.labels(outgoing.to.channel, "ambiguous").inc()
        else:
            failpoint("front.after_send")
            await self._database.write(delivery.sent, outgoing.message_id, platform_id, self._clock())
            DELIVERIES.labels(outgoing.to.channel, "sent").inc()


def _back_off(attempt: int) -> timedelta:
    return min(FIRST_PAUSE * float(2 ** (attempt - 1)), LONGEST_PAUSE)
