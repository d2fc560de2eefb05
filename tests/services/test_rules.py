"""What is done by rule: said once for a run, silent while a person has the conversation, never taken for a wish."""

import pytest

from bot.domain.conversation import Owner
from bot.domain.messages import Author, Reply
from bot.services import handoffs, messaging, rules
from bot.services.messaging import NothingOpen
from bot.store.unit_of_work import Database
from bot.words import say
from tests import build
from tests.build import NOW
from tests.services.arriving import receive, said, turn_of


def explain(database: Database, text: str = "", kind: str = "sticker") -> list[str]:
    """Have one more message received and explained; return all that was said so far."""
    turn = turn_of(database, text, kind)
    database.perform(rules.explain_silence, turn, NOW)
    assert database.perform(messaging.next_turn, turn.conversation_id, NOW) == NothingOpen()
    return [message.text for message in said(database, turn.conversation_id)]


@pytest.mark.parametrize(
    ("kind", "msgid"),
    [
        ("photo", "wordless-photo"),
        ("voice", "wordless-voice"),
        ("video_note", "wordless-video"),
        ("document", "wordless-file"),
        ("venue", "wordless-place"),
        ("dice", "wordless-other"),
        ("forwarded", "not-your-own-words"),
    ],
)
def test_what_cannot_be_read_is_admitted_and_a_person_offered(database: Database, kind: str, msgid: str) -> None:
    turn = turn_of(database, "", kind)
    database.perform(rules.explain_silence, turn, NOW)
    [sentence] = said(database, turn.conversation_id)
    assert (sentence.text, sentence.in_reply_to) == (say("zh-Hans", msgid), turn.message_id)
    assert sentence.buttons == [{"title": "转人工", "payload": "转人工"}]


def test_ten_stickers_get_one_sentence_and_after_words_the_next_one_gets_another(database: Database) -> None:
    for _ in range(10):
        sentences = explain(database)
    assert len(sentences) == 1
    turn = turn_of(database, "在吗")
    database.perform(messaging.answer, turn, [Reply("在")], NOW)
    assert len(explain(database)) == len(explain(database, "", "photo")) == 3


def test_an_album_that_arrived_at_once_gets_one_sentence(database: Database) -> None:
    received = [receive(database, "", "photo") for _ in range(4)]
    for _ in received:
        database.perform(rules.explain_silence, build.take_turn(database, received[0].conversation_id), NOW)
    assert len(said(database, received[0].conversation_id)) == 1


def test_words_that_still_wait_behind_a_photo_do_not_end_its_run(database: Database) -> None:
    first = receive(database, "", "photo")
    receive(database, "", "photo")
    receive(database, "看到了吗")
    for _ in range(2):
        database.perform(rules.explain_silence, build.take_turn(database, first.conversation_id), NOW)
    assert len(said(database, first.conversation_id)) == 1
    assert build.take_turn(database, first.conversation_id).text == "看到了吗"


def test_forwarded_words_are_a_run_of_their_own(database: Database) -> None:
    assert len(explain(database, "", "sticker")) == 1
    assert len(explain(database, "转人工", "forwarded")) == 2
    assert len(explain(database, "I hate tea", "forwarded")) == 2
    assert len(explain(database, "", "voice")) == 2


def test_an_explanation_is_in_the_customers_language_and_not_in_that_of_the_words_passed_on(database: Database) -> None:
    database.perform(messaging.set_aside, receive(database, "你好").message_id)
    assert explain(database, "Please could you send it to my new address", "forwarded") == [
        say("zh-Hans", "not-your-own-words")
    ]


def test_an_explanation_given_twice_is_said_once(database: Database) -> None:
    turn = turn_of(database, "", "photo")
    for _ in range(2):
        database.perform(rules.explain_silence, turn, NOW)
    assert len(said(database, turn.conversation_id)) == 1


def test_a_run_without_end_is_explained_again_and_not_at_every_message(sqlite_database: Database) -> None:
    for _ in range(rules._LOOK_BACK + 10):
        explain(sqlite_database)
    with sqlite_database.reading() as uow:
        written = uow.messages.of_customer(build.identity(sqlite_database).customer_id)
    assert sum(message.author is Author.SYSTEM for message in written) == 2


@pytest.mark.parametrize("kind", ["photo", "forwarded"])
def test_while_a_person_has_it_nothing_is_explained_and_afterwards_it_is(database: Database, kind: str) -> None:
    received, anna = receive(database, "你好"), build.user(database)
    database.perform(messaging.set_aside, received.message_id)
    database.perform(handoffs.claim, received.conversation_id, anna, NOW)
    before = said(database, received.conversation_id)
    assert explain(database, "", kind) == [message.text for message in before]
    database.perform(handoffs.hand_back, received.conversation_id, anna, NOW)
    assert len(explain(database, "", kind)) == len(before) + 2


@pytest.mark.parametrize("text", ["转人工", "I want to talk to a human", "/human"])
def test_a_wish_in_somebody_elses_words_is_none(database: Database, text: str) -> None:
    turn = turn_of(database, text, "forwarded")
    assert (turn.wish, turn.owner) == (None, Owner.BOT)
    own = receive(database, "转人工")
    assert build.take_turn(database, turn.conversation_id).wish == own.message_id


def test_in_a_group_the_customer_is_asked_into_private_once(database: Database) -> None:
    turn = turn_of(database, "delete my data", in_group=True)
    for _ in range(2):
        database.perform(rules.ask_into_private, turn, NOW)
    assert [m.text for m in said(database, turn.conversation_id)] == [say("en", "let-us-talk-in-private")]
