"""Give bundles to the platforms that count, and note what became of each."""

from collections.abc import Callable

import structlog

from bot.channels.notes import Notes, back_off
from bot.channels.registry import Planned
from bot.clock import Clock
from bot.domain.messages import Address
from bot.domain.reply_plan import Bundle
from bot.edge.lanes import pause_until
from bot.edge.metrics import DELIVERIES
from bot.errors import NotTaken, TryLater, Undeliverable, Unreachable, WindowClosed
from bot.failpoints import failpoint
from bot.services import bundle_outcomes, planned
from bot.services.delivery import SendLater
from bot.store.unit_of_work import Database

log = structlog.get_logger(__name__)


class Bundles:
    """Take what goes next by the plan, give it away, and note the outcome for every message in it."""

    def __init__(self, database: Database, notes: Notes, clock: Clock, chance: Callable[[], float]) -> None:
        self._database, self._notes, self._clock, self._chance = database, notes, clock, chance

    async def next(self, to: Address, channel: Planned) -> float | None:
        """Give the next bundle of an identity away; only from its taking on it is in doubt. Return when to look again."""
        taken = await self._database.write(planned.take_next, to.identity_id, channel.terms(to), self._clock())
        if isinstance(taken, SendLater):
            return pause_until(taken.due_at, self._clock())
        if not isinstance(taken, Bundle):
            return None
        failpoint("front.before_send")
        outcome = await self._give(taken, channel)
        DELIVERIES.labels(channel.name, outcome).inc()
        return 0

    async def _give(self, bundle: Bundle, channel: Planned) -> str:
        """Give a bundle to the platform and note what became of it; return the outcome's name, for counting."""
        try:
            platform_id = await channel.give(bundle)
        except TryLater as error:
            after = max(error.after, back_off(bundle.attempt, self._chance()))
            await self._notes.write(bundle_outcomes.refused_for_now, bundle, after, self._clock())
            return "later"
        except NotTaken:
            await self._notes.write(bundle_outcomes.not_given, bundle, self._clock())
            return "not taken"
        except WindowClosed:
            log.warning("the platform allows fewer messages than we counted", channel=channel.name)
            await self._notes.write(bundle_outcomes.window_closed, bundle, self._clock())
            return "closed"
        except Undeliverable as error:
            is_gone = isinstance(error, Unreachable)
            await self._notes.write(bundle_outcomes.failed, bundle, str(error), self._clock(), unreachable=is_gone)
            return "failed"
        except Exception as error:  # the edge: a platform broke off, and nobody knows whether it had taken the bundle
            log.error("send with unknown outcome", message_id=bundle.message_id, reason=type(error).__name__)
            await self._notes.write(bundle_outcomes.unknown_outcome, bundle, self._clock())
            return "ambiguous"
        failpoint("front.after_send")
        await self._notes.write(bundle_outcomes.sent, bundle, platform_id, self._clock())
        return "sent"
