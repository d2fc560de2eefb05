"""Who has a conversation: a thousand random interleavings of everything that can happen to one, on a real database."""

import itertools
from collections import Counter

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.arrivals import SaidElsewhere, Session
from bot.domain.conversation import ConversationClosed, NotYours, Owner, Reason
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Delivery, Outgoing, Reply
from bot.services import delivery, elsewhere, handoffs, messaging, replies
from bot.services.handoffs import HeldByAnother
from bot.services.messaging import Answered, NextTurn
from bot.store.tables import metadata
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

ELSEWHERE = "somebody in the platform's own app"
REFUSALS = (HeldByAnother, NotYours, ConversationClosed)
_visitors = itertools.count()
agents = st.sampled_from(["anna", "bo"])


def _open_database() -> Database:
    # Everything happens in this one thread: a database in memory is enough, and a thousand examples stay quick.
    database = Database("sqlite:///:memory:")
    metadata.create_all(database.engine)
    return database


DATABASE = _open_database()
USERS = {name: build.user(DATABASE, name) for name in ("anna", "bo")}


class Ownership(RuleBasedStateMachine):
    """Play one conversation; remember what a bystander would: who took over, and what went out since."""

    @initialize()
    def begin(self) -> None:
        self.visitor = f"visitor{next(_visitors)}"
        self.conversation_id: ConversationId = build.receive(DATABASE, "hello", who=self.visitor).conversation_id
        self.identity_id = build.identity(DATABASE, self.visitor).id
        self.in_brain: list[NextTurn] = []
        self.holder: str | None = None
        self.person_spoke = False

    @rule(text=st.sampled_from(["hi", "转人工", "/restart", "hand me back to the bot", "not a human please"]))
    def customer_writes(self, text: str) -> None:
        self.conversation_id = build.receive(DATABASE, text, who=self.visitor).conversation_id

    @rule()
    def bot_begins_a_turn(self) -> None:
        turn = DATABASE.perform(messaging.next_turn, self.conversation_id, NOW)
        if isinstance(turn, NextTurn) and turn.owner is Owner.BOT:
            self.in_brain.append(turn)

    @precondition(lambda self: self.in_brain)
    @rule(data=st.data(), asks_for_person=st.booleans(), is_fetched=st.booleans())
    def bot_answers(self, data: st.DataObject, asks_for_person: bool, is_fetched: bool) -> None:
        turn = self.in_brain.pop(data.draw(st.integers(0, len(self.in_brain) - 1)))
        if asks_for_person:
            DATABASE.perform(handoffs.request_person, turn.message_id, Reason.ANGRY, "", NOW)
        words = [Reply("bot words"), Reply("more bot words")]
        outcome = DATABASE.perform(messaging.answer, turn, words, NOW, is_fetched=is_fetched)
        assert not (isinstance(outcome, Answered) and self.holder), (
            "the bot answers while a person has the conversation"
        )

    @rule(name=agents)
    def agent_claims(self, name: str) -> None:
        try:
            DATABASE.perform(handoffs.claim, self.conversation_id, USERS[name], NOW)
        except REFUSALS:
            assert self.holder != name
            return
        assert self.holder in (None, name), "two agents have one conversation"
        self.holder, self.person_spoke = name, self.person_spoke and self.holder == name

    @rule(name=agents)
    def agent_replies(self, name: str) -> None:
        try:
            DATABASE.perform(replies.reply, self.conversation_id, USERS[name], "person words", None, NOW)
        except REFUSALS:
            assert self.holder != name
        else:
            assert self.holder == name

    @rule(name=agents, closes=st.booleans())
    def agent_gives_back_or_closes(self, name: str, closes: bool) -> None:
        leave = handoffs.close if closes else handoffs.hand_back
        try:
            DATABASE.perform(leave, self.conversation_id, USERS[name], NOW)
        except REFUSALS:
            assert closes is False or self.holder != name
            return
        assert self.holder in (None, name) or (closes and self.holder == ELSEWHERE)
        self.holder = None

    @rule()
    def person_speaks_elsewhere(self) -> None:
        said = SaidElsewhere(self.visitor, f"elsewhere{next(_visitors)}", "person words")
        taken = DATABASE.perform(elsewhere.take_down, "web", "web", said, NOW)
        with DATABASE.reading() as uow:
            message = uow.messages.get(taken.message_id)
        assert message is not None
        self.conversation_id, self.holder, self.person_spoke = message.conversation_id, ELSEWHERE, True

    @rule(with_person=st.booleans())
    def session_changes_elsewhere(self, with_person: bool) -> None:
        followed = DATABASE.perform(elsewhere.follow, "web", "web", Session(self.visitor, with_person), NOW)
        assert with_person or followed.is_news == (self.holder == ELSEWHERE)
        if followed.is_news:
            self.holder = ELSEWHERE if with_person else None

    @rule()
    def something_is_sent(self) -> None:
        taken = DATABASE.perform(delivery.take_next, self.identity_id, False, NOW)
        if not isinstance(taken, Outgoing):
            return
        if taken.author is Author.PERSON:
            self.person_spoke = True
        if taken.author is Author.BOT and self.holder is not None:
            with DATABASE.reading() as uow:
                message = uow.messages.get(taken.message_id)
            assert message is not None
            assert message.epoch is None, "the bot talks over a person"
            assert not self.person_spoke, "the bot talks after a person has spoken"
        DATABASE.perform(delivery.sent, taken.message_id, None, NOW)

    @invariant()
    def the_record_agrees_with_itself(self) -> None:
        with DATABASE.reading() as uow:
            conversation = uow.conversations.get(self.conversation_id)
            messages = uow.messages.of_conversation(self.conversation_id)
        assert conversation is not None
        assert (conversation.owner is Owner.PERSON) == (self.holder is not None)
        assert conversation.agent_id == (f"user-{self.holder}" if self.holder in USERS else None)
        assert conversation.is_elsewhere == (self.holder == ELSEWHERE)
        for message in messages:
            assert (message.turn is None) == (message.author is not Author.CUSTOMER)
        answers = [m for m in messages if m.author is Author.BOT and m.delivery is not Delivery.WITHHELD]
        per_message = Counter(m.in_reply_to for m in answers)
        assert max(per_message.values(), default=0) <= 2, "a message was answered twice"


TestOwnership = pytest.mark.property(Ownership.TestCase)
TestOwnership.settings = settings(max_examples=1_000, stateful_step_count=12, deadline=None)
