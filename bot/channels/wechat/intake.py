"""Take pushes in: each is written down once and counted, and held while its answer is made."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from bot.channel_settings.wechat import WechatSettings
from bot.channels.wechat import payload
from bot.channels.wechat.fields import moment, openid
from bot.channels.wechat.passive import Held, Slots
from bot.channels.wechat.payload import CHANNEL
from bot.channels.wechat.signature import Push
from bot.clock import Clock
from bot.domain.allowance import Grant, Occasion
from bot.domain.arrivals import Arrival, Unreadable
from bot.domain.ids import IdentityId, identity_id_of
from bot.edge.metrics import FORGED, IGNORED, MESSAGES
from bot.errors import RecordUnavailable
from bot.services import arrivals, pushes
from bot.services.arrivals import Counted, Outcome, PutAside, Reached, Repeated
from bot.services.messaging import Duplicate
from bot.services.pushes import Taken
from bot.store.unit_of_work import Database

_WORDS: Final[dict[type[object], str]] = {
    Duplicate: "duplicate", Repeated: "duplicate", Reached: "reach", PutAside: "put aside"
}  # fmt: skip
"""How outcomes are counted; all others are messages that were accepted."""
log = structlog.get_logger(__name__)


class Intake:
    """Write pushes down, however often they come."""

    def __init__(self, settings: WechatSettings, slots: Slots, database: Database, clock: Clock) -> None:
        self._settings, self._slots, self._database, self._clock = settings, slots, database, clock
        self._grants = {
            Occasion.MESSAGE: Grant(settings.per_message, timedelta(hours=settings.message_window_h)),
            Occasion.EVENT: Grant(settings.per_event, timedelta(seconds=settings.event_window_s)),
        }

    async def take(self, push: Push) -> Held | None:
        """Write a push down; return it held where a reply may come to it.

        It is held before it is written: whoever answers must find it waiting. Raises UnreadablePayload for what is no push,
        RejectedRequest for what is another account's, RecordUnavailable for what may come again.
        """
        arrival = payload.parse(push.fields, self._settings.app_id, self._settings.original_id, self._grants)
        identity_id = self.identity_of(push)
        held = None
        if payload.takes_reply(push.fields):
            pushed_at = datetime.fromtimestamp(push.pushed_at, UTC)
            held = self._slots.open(identity_id, arrival.key, moment(push.fields), pushed_at)
        try:
            taken = await self._write_down(arrival, identity_id)
        except BaseException:
            if held is not None:
                self._slots.release(held)
            raise
        _count(taken.outcome)
        if held is not None and not taken.owes_reply and not held.reply.done():
            self._slots.release(held)
        return held

    async def note_wait_in_vain(self, held: Held) -> None:
        """Take it as a sign of slowness that a push was held to no purpose, if its answer is still to come."""
        if not self._slots.is_slow:
            self._slots.is_slow = await self._database.read(pushes.owes_reply, held.identity_id)

    def identity_of(self, push: Push) -> IdentityId:
        """Return whose push it is."""
        return identity_id_of(CHANNEL, self._settings.app_id, openid(push.fields))

    async def _write_down(self, arrival: Arrival, identity_id: IdentityId) -> Taken:
        """Write an arrival down; what cannot be kept is put aside, so that it does not come back for ever."""
        try:
            return await self._database.write_first(pushes.take, arrival, identity_id, self._clock())
        except RecordUnavailable:
            raise
        except Exception as error:  # the edge: one push that we cannot deal with must not hold up the others
            log.error("push not taken, put aside", reason=type(error).__name__)
            unread = replace(arrival, content=Unreadable(arrival.digest, type(error).__name__), opens=None)
            outcome = await self._database.write(arrivals.take, unread, self._clock())
            return Taken(outcome, owes_reply=False)


def _count(outcome: Outcome) -> None:
    """Count what became of a push; one that came again with other words is an alarm."""
    if isinstance(outcome, Counted):
        IGNORED.labels(CHANNEL, outcome.kind).inc()
        return
    if isinstance(outcome, Repeated) and not outcome.same:
        log.error("a push came again under its id with other words; the first one stands")
        FORGED.labels(CHANNEL).inc()
    MESSAGES.labels(CHANNEL, _WORDS.get(type(outcome), "accepted")).inc()
