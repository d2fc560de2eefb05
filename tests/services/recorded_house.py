"""Be the house in a play with the platform, with the real services on a real record."""

import itertools
from dataclasses import replace
from typing import Final

from bot.domain.arrivals import Arrival, Content, Ignored
from bot.domain.ids import ConversationId, identity_id_of
from bot.domain.messages import Delivery, Incoming, Reply
from bot.domain.pushes import LAST_ATTEMPT, attempt_of, sure_at
from bot.domain.reply_plan import Bundle, Slot, Terms
from bot.services import bundle_outcomes, messaging, planned, pushes
from bot.services.delivery import SendLater
from bot.services.messaging import NextTurn
from bot.store.unit_of_work import Database
from tests.domain import timelines
from tests.domain.planned_house import HINT, LIMIT, Waiting, size
from tests.domain.plays import Tag, tags_in
from tests.domain.timelines import ANSWER_BEFORE, BUDGET, Attempt, Clock, Platform, Push, opening_of

LINE: Final = 90
_customers = itertools.count()


class RecordedHouse:
    """Take pushes, answer them and send by the plan, with nothing in memory but open connections."""

    def __init__(self, database: Database, clock: Clock, platform: Platform, terms: timelines.Terms) -> None:
        self._database, self._clock, self._platform, self._granted = database, clock, platform, terms
        platform.house = self
        self._who = f"customer{next(_customers)}"
        self._identity_id = identity_id_of("planned", "planned", self._who)
        self._terms = Terms(size, LIMIT, _cut, lambda *_: "", lambda _: HINT, terms.can_send)
        self._attempts: dict[str, int] = {}
        self._held: dict[str, Waiting] = {}
        self._in_hands: Bundle | None = None
        self._turn_free_at = clock.now
        self._said = 0

    def waiting(self) -> list[Tag]:
        return self._tags(Delivery.PENDING, Delivery.KEPT, Delivery.SENDING)

    def believed_sent(self) -> list[Tag]:
        return self._tags(Delivery.SENT)

    def pushed(self, push: Push, attempt: Attempt) -> None:
        """Hold a push, write it down, and let it go at once if nobody will answer it."""
        before = self._attempts.get(push.key, 0)
        self._attempts[push.key] = attempt_of(push.written_at, attempt.began_at, before)
        if self._in_hands is not None and self._in_hands.slot == push.key:
            self._settle(self._in_hands, taken=False)
        self._held.pop(push.key, None)
        now = self._clock.now
        taken = self._database.perform(pushes.take, self._arrival(push), self._identity_id, now)
        if before == 0 and push.act.bubbles:
            begins_at = max(self._turn_free_at, now)
            self._clock.at(begins_at, lambda: self._clock.after(push.act.turn_s, lambda: self._answer(push)))
            self._turn_free_at = begins_at
        if self._attempts[push.key] >= LAST_ATTEMPT or not taken.owes_reply:
            attempt.respond(None)
        else:
            self._held[push.key] = Waiting(attempt, Slot(push.key, now + BUDGET - ANSWER_BEFORE), now)
            self._clock.at(now + BUDGET, lambda: self._let_go(push.key, attempt))
        self._step()

    def _arrival(self, push: Push) -> Arrival:
        content: Content = Ignored("event")
        if push.act.bubbles:
            content = Incoming("planned", "planned", self._who, push.key, "words")
        elif not self._known():
            content = Incoming("planned", "planned", self._who, push.key, "", "command")
        opening = opening_of(push, self._granted)
        opens = replace(opening, external_id=self._who) if opening else None
        return Arrival("planned", "planned", f"{self._who}/{push.key}", "digest", content, opens)

    def _answer(self, push: Push) -> None:
        conversation = self._conversation()
        turn = self._database.perform(messaging.next_turn, conversation, self._clock.now)
        assert isinstance(turn, NextTurn)
        replies = [Reply(self._bubble(length)) for length in push.act.bubbles]
        self._database.perform(messaging.answer, turn, replies, self._clock.now)
        self._step()

    def _bubble(self, length: int) -> str:
        self._said += 1
        return "\n".join(f"[{self._said}.{place}]".ljust(LINE, ".") for place in range(1 + length // LINE))

    def _let_go(self, key: str, attempt: Attempt) -> None:
        held = self._held.get(key)
        if held is not None and held.attempt is attempt:
            del self._held[key]
            attempt.respond(None)

    def _step(self) -> None:
        if self._in_hands is not None or not self._known():
            return
        slots = tuple(held.slot for held in self._held.values())
        terms = replace(self._terms, slots=slots)
        taken = self._database.perform(planned.take_next, self._identity_id, terms, self._clock.now)
        if isinstance(taken, SendLater):
            self._clock.at(taken.due_at, self._step)
        elif isinstance(taken, Bundle):
            self._in_hands = taken
            if taken.slot is not None:
                held = self._held.pop(taken.slot)
                held.attempt.respond(taken.text)
                self._clock.at(sure_at(held.received_at, self._clock.now), lambda: self._settle(taken, taken=True))
            else:
                self._platform.call(taken.text, lambda accepted: self._noted(taken, accepted))

    def _noted(self, bundle: Bundle, accepted: bool | None) -> None:
        now = self._clock.now
        if accepted is None:
            self._database.perform(bundle_outcomes.unknown_outcome, bundle, now)
        elif accepted:
            self._database.perform(bundle_outcomes.sent, bundle, None, now)
        else:
            self._database.perform(bundle_outcomes.window_closed, bundle, now)
        self._in_hands = None
        self._step()

    def _settle(self, bundle: Bundle, taken: bool) -> None:
        """Note that a reply was taken, or that its push came again."""
        if self._in_hands is not bundle:
            return
        if taken:
            self._database.perform(bundle_outcomes.sent, bundle, None, self._clock.now)
        else:
            self._database.perform(bundle_outcomes.not_given, bundle, self._clock.now)
        self._in_hands = None
        if taken:
            self._step()

    def _known(self) -> bool:
        with self._database.reading() as uow:
            return uow.customers.identity(self._identity_id) is not None

    def _conversation(self) -> ConversationId:
        with self._database.reading() as uow:
            latest = uow.conversations.latest_of(self._identity_id)
        assert latest is not None
        return latest.id

    def _tags(self, *states: Delivery) -> list[Tag]:
        with self._database.reading() as uow:
            identity = uow.customers.identity(self._identity_id)
            ours = uow.messages.of_customer(identity.customer_id) if identity else []
        return [tag for message in ours if message.delivery in states for tag in tags_in(message.text)]


def _cut(text: str) -> list[str]:
    """Cut after every so many lines; how texts are really cut is tested elsewhere, and takes its time."""
    lines = text.split("\n")
    most = LIMIT // (LINE + 1)
    return ["\n".join(lines[start : start + most]) for start in range(0, len(lines), most)]
