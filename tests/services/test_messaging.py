"""The way of one message: received once, in order, answered once, never by a bot that lost the conversation."""

import threading
from datetime import timedelta

import pytest

from bot.domain.conversation import Owner, Reason
from bot.domain.messages import Author, Delivery, Reply, Turn
from bot.services import handoffs, messaging
from bot.services.messaging import AlreadyAnswered, Answered, Duplicate, NotBefore, NothingOpen, Received, TakenOver
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def test_a_message_is_in_the_record_before_anybody_is_told_ok(database: Database) -> None:
    received = build.receive(database, "我的订单到哪了")
    [message] = build.messages(database, received.conversation_id)
    assert (message.author, message.text, message.turn) == (Author.CUSTOMER, "我的订单到哪了", Turn.OPEN)
    assert message.written_at == NOW


def test_a_repeated_delivery_changes_nothing(database: Database) -> None:
    first = database.perform(messaging.receive, build.incoming("hi", platform_id="x"), NOW)
    again = database.perform(messaging.receive, build.incoming("other words", platform_id="x"), NOW)
    assert isinstance(first, Received)
    assert again == Duplicate(first.message_id)
    assert [m.text for m in build.messages(database, first.conversation_id)] == ["hi"]


def test_fifty_parallel_deliveries_of_one_message_are_one_message(database: Database) -> None:
    same = build.incoming("hi", platform_id="x")
    outcomes: list[object] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(database.perform(messaging.receive, same, NOW)))
        for _ in range(50)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 50
    assert sum(isinstance(outcome, Received) for outcome in outcomes) == 1


def test_writing_and_being_answered_at_once_never_stand_in_each_others_way(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    conversation_id = build.receive(database, "first").conversation_id

    def write() -> None:
        for number in range(60):
            build.receive(database, f"words {number}")

    writer = threading.Thread(target=write)
    writer.start()
    answered = 0
    while answered < 61:
        turn = database.perform(messaging.next_turn, conversation_id, NOW)
        if isinstance(turn, messaging.NextTurn):
            database.perform(messaging.answer, turn, [Reply("a"), Reply("b")], NOW)
            answered += 1
    writer.join()
    assert "transaction repeated" not in caplog.text


def test_two_visitors_may_use_the_same_message_id(database: Database) -> None:
    ours = database.perform(messaging.receive, build.incoming("a", who="v1", platform_id="x"), NOW)
    theirs = database.perform(messaging.receive, build.incoming("b", who="v2", platform_id="x"), NOW)
    assert isinstance(ours, Received) and isinstance(theirs, Received)
    assert ours.conversation_id != theirs.conversation_id


def test_text_that_no_database_can_keep_is_kept_as_near_as_possible(database: Database) -> None:
    received = build.receive(database, "a\x00b\ud83dc\r\nd\x1b[31m")
    [message] = build.messages(database, received.conversation_id)
    assert message.text == "a\ufffdb\ufffdc\nd\ufffd[31m"


def test_messages_wait_for_their_turn_in_order(database: Database) -> None:
    first = build.receive(database, "one")
    build.receive(database, "two")
    turn = build.take_turn(database, first.conversation_id)
    assert turn.text == "one"
    database.perform(messaging.answer, turn, [Reply("1")], NOW)
    assert build.take_turn(database, first.conversation_id).text == "two"


def test_an_answer_is_given_once(database: Database) -> None:
    received = build.receive(database)
    turn = build.take_turn(database, received.conversation_id)
    assert database.perform(messaging.answer, turn, [Reply("hello")], NOW) == Answered(to_person=False)
    assert database.perform(messaging.answer, turn, [Reply("hello")], NOW) == AlreadyAnswered()
    assert [m.text for m in build.messages(database, received.conversation_id)][1:] == ["hello"]
    assert database.perform(messaging.next_turn, received.conversation_id, NOW) == NothingOpen()


def test_words_of_a_bot_that_lost_the_conversation_are_kept_and_withheld(database: Database) -> None:
    received = build.receive(database)
    turn = build.take_turn(database, received.conversation_id)
    database.perform(handoffs.claim, received.conversation_id, build.user(database), NOW)
    assert database.perform(messaging.answer, turn, [Reply("too late")], NOW) == TakenOver()
    late = next(m for m in build.messages(database, received.conversation_id) if m.author is Author.BOT)
    assert late.delivery is Delivery.WITHHELD


def test_a_turn_that_asks_for_a_person_brings_one_together_with_its_words(database: Database) -> None:
    received = build.receive(database, "你们的机器人不行")
    turn = build.take_turn(database, received.conversation_id)
    database.perform(handoffs.request_person, received.message_id, Reason.ANGRY, "angry", NOW)
    with database.reading() as uow:
        assert uow.conversations.get(received.conversation_id).owner is Owner.BOT  # type: ignore[union-attr]
    assert database.perform(messaging.answer, turn, [Reply("马上为您转接")], NOW) == Answered(to_person=True)
    with database.reading() as uow:
        assert uow.conversations.get(received.conversation_id).owner is Owner.WAITING  # type: ignore[union-attr]
    words = build.messages(database, received.conversation_id)[-1]
    assert (words.delivery, words.epoch) == (Delivery.PENDING, None)


def test_a_waiting_wish_for_a_person_is_seen_behind_other_messages(database: Database) -> None:
    received = build.receive(database, "我的订单呢")
    wish = build.receive(database, "转人工")
    assert build.take_turn(database, received.conversation_id).wish == wish.message_id


def test_a_message_that_failed_waits_for_its_moment(database: Database) -> None:
    received = build.receive(database)
    later = NOW + timedelta(seconds=9)

    def delay(uow, message_id):  # type: ignore[no-untyped-def]
        uow.messages.get(message_id).due_at = later

    database.perform(delay, received.message_id)
    assert database.perform(messaging.next_turn, received.conversation_id, NOW) == NotBefore(later)


def test_a_long_silent_conversation_of_the_bot_ends_and_a_new_one_opens(database: Database) -> None:
    old = build.receive(database)
    new = build.receive(database, now=NOW + timedelta(hours=25))
    assert new.conversation_id != old.conversation_id
    with database.reading() as uow:
        assert uow.conversations.get(old.conversation_id).owner is Owner.CLOSED  # type: ignore[union-attr]
