"""The way to a person and back."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.domain.conversation import Conversation, ConversationClosed, NotYours, Owner, Reason
from bot.domain.ids import ConversationId
from bot.domain.messages import Author
from bot.domain.satisfaction import parse_rating
from bot.errors import NotFound
from bot.services import handoffs, replies
from bot.services.handoffs import HeldByAnother
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def waiting(database: Database, text: str = "转人工") -> ConversationId:
    received = build.receive(database, text)
    database.perform(handoffs.bring_person, received.message_id, Reason.WISH, "一位同事马上来", NOW)
    return received.conversation_id


def test_calling_a_person_tells_the_customer_and_leaves_a_summary(database: Database) -> None:
    conversation_id = waiting(database)
    assert build.messages(database, conversation_id)[-1].text == "一位同事马上来"
    with database.reading() as uow:
        handoff = uow.conversations.current_handoff(conversation_id)
    assert handoff is not None
    assert (handoff.reason, handoff.summary) == (Reason.WISH, "customer: 转人工")


def test_a_person_is_called_once(database: Database) -> None:
    conversation_id = waiting(database)
    again = build.receive(database, "人工!!")
    assert not database.perform(handoffs.bring_person, again.message_id, Reason.WISH, "again", NOW)
    assert sum(m.author is Author.SYSTEM for m in build.messages(database, conversation_id)) == 1


def test_two_agents_claim_at_once_and_exactly_one_wins(database: Database) -> None:
    conversation_id = waiting(database)
    agents = [build.user(database, name) for name in ("anna", "bo")]

    def try_to_claim(agent: object) -> object:
        try:
            return database.perform(handoffs.claim, conversation_id, agent, NOW)
        except HeldByAnother as refusal:
            return refusal

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(try_to_claim, agents))
    [winner] = [outcome for outcome in outcomes if isinstance(outcome, Conversation)]
    [refusal] = [outcome for outcome in outcomes if isinstance(outcome, HeldByAnother)]
    assert refusal.holder_name == {"user-anna": "Anna", "user-bo": "Bo"}[winner.agent_id or ""]


def test_the_customer_is_told_who_came(database: Database) -> None:
    conversation_id = waiting(database)
    database.perform(handoffs.claim, conversation_id, build.user(database), NOW)
    assert "Anna" in build.messages(database, conversation_id)[-1].text


def test_claiming_twice_changes_nothing(database: Database) -> None:
    conversation_id, anna = waiting(database), build.user(database)
    once = database.perform(handoffs.claim, conversation_id, anna, NOW).epoch
    assert database.perform(handoffs.claim, conversation_id, anna, NOW).epoch == once


def test_handing_back_asks_for_a_rating_and_ends_the_handoff(database: Database) -> None:
    conversation_id, anna = waiting(database), build.user(database)
    database.perform(handoffs.claim, conversation_id, anna, NOW)
    conversation = database.perform(handoffs.hand_back, conversation_id, anna, NOW)
    assert (conversation.owner, conversation.rating_wanted) == (Owner.BOT, True)
    with database.reading() as uow:
        assert uow.conversations.current_handoff(conversation_id) is None
        assert uow.conversations.awaiting_rating(conversation.identity_id) == conversation_id


def test_a_closed_conversation_takes_no_more_words(database: Database) -> None:
    conversation_id, anna = waiting(database), build.user(database)
    database.perform(handoffs.claim, conversation_id, anna, NOW)
    database.perform(handoffs.close, conversation_id, anna, NOW)
    with pytest.raises(ConversationClosed):
        database.perform(replies.reply, conversation_id, anna, "too late", None, NOW)


def test_a_reply_needs_a_claim(database: Database) -> None:
    with pytest.raises(NotYours):
        database.perform(replies.reply, waiting(database), build.user(database), "hi", None, NOW)


def test_the_same_reply_twice_is_one_message(database: Database) -> None:
    conversation_id, anna = waiting(database), build.user(database)
    database.perform(handoffs.claim, conversation_id, anna, NOW)
    first = database.perform(replies.reply, conversation_id, anna, "hi", "key", NOW)
    again = database.perform(replies.reply, conversation_id, anna, "hi", "key", NOW)
    assert (again.message_id, again.repeated) == (first.message_id, True)


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (replies.LONGEST_REPLY + 1)])
def test_an_empty_or_endless_reply_is_refused(sqlite_database: Database, text: str) -> None:
    conversation_id, anna = waiting(sqlite_database), build.user(sqlite_database)
    sqlite_database.perform(handoffs.claim, conversation_id, anna, NOW)
    with pytest.raises(replies.BadReply):
        sqlite_database.perform(replies.reply, conversation_id, anna, text, None, NOW)


def test_every_change_of_owner_is_audited_with_its_actor(database: Database) -> None:
    conversation_id, anna = waiting(database), build.user(database)
    database.perform(handoffs.claim, conversation_id, anna, NOW)
    database.perform(handoffs.hand_back, conversation_id, anna, NOW)
    with database.reading() as uow:
        entries = uow.audit.of_subject(f"conversation:{conversation_id}")
    assert [(entry.actor, entry.action) for entry in entries] == [
        ("bot", "conversation.person_requested"),
        (anna.id, "conversation.claimed"),
        (anna.id, "conversation.handed_back"),
    ]


def test_an_unknown_conversation_is_not_found(sqlite_database: Database) -> None:
    with pytest.raises(NotFound):
        sqlite_database.perform(handoffs.claim, ConversationId("1 OR 1=1"), build.user(sqlite_database), NOW)


def test_whoever_had_a_person_is_asked_with_one_button_for_each_score(database: Database) -> None:
    received, anna = build.receive(database, "我要找人工"), build.user(database)
    database.perform(handoffs.claim, received.conversation_id, anna, NOW)
    database.perform(handoffs.hand_back, received.conversation_id, anna, NOW)
    asked = build.messages(database, received.conversation_id)[-1]
    assert asked.kind == "rating"
    assert [parse_rating(button["payload"]) for button in asked.buttons] == [1, 2, 3, 4, 5]
