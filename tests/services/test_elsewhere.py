"""Whoever answers past our desk has the conversation: the bot is silent, the desk sees it, and it comes back."""

import pytest

from bot.domain.arrivals import SaidElsewhere, Session
from bot.domain.attachments import Attachment
from bot.domain.conversation import Conversation, NotYours, Owner, Reason
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Delivery, Message, Reply
from bot.services import elsewhere, handoffs, messaging, replies
from bot.services.elsewhere import Passed, TakenDown
from bot.services.messaging import TakenOver
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

SAID = SaidElsewhere("v1", "msg-9", "您好，我是李雷")


def conversation(database: Database, conversation_id: ConversationId) -> Conversation:
    with database.reading() as uow:
        found = uow.conversations.get(conversation_id)
    assert found is not None
    return found


def take_down(database: Database, said: SaidElsewhere = SAID) -> Message:
    taken = database.perform(elsewhere.take_down, "web", "web", said, NOW)
    assert isinstance(taken, TakenDown)
    with database.reading() as uow:
        message = uow.messages.get(taken.message_id)
    assert message is not None
    return message


def follow(database: Database, *, with_person: bool, who: str = "v1") -> Passed:
    return database.perform(elsewhere.follow, "web", "web", Session(who, with_person), NOW)


def test_their_words_are_kept_and_the_conversation_is_theirs(database: Database) -> None:
    received = build.receive(database, "hello")
    said = take_down(database)
    assert (said.author, said.text, said.agent_id, said.delivery) == (Author.PERSON, SAID.text, None, Delivery.SENT)
    held = conversation(database, received.conversation_id)
    assert (held.owner, held.agent_id, held.epoch, held.is_elsewhere) == (Owner.PERSON, None, 2, True)
    with database.reading() as uow:
        handoff = uow.conversations.current_handoff(received.conversation_id)
    assert handoff is not None
    assert (handoff.reason, handoff.claimed_at, handoff.claimed_by) == (Reason.ELSEWHERE, NOW, None)
    assert "customer: hello" in handoff.summary


def test_the_same_words_again_are_not_kept_twice(database: Database) -> None:
    received = build.receive(database, "hello")
    assert take_down(database).id == take_down(database).id
    assert len(build.messages(database, received.conversation_id)) == 2


def test_more_of_their_words_change_nothing_but_the_record(database: Database) -> None:
    received = build.receive(database, "hello")
    take_down(database)
    photo = take_down(database, SaidElsewhere("v1", "msg-10", "", Attachment("photo", "media-1")))
    assert (photo.kind, photo.attachment) == ("photo", Attachment("photo", "media-1"))
    assert conversation(database, received.conversation_id).epoch == 2


def test_an_answer_that_was_being_made_is_withheld(database: Database) -> None:
    received = build.receive(database, "hello")
    turn = build.take_turn(database, received.conversation_id)
    take_down(database)
    assert isinstance(database.perform(messaging.answer, turn, [Reply("hi")], NOW), TakenOver)
    assert build.delivered(database, received.conversation_id)[-1] == ("hi", Delivery.WITHHELD, None)


def test_words_that_were_to_go_out_whoever_has_it_are_withheld_and_an_agents_are_not(database: Database) -> None:
    received, anna = build.receive(database, "this is outrageous"), build.user(database)
    turn = build.take_turn(database, received.conversation_id)
    database.perform(handoffs.request_person, received.message_id, Reason.ANGRY, "", NOW)
    database.perform(messaging.answer, turn, [Reply("a person is coming")], NOW)
    database.perform(handoffs.claim, received.conversation_id, anna, NOW)
    database.perform(replies.reply, received.conversation_id, anna, "I am here", "k1", NOW)
    take_down(database)
    fates = {text: state for text, state, _ in build.delivered(database, received.conversation_id)}
    assert fates.pop("I am here") is Delivery.PENDING and fates.pop(SAID.text) is Delivery.SENT
    assert set(fates.values()) == {Delivery.WITHHELD} and "a person is coming" in fates


def test_who_was_never_heard_of_becomes_a_customer(database: Database) -> None:
    said = take_down(database)
    assert conversation(database, said.conversation_id).is_elsewhere


def test_when_they_are_done_it_is_the_bots_again(database: Database) -> None:
    received = build.receive(database, "hello")
    take_down(database)
    assert follow(database, with_person=False) == Passed(with_person=False, is_news=True)
    back = conversation(database, received.conversation_id)
    assert (back.owner, back.epoch, back.rating_wanted) == (Owner.BOT, 3, False)
    with database.reading() as uow:
        [handoff] = uow.conversations.handoffs_of(back.customer_id)
    assert (handoff.ended_at, handoff.outcome) == (NOW, "handed_back")
    assert follow(database, with_person=False).is_news is False


