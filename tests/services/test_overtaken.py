"""Deliveries overtake each other: the record still stands in the platform's order, and every word is answered once."""

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

import hypothesis.strategies as st
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings

from bot.domain.arrivals import Content, Edit, Press
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Incoming, Message, Reply, Turn
from bot.services import inbox, listings, messaging, profiles
from bot.services.messaging import NextTurn
from bot.store.tables import metadata
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

_visitors = itertools.count()
OFFER = Reply("Which?", ({"title": "A", "payload": "the first"}, {"title": "B", "payload": "the second"}))
GREETING = 1
ANSWER = "the bot answers"


@dataclass(frozen=True)
class Plan:
    """Be what one customer does, and in which order it reaches us between the bot's answers."""

    messages: int
    edits: dict[int, int]
    presses: list[int]
    steps: list[object]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    messages = draw(st.integers(1, 6))
    edits = draw(st.dictionaries(st.integers(1, messages), st.integers(1, 3)))
    presses = draw(st.lists(st.integers(0, 1), max_size=3))
    events: list[object] = [("write", number) for number in range(1, messages + 1)]
    events += [("edit", number, version) for number, many in edits.items() for version in range(1, many + 1)]
    events += [("press", button) for button in presses]
    repeated = draw(st.lists(st.sampled_from(events), max_size=6))
    answers = [ANSWER] * draw(st.integers(0, 4))
    return Plan(messages, edits, presses, draw(st.permutations([*events, *repeated, *answers])))


class Customer:
    """Play a plan of one customer, whose first word has been answered with an offer of two buttons."""

    def __init__(self, database: Database) -> None:
        self.database, self.who = database, f"shuffled{next(_visitors)}"
        self.conversation_id: ConversationId = build.take_written(
            database, GREETING, "hello", who=self.who
        ).conversation_id
        build.answer(database, self.conversation_id, OFFER)
        self.offer = build.messages(database, self.conversation_id)[-1]
        self.turns: Counter[int] = Counter()

    def play(self, plan: Plan) -> None:
        for place, step in enumerate(plan.steps):
            if step == ANSWER:
                self.answer()
            else:
                self.deliver(step, place)
            self.must_stand_in_order()
        while self.answer():
            pass

    def deliver(self, event: object, place: int) -> None:
        key = f"{self.who} {event}"
        if place % 3 == 0:  # the same thing may also come again as a delivery of its own
            key += f" {place}"
        build.take(self.database, self._content(event), key)

    def answer(self) -> bool:
        turn = self.database.perform(messaging.next_turn, self.conversation_id, NOW)
        if not isinstance(turn, NextTurn):
            return False
        waiting = [message for message in self.record() if message.turn is Turn.OPEN]
        assert turn.message_id == waiting[0].id
        assert self.database.perform(messaging.answer, turn, [Reply("ok")], NOW) == messaging.Answered(to_person=False)
        self.turns[turn.message_id] += 1
        return True

    def record(self) -> list[Message]:
        return build.messages(self.database, self.conversation_id)

    def must_stand_in_order(self) -> None:
        numbers = [message.platform_order for message in self.record() if message.platform_order is not None]
        assert numbers == sorted(numbers)

    def _content(self, event: object) -> Content:
        match event:
            case ("write", int(number)):
                return self._written(number, 0)
            case ("edit", int(number), int(version)):
                return Edit(self._written(number, version), version)
            case ("press", int(button)):
                return Press(replace(self._written(0, 0), text="", platform_order=None), self.offer.id, button)
        raise AssertionError(event)

    def _written(self, number: int, version: int) -> Incoming:
        return build.written(GREETING + number, f"message {number} version {version}", who=self.who)


def play(database: Database, plan: Plan) -> None:
    customer = Customer(database)
    customer.play(plan)
    said = [message for message in customer.record() if message.author is Author.CUSTOMER][1:]
    texts = [f"message {number} version {plan.edits.get(number, 0)}" for number in range(1, plan.messages + 1)]
    assert [message.text for message in said if message.kind == "text"] == texts
    assert sum(message.kind == "button" for message in said) == min(1, len(plan.presses))
    assert {message.id: 1 for message in said} == customer.turns
    with database.reading() as uow:
        versions = uow.versions.of([message.id for message in said])
    for message in said:
        number = (message.platform_order or 0) - GREETING
        expected = [f"message {number} version {one}" for one in range(plan.edits.get(number, 0) + 1)]
        assert [one.text for one in versions.get(message.id, [])] == (expected if number in plan.edits else [])


@pytest.fixture(scope="module")
def in_memory() -> Iterator[Database]:
    # Everything happens in this one thread: a database in memory is enough, and hundreds of examples stay quick.
    database = Database("sqlite:///:memory:")
    metadata.create_all(database.engine)
    yield database
    database.close()


