"""Take each conversation's next message and see that it is dealt with, whatever state the brain is in."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Final

import structlog

from bot.clock import Clock
from bot.dispatch.brain import Answer, Brain
from bot.dispatch.by_rule import settlement_of
from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId
from bot.edge.lanes import Lanes, pause_until
from bot.edge.metrics import TURN_SECONDS, TURNS
from bot.errors import BrainFailed, BrainNotReady
from bot.failpoints import failpoint
from bot.services import groups, messaging, troubles
from bot.services.messaging import AlreadyAnswered, Answered, NextTurn, NotBefore, NothingOpen, TakenOver
from bot.store.unit_of_work import Database

LOOK_AGAIN_S: Final = 5.0
"""How often a conversation whose brain is away looks again; readiness wakes it earlier."""
Typing = Callable[[NextTurn, bool], Awaitable[None]]
BeforeTurn = Callable[[NextTurn], Awaitable[None]]
Settling = Callable[[str, float], float]
"""Tell how many seconds a channel's message of some age must wait, because an earlier one may still be under way."""
log = structlog.get_logger(__name__)


class Dispatcher:
    """Give open messages their turn: one at a time in a conversation, many conversations at once."""

    def __init__(
        self, database: Database, brain: Brain, clock: Clock, typing: Typing, *,
        fetched: frozenset[str], before_turn: BeforeTurn | None = None, settling: Settling = lambda _channel, _age_s: 0.0,
    ) -> None:  # fmt: skip
        self._database, self._brain, self._clock = database, brain, clock
        self._typing, self._fetched, self._before_turn, self._settling = typing, fetched, before_turn, settling
        self._lanes: Lanes[ConversationId] = Lanes("turn", self.step)
        brain.on_ready = self._lanes.wake_all

    def wake(self, conversation_id: ConversationId) -> None:
        """Look at a conversation as soon as may be."""
        self._lanes.wake(conversation_id)

    async def sweep(self) -> None:
        """Find every open message, also those whose wake-up was lost with a dead process."""
        for conversation_id in await self._database.read(lambda uow: uow.messages.conversations_with_open_turns()):
            self.wake(conversation_id)

    async def stop(self, within_s: float) -> None:
        """Finish the turns under way, start no other."""
        await self._lanes.stop(within_s)

    async def step(self, conversation_id: ConversationId) -> float | None:
        """Deal with one message; return when to look again."""
        found = await self._database.read(messaging.next_turn, conversation_id, self._clock())
        if isinstance(found, NothingOpen):
            return None
        if isinstance(found, NotBefore):
            return pause_until(found.due_at, self._clock())
        failpoint("front.after_ack")
        if found.owner is Owner.BOT and found.wish is None and (pause := self._pause_before(found)) > 0:
            return pause  # What overtook an earlier message waits for it; a wish for a person waits for nothing.
        settlement = settlement_of(found)
        if settlement is not None:
            await self._database.write(settlement.write, self._clock())
            TURNS.labels(settlement.outcome).inc()
            return 0
        return await (self._answer(found) if found.owner is Owner.BOT else self._understand(found))

    def _pause_before(self, turn: NextTurn) -> float:
        return self._settling(turn.sender.channel, (self._clock() - turn.written_at).total_seconds())

    async def _answer(self, turn: NextTurn) -> float | None:
        if not self._brain.ready_for(turn):
            return await self._wait_for_brain(turn)
        if self._before_turn is not None:
            await self._before_turn(turn)
        try:
            async with self._shown_as_typing(turn), self._notice_when_late(turn):
                with TURN_SECONDS.time():
                    answer = await self._brain.answer(turn)
        except BrainNotReady:
            return await self._wait_for_brain(turn)
        except BrainFailed as error:
            return await self._note_failure(turn, error)
        failpoint("front.before_answer")
        outcome = await self._keep(turn, answer)
        TURNS.labels(type(outcome).__name__).inc()
        # What came meanwhile has woken the lane; so without more there is nothing to look for.
        return 0 if turn.more_waiting or isinstance(outcome, TakenOver) else None

    async def _keep(self, turn: NextTurn, answer: Answer) -> Answered | TakenOver | AlreadyAnswered:
        write, now, is_fetched = self._database.write, self._clock(), turn.sender.channel in self._fetched
        if turn.sender.is_public:
            return await write(groups.answer, turn, answer.intent, answer.replies, now, is_fetched=is_fetched)
        return await write(messaging.answer, turn, answer.replies, now, is_fetched=is_fetched)

    async def _understand(self, turn: NextTurn) -> float:
        if not self._brain.ready_for(turn):
            return LOOK_AGAIN_S
        try:
            await self._brain.understand(turn)
        except BrainNotReady:
            return LOOK_AGAIN_S
        except BrainFailed as error:
            return await self._note_failure(turn, error)
        await self._database.write(messaging.set_aside, turn.message_id)
        TURNS.labels("understood").inc()
        return 0

    async def _wait_for_brain(self, turn: NextTurn) -> float:
        if not turn.notice_given:
            await self._database.write(troubles.answer_is_late, turn, self._clock())
        return LOOK_AGAIN_S

    async def _note_failure(self, turn: NextTurn, error: BrainFailed) -> float:
        log.error("turn failed", conversation_id=turn.conversation_id, message_id=turn.message_id, reason=str(error))
        TURNS.labels("failed").inc()
        await self._database.write(troubles.turn_failed, turn, self._clock())
        return 0

    @contextlib.asynccontextmanager
    async def _shown_as_typing(self, turn: NextTurn) -> AsyncIterator[None]:
        await self._typing(turn, True)
        try:
            yield
        finally:
            await self._typing(turn, False)

    @contextlib.asynccontextmanager
    async def _notice_when_late(self, turn: NextTurn) -> AsyncIterator[None]:
        async def after_deadline() -> None:
            await asyncio.sleep(self._brain.deadline_s)
            await self._database.write(troubles.answer_is_late, turn, self._clock())

        notice = asyncio.create_task(after_deadline())
        try:
            yield
        finally:
            notice.cancel()
