"""Be the house in a play with the platform: the real planner and the real ledger, and lists where the record would be."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.allowance import Allowance, Ledger, Occasion, Spend, opened_by
from bot.domain.ids import IdentityId, MessageId
from bot.domain.pushes import LAST_ATTEMPT, attempt_of, sure_at
from bot.domain.reply_plan import Limits, Passive, Piece, Send, Slot, Wait, plan
from tests.domain.timelines import ANSWER_BEFORE, BUDGET, Attempt, Clock, Platform, Push, Terms, opening_of

WHO: Final = IdentityId("customer")
LIMIT: Final = 2048
HINT: Final = "more is coming: answer anything"


def size(text: str) -> int:
    return len(text.encode())


LIMITS: Final = Limits(size, LIMIT, HINT)


@dataclass
class Item:
    """Be a piece in the outbox and how far it has got."""

    piece: Piece
    state: str = "pending"


@dataclass
class Waiting:
    """Be a push that waits for its reply."""

    attempt: Attempt
    slot: Slot
    received_at: datetime


class PlannedHouse:
    """Answer every message once, in the order in which they came."""

    def __init__(self, clock: Clock, platform: Platform, terms: Terms) -> None:
        self.clock, self.platform, self.terms = clock, platform, terms
        platform.house = self
        self.outbox: list[Item] = []
        self.said = 0
        self._windows: dict[Occasion, Allowance] = {}
        self._spends: list[Spend] = []
        self._attempts: dict[str, int] = {}
        self._waiting: dict[str, Waiting] = {}
        self._given: dict[str, list[Item]] = {}
        self._flying: object = None
        self._turn_free_at = clock.now
        self._turns_open = 0

    @property
    def left_over(self) -> list[Item]:
        return [item for item in self.outbox if item.state not in ("sent", "ambiguous")]

    def waiting(self) -> list[tuple[int, int]]:
        return [(item.piece.message_id, item.piece.part) for item in self.left_over]

    def believed_sent(self) -> list[tuple[int, int]]:
        return [(item.piece.message_id, item.piece.part) for item in self.outbox if item.state == "sent"]

    def pushed(self, push: Push, attempt: Attempt) -> None:
        """Take a push in, the first time and again."""
        before = self._attempts.get(push.key, 0)
        self._attempts[push.key] = attempt_of(push.written_at, attempt.began_at, before)
        if before:
            self._take_back(push.key)
        else:
            self._take_in(push)
        if self._attempts[push.key] >= LAST_ATTEMPT or not (self._turns_open or self.left_over):
            attempt.respond(None)
        else:
            self._open_slot(push, attempt)
        self._step()

    def _take_in(self, push: Push) -> None:
        opening = opening_of(push, self.terms)
        if opening is not None:
            current = self._windows.get(opening.occasion)
            if current is None or current.opened_at <= opening.at:
                self._windows[opening.occasion] = opened_by(opening, WHO, self.clock.now)
        for item in self.outbox:
            if item.state == "kept":
                item.state = "pending"
        if push.act.bubbles:
            self._turns_open += 1
            begins_at = max(self._turn_free_at, self.clock.now)
            self.clock.at(begins_at, lambda: self.clock.after(push.act.turn_s, lambda: self._answer(push)))
            self._turn_free_at = begins_at

    def _answer(self, push: Push) -> None:
        self._turns_open -= 1
        for length in push.act.bubbles:
            self.said += 1
            parts = range(1 + length // LIMIT)
            for part in parts:
                text = f"[{self.said}.{part}]".ljust(min(length, LIMIT) if part == 0 else max(8, length % LIMIT), ".")
                piece = Piece(MessageId(self.said), part, text, is_last=part == parts[-1])
                self.outbox.append(Item(piece))
        self._step()

    def _open_slot(self, push: Push, attempt: Attempt) -> None:
        now = self.clock.now
        self._waiting[push.key] = Waiting(attempt, Slot(push.key, now + BUDGET - ANSWER_BEFORE), now)
        self.clock.at(now + BUDGET, lambda: self._let_go(push.key, attempt))

    def _let_go(self, key: str, attempt: Attempt) -> None:
        waiting = self._waiting.get(key)
        if waiting is not None and waiting.attempt is attempt:
            del self._waiting[key]
            attempt.respond(None)

    def _take_back(self, key: str) -> None:
        """Believe the platform that a reply was not taken."""
        self._waiting.pop(key, None)
        given = self._given.pop(key, [])
        if given and self._flying is given:
            self._flying = None
        for item in given:
            item.state = "pending"

    def _step(self) -> None:
        if self._flying is not None:
            return
        items = self.left_over
        if not items:
            return
        ledger = Ledger(list(self._windows.values()), self._spends)
        left = ledger.left(self.clock.now) if self.terms.can_send else None
        slots = [waiting.slot for waiting in self._waiting.values()]
        decided = plan([item.piece for item in items], slots, left.count if left else 0, LIMITS, self.clock.now,
                       more_soon=self._turns_open > 0)  # fmt: skip
        if isinstance(decided, Wait):
            self.clock.at(decided.until, self._step)
        elif isinstance(decided, Passive):
            self._give(decided, items[: len(decided.pieces)])
        elif isinstance(decided, Send):
            self._call(decided, items[: len(decided.pieces)])
        else:
            for item in items:
                item.state = "kept"

    def _give(self, decided: Passive, items: list[Item]) -> None:
        waiting = self._waiting.pop(decided.slot.key)
        self._fly(items)
        self._given[decided.slot.key] = items
        waiting.attempt.respond(decided.text)
        self.clock.at(sure_at(waiting.received_at, self.clock.now), lambda: self._settle(items, "sent"))

    def _call(self, decided: Send, items: list[Item]) -> None:
        spend = Spend(WHO, self.clock.now)
        self._spends.append(spend)
        self._fly(items)

        def answered(accepted: bool | None) -> None:
            spend.settled_at = self.clock.now
            spend.is_refusal = accepted is False
            self._settle(items, {True: "sent", False: "pending", None: "ambiguous"}[accepted])

        self.platform.call(decided.text, answered)

    def _fly(self, items: list[Item]) -> None:
        self._flying = items
        for item in items:
            item.state = "flying"

    def _settle(self, items: list[Item], state: str) -> None:
        if self._flying is items:
            self._flying = None
            for item in items:
                item.state = state
            self._step()