@pytest.mark.property
@settings(max_examples=200, deadline=None)
@given(plan=plans())
def test_any_shuffling_and_repetition_gives_each_message_once_in_order_and_answered_once(
    in_memory: Database, plan: Plan
) -> None:
    play(in_memory, plan)


@pytest.mark.property
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plan=plans())
def test_a_shuffled_customer_is_served_alike_on_both_databases(database: Database, plan: Plan) -> None:
    play(database, plan)


def seen(messages: list[Message]) -> list[str]:
    return [message.text for message in messages]


def overtaken(database: Database) -> tuple[ConversationId, Identity]:
    """Let one and four arrive and be answered, and only then two and three, the wrong way round."""
    conversation_id = build.take_written(database, 1, "one").conversation_id
    build.answer(database, conversation_id)
    build.take_written(database, 4, "four")
    build.answer(database, conversation_id)
    build.take_written(database, 3, "three")
    build.take_written(database, 2, "two")
    return conversation_id, build.identity(database, channel="telegram")


IN_ORDER = ["one", "to one", "two", "three", "four", "to four"]


def test_an_overtaken_message_stands_before_the_one_that_overtook_it(database: Database) -> None:
    conversation_id, identity = overtaken(database)
    assert seen(build.messages(database, conversation_id)) == IN_ORDER
    with database.reading() as uow:
        assert seen(uow.messages.of_customer(identity.customer_id)) == IN_ORDER
        assert seen(inbox.open_talk(uow, conversation_id).messages) == IN_ORDER
        (talk,) = profiles.record(uow, identity.customer_id)["conversations"]
        newest_first = listings.messages(uow, conversation_id, None, 10)
    assert [message["text"] for message in talk["messages"]] == IN_ORDER
    assert [message["text"] for message in reversed(newest_first.items)] == IN_ORDER


def test_turns_are_taken_in_the_order_of_writing(database: Database) -> None:
    conversation_id, _ = overtaken(database)
    assert [build.answer(database, conversation_id).text for _ in range(2)] == ["two", "three"]


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_pages_cut_by_id_lose_and_repeat_nothing(sqlite_database: Database, limit: int) -> None:
    conversation_id, _ = overtaken(sqlite_database)
    ids, cursor = [], None
    with sqlite_database.reading() as uow:
        while True:
            page = listings.messages(uow, conversation_id, cursor, limit)
            ids += [message["id"] for message in page.items]
            if (cursor := page.next) is None:
                break
        around = inbox.open_talk(uow, conversation_id)
    assert sorted(ids) == sorted(message.id for message in around.messages) and len(ids) == 6


def test_what_is_new_is_asked_for_by_id_and_comes_in_order(database: Database) -> None:
    conversation_id, _ = overtaken(database)
    ids = sorted(message.id for message in build.messages(database, conversation_id))
    with database.reading() as uow:
        news = inbox.messages_since(uow, conversation_id, ids[3], [ids[0]])
    assert seen(news.messages) == ["one", "two", "three"]


def test_the_place_of_an_overtaken_message_is_found_by_an_index(sqlite_database: Database) -> None:
    statements: list[str] = []
    listen = ("before_cursor_execute", lambda *args: statements.append(args[2]))
    identity_id = build.identity(sqlite_database, channel="telegram").id if overtaken(sqlite_database) else None
    sa.event.listen(sqlite_database.engine, *listen)
    with sqlite_database.reading() as uow:
        found = uow.messages.first_after(identity_id, 2)  # type: ignore[arg-type]
        (asked,) = [statement for statement in statements if statement.startswith("SELECT")]
        plan = uow.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", (identity_id, 2, 1, 0)).all()
    sa.event.remove(sqlite_database.engine, *listen)
    assert found is not None and found.text == "three"
    assert "ix_messages_identity_id_platform_order" in str(plan) and "TEMP B-TREE" not in str(plan)


def test_a_reply_names_what_it_answers_be_it_theirs_or_a_piece_of_ours(database: Database) -> None:
    first = build.take_written(database, 1)
    build.answer(database, first.conversation_id, Reply("ours"))
    identity = build.identity(database, channel="telegram")
    outgoing = build.take_outgoing(database, identity)
    database.perform(lambda uow: uow.receipts.add(identity.id, "2", outgoing.message_id))
    for number, reply_to in ((3, 1), (4, 2), (5, 77)):
        build.take(database, build.written(number, reply_to=reply_to))
    theirs = [m for m in build.messages(database, first.conversation_id) if m.author is Author.CUSTOMER]
    assert [m.in_reply_to for m in theirs] == [None, first.message_id, outgoing.message_id, None]
    with database.reading() as uow:
        talk = inbox.open_talk(uow, first.conversation_id)
    assert {id_: message.text for id_, message in talk.quotes.items()} == {
        first.message_id: "words 1", outgoing.message_id: "ours",
    }  # fmt: skip
    assert (talk.identity.id, talk.versions) == (identity.id, {})
