"""The outbox: in order, once, and never for an owner who no longer has the conversation."""

import pytest

from bot.domain.conversation import Reason
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Delivery, Outgoing, Reply
from bot.services import delivery, handoffs, messaging, replies, troubles
from bot.services.delivery import NothingToSend, SendLater
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def answered(database: Database, *words: str) -> ConversationId:
    received = build.receive(database)
    turn = build.take_turn(database, received.conversation_id)
    database.perform(messaging.answer, turn, [Reply(word) for word in words], NOW)
    return received.conversation_id


def take(database: Database) -> Outgoing | SendLater | NothingToSend:
    return database.perform(delivery.take_next, build.identity(database).id, False, NOW)


def test_messages_go_out_in_order_and_one_at_a_time(database: Database) -> None:
    answered(database, "one", "two")
    first = take(database)
    assert isinstance(first, Outgoing) and first.text == "one"
    assert isinstance(take(database), SendLater)
    database.perform(delivery.sent, first.message_id, None, NOW)
    second = take(database)
    assert isinstance(second, Outgoing) and second.text == "two"


def test_words_of_the_bot_are_withheld_from_the_moment_a_person_takes_over(database: Database) -> None:
    conversation_id = answered(database, "bot words")
    agent = build.user(database)
    database.perform(handoffs.claim, conversation_id, agent, NOW)
    database.perform(replies.reply, conversation_id, agent, "person words", None, NOW)
    sent = []
    while isinstance(outgoing := take(database), Outgoing):
        database.perform(delivery.sent, outgoing.message_id, None, NOW)
        sent.append((outgoing.author, outgoing.text))
    assert [author for author, _ in sent] == [Author.SYSTEM, Author.PERSON]
    assert sent[-1][1] == "person words"


def test_answers_that_a_slow_platform_has_not_taken_yet_still_go_out_before_the_words_of_the_handoff(
    database: Database,
) -> None:
    conversation_id = answered(database, "your case number")
    received = build.receive(database, "and now somebody real")
    turn = build.take_turn(database, conversation_id)
    database.perform(handoffs.request_person, received.message_id, Reason.WISH, "", NOW)
    database.perform(messaging.answer, turn, [Reply("somebody comes")], NOW)
    database.perform(handoffs.claim, conversation_id, build.user(database), NOW)
    sent = []
    while isinstance(outgoing := take(database), Outgoing):
        database.perform(delivery.sent, outgoing.message_id, None, NOW)
        sent.append(outgoing.text)
    assert sent[:2] == ["your case number", "somebody comes"]
    assert [message.delivery for message in build.messages(database, conversation_id) if message.delivery] == [
        Delivery.SENT
    ] * len(sent)


def test_an_answer_that_is_fetched_is_sent_with_the_turn_but_never_before_older_words(database: Database) -> None:
    received = build.receive(database)
    turn = build.take_turn(database, received.conversation_id)
    database.perform(troubles.answer_is_late, turn, NOW)
    database.perform(messaging.answer, turn, [Reply("after the notice")], NOW, is_fetched=True)
    assert build.messages(database, received.conversation_id)[-1].delivery is Delivery.PENDING
    database.perform(delivery.take_next, build.identity(database).id, True, NOW)
    second = build.receive(database, "again")
    turn = build.take_turn(database, second.conversation_id)
    database.perform(messaging.answer, turn, [Reply("at once")], NOW, is_fetched=True)
    last = build.messages(database, second.conversation_id)[-1]
    assert (last.text, last.delivery, last.sent_at) == ("at once", Delivery.SENT, NOW)


@pytest.mark.parametrize(("resend", "becomes"), [(False, Delivery.AMBIGUOUS), (True, Delivery.PENDING)])
def test_what_a_dead_process_was_sending_is_held_or_repeated_as_the_operator_likes(
    database: Database, resend: bool, becomes: Delivery
) -> None:
    conversation_id = answered(database, "x")
    take(database)
    assert database.perform(delivery.recover, resend, NOW) == 1
    assert build.messages(database, conversation_id)[-1].delivery is becomes


def test_where_the_reader_fetches_marking_is_sending(database: Database) -> None:
    conversation_id = answered(database, "one", "two")
    identity_id = build.identity(database).id
    assert database.perform(delivery.take_next, identity_id, True, NOW) == NothingToSend()
    _, *out = build.messages(database, conversation_id)
    assert [(m.delivery, m.sent_at) for m in out] == [(Delivery.SENT, NOW)] * 2
    assert database.perform(delivery.recover, False, NOW) == 0


def test_nothing_is_sent_to_a_customer_who_blocked_us(database: Database) -> None:
    conversation_id = answered(database, "x")
    identity_id = build.identity(database).id

    def block(uow):  # type: ignore[no-untyped-def]
        uow.customers.identity(identity_id).reachable = False

    database.perform(block)
    assert take(database) == NothingToSend()
    assert build.messages(database, conversation_id)[-1].delivery is Delivery.FAILED
