"""A message that was taken back stays in the record and gets no answer that it has not had."""

from datetime import timedelta

from bot.domain.arrivals import Recall
from bot.domain.messages import Reply, Turn
from bot.services import messaging, recalls
from bot.services.messaging import AlreadyAnswered, NothingOpen, Received
from bot.services.recalls import NothingToRecall, Recalled
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

LATER = NOW + timedelta(minutes=1)


def receive(database: Database, text: str = "hello") -> Received:
    received = database.perform(messaging.receive, build.incoming(text, platform_id="m-taken-back"), NOW)
    assert isinstance(received, Received)
    return received


def recall(database: Database, platform_id: str = "m-taken-back", who: str = "v1") -> Recalled | NothingToRecall:
    return database.perform(recalls.recall, "web", "web", Recall(who, platform_id), LATER)


def test_it_is_kept_and_has_no_turn_any_more(database: Database) -> None:
    received = receive(database)
    assert recall(database) == Recalled(received.message_id)
    [message] = build.messages(database, received.conversation_id)
    assert (message.text, message.recalled_at, message.turn) == ("hello", LATER, Turn.DONE)
    assert database.perform(messaging.next_turn, received.conversation_id, NOW) == NothingOpen()


def test_an_answer_that_was_being_made_is_not_given(database: Database) -> None:
    received = receive(database)
    turn = build.take_turn(database, received.conversation_id)
    recall(database)
    assert database.perform(messaging.answer, turn, [Reply("hi")], LATER) == AlreadyAnswered()
    assert build.delivered(database, received.conversation_id) == []


def test_an_answer_that_was_given_stays(database: Database) -> None:
    received = receive(database)
    build.answer(database, received.conversation_id, Reply("hi"))
    recall(database)
    assert [text for text, *_ in build.delivered(database, received.conversation_id)] == ["hi"]


def test_only_ones_own_messages_can_be_taken_back(database: Database) -> None:
    received = receive(database)
    assert recall(database, who="v2") == NothingToRecall()
    assert recall(database, "another") == NothingToRecall()
    [message] = build.messages(database, received.conversation_id)
    assert message.recalled_at is None
