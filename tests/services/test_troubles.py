"""When the brain does not answer: one honest sentence, a few tries, then a person."""

from bot.domain.conversation import Owner, Reason
from bot.domain.messages import Author, Turn
from bot.services import handoffs, messaging, troubles
from bot.services.messaging import NextTurn, NothingOpen
from bot.services.troubles import ToPerson, TryAgain
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def system_words(database: Database, turn: NextTurn) -> list[str]:
    found = build.messages(database, turn.conversation_id)
    return [message.text for message in found if message.author is Author.SYSTEM]


def test_one_honest_sentence_is_said_once_and_offers_a_person(database: Database) -> None:
    turn = build.take_turn(database, build.receive(database, "订单呢").conversation_id)
    database.perform(troubles.answer_is_late, turn, NOW)
    database.perform(troubles.answer_is_late, turn, NOW)
    [notice] = [m for m in build.messages(database, turn.conversation_id) if m.author is Author.SYSTEM]
    assert notice.buttons == [{"title": "转人工", "payload": "转人工"}]
    assert build.take_turn(database, turn.conversation_id).message_id == turn.message_id


def test_after_three_failures_a_person_has_it_and_the_next_message_gets_its_turn(database: Database) -> None:
    received = build.receive(database, "poison")
    build.receive(database, "next")
    moment = NOW
    for _ in range(troubles.MOST_FAILURES - 1):
        outcome = database.perform(
            troubles.turn_failed, build.take_turn(database, received.conversation_id, moment), moment
        )
        assert isinstance(outcome, TryAgain)
        moment = outcome.due_at
    turn = build.take_turn(database, received.conversation_id, moment)
    assert database.perform(troubles.turn_failed, turn, moment) == ToPerson()
    after = build.take_turn(database, received.conversation_id, moment)
    assert (after.text, after.owner) == ("next", Owner.WAITING)
    with database.reading() as uow:
        handoff = uow.conversations.current_handoff(received.conversation_id)
        dead = uow.messages.get(received.message_id)
    assert handoff is not None and handoff.reason is Reason.BRAIN_FAILED
    assert dead is not None and dead.turn is Turn.DEAD


def test_while_a_person_has_it_a_failure_is_not_told_to_the_customer(database: Database) -> None:
    received = build.receive(database)
    database.perform(handoffs.claim, received.conversation_id, build.user(database), NOW)
    turn = build.take_turn(database, received.conversation_id)
    before = system_words(database, turn)
    moment = NOW
    for _ in range(troubles.MOST_FAILURES):
        outcome = database.perform(troubles.turn_failed, turn, moment)
        moment = outcome.due_at if isinstance(outcome, TryAgain) else moment
    assert system_words(database, turn) == before
    assert database.perform(messaging.next_turn, received.conversation_id, moment) == NothingOpen()