def test_a_session_that_a_person_takes_there_is_theirs_before_they_speak(database: Database) -> None:
    received = build.receive(database, "hello")
    assert follow(database, with_person=True).is_news
    assert conversation(database, received.conversation_id).is_elsewhere


def test_whom_a_person_elsewhere_has_can_be_asked_for(database: Database) -> None:
    take_down(database)
    build.receive(database, "hello", who="v2")
    with database.reading() as uow:
        assert elsewhere.held(uow, "web", "web", ["v1", "v2", "nobody"]) == ["v1"]
        assert elsewhere.held(uow, "web", "other", ["v1"]) == []


def test_news_of_strangers_and_of_what_our_desk_has_change_nothing(database: Database) -> None:
    assert follow(database, with_person=True, who="nobody").is_news is False
    received = build.receive(database, "hello")
    database.perform(handoffs.claim, received.conversation_id, build.user(database), NOW)
    assert follow(database, with_person=False).is_news is False
    assert conversation(database, received.conversation_id).agent_id == "user-anna"


def test_a_person_there_takes_it_from_an_agent_here_who_can_say_no_more(database: Database) -> None:
    received, anna = build.receive(database, "hello"), build.user(database)
    database.perform(handoffs.claim, received.conversation_id, anna, NOW)
    take_down(database)
    with pytest.raises(NotYours):
        database.perform(replies.reply, received.conversation_id, anna, "hi", "k1", NOW)


def test_nobody_here_can_claim_it_but_anybody_can_close_it(database: Database) -> None:
    received, anna = build.receive(database, "hello"), build.user(database)
    take_down(database)
    for change in (handoffs.claim, handoffs.hand_back):
        with pytest.raises(NotYours):
            database.perform(change, received.conversation_id, anna, NOW)
    closed = database.perform(handoffs.close, received.conversation_id, anna, NOW)
    assert (closed.owner, closed.rating_wanted) == (Owner.CLOSED, False)


def test_who_waits_is_passed_on_once_all_that_was_said_before_has_gone_out(database: Database) -> None:
    received = build.receive(database, "转人工")
    database.perform(handoffs.bring_person, received.message_id, Reason.WISH, "coming", NOW)
    with database.reading() as uow:
        assert elsewhere.to_be_passed_on(uow, "web") == []
    identity = build.identity(database)
    database.perform(lambda uow: setattr(uow.messages.next_outgoing(identity.id), "delivery", Delivery.SENT))
    with database.reading() as uow:
        [waiting] = elsewhere.to_be_passed_on(uow, "web")
        assert elsewhere.to_be_passed_on(uow, "telegram") == []
    assert waiting.to == identity.address
    assert database.perform(elsewhere.passed_on, waiting.conversation_id, NOW)
    assert conversation(database, received.conversation_id).is_elsewhere
    assert not database.perform(elsewhere.passed_on, waiting.conversation_id, NOW)


def test_who_waits_for_a_person_there_is_seen_to_wait_and_the_bot_is_silent(database: Database) -> None:
    received = build.receive(database, "hello")
    turn = build.take_turn(database, received.conversation_id)
    assert database.perform(elsewhere.awaited, build.identity(database).id, NOW)
    waiting = conversation(database, received.conversation_id)
    assert (waiting.owner, waiting.waiting_since) == (Owner.WAITING, NOW)
    assert isinstance(database.perform(messaging.answer, turn, [Reply("hi")], NOW), TakenOver)
    assert not database.perform(elsewhere.awaited, build.identity(database).id, NOW)
    take_down(database)
    with database.reading() as uow:
        [handoff] = uow.conversations.handoffs_of(waiting.customer_id)
    assert (handoff.reason, handoff.opened_at, handoff.claimed_at) == (Reason.ELSEWHERE, NOW, NOW)


def test_an_agent_who_was_faster_keeps_it(database: Database) -> None:
    received = build.receive(database, "转人工")
    database.perform(handoffs.bring_person, received.message_id, Reason.WISH, "coming", NOW)
    database.perform(handoffs.claim, received.conversation_id, build.user(database), NOW)
    assert not database.perform(elsewhere.passed_on, received.conversation_id, NOW)
    assert conversation(database, received.conversation_id).agent_id == "user-anna"
