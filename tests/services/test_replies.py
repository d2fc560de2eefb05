"""An agent's words and the file that goes along are one message."""

import pytest

from bot.domain.attachments import Attachment
from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId
from bot.domain.users import User
from bot.services import handoffs, replies
from bot.services.replies import LARGEST_FILE, BadReply, Enclosure
from bot.store.unit_of_work import Database
from tests import build

INVOICE = Enclosure(Attachment("document", None, "invoice.pdf", "application/pdf", 4), b"%PDF")


def claimed(database: Database) -> tuple[ConversationId, User]:
    received = build.receive(database)
    anna = build.user(database)
    database.perform(handoffs.claim, received.conversation_id, anna, build.NOW)
    return received.conversation_id, anna


def test_a_file_is_kept_with_its_message_in_one_transaction(database: Database) -> None:
    conversation, anna = claimed(database)
    replied = database.perform(replies.reply, conversation, anna, "", "k", build.NOW, enclosure=INVOICE)
    with database.reading() as uow:
        message = uow.messages.get(replied.message_id)
        assert message is not None and message.attachment == INVOICE.attachment
        assert (message.text, message.delivery) == ("", "pending")
        assert uow.uploads.content(replied.message_id) == b"%PDF"


def test_a_repeated_submission_keeps_one_file(database: Database) -> None:
    conversation, anna = claimed(database)
    said = [database.perform(replies.reply, conversation, anna, "hi", "k", build.NOW, enclosure=INVOICE) for _ in "ab"]
    assert [one.repeated for one in said] == [False, True] and said[0].message_id == said[1].message_id


@pytest.mark.parametrize("content", [b"", b"0" * (LARGEST_FILE + 1)], ids=["empty", "too large"])
def test_a_file_without_content_or_beyond_the_bound_is_refused(sqlite_database: Database, content: bytes) -> None:
    conversation, anna = claimed(sqlite_database)
    enclosure = Enclosure(INVOICE.attachment, content)
    with pytest.raises(BadReply):
        sqlite_database.perform(replies.reply, conversation, anna, "words", "k", build.NOW, enclosure=enclosure)


def test_neither_words_nor_file_is_refused(sqlite_database: Database) -> None:
    conversation, anna = claimed(sqlite_database)
    with pytest.raises(BadReply):
        sqlite_database.perform(replies.reply, conversation, anna, " \n", "k", build.NOW)


def test_who_does_not_have_the_conversation_leaves_no_file_behind(sqlite_database: Database) -> None:
    conversation, _ = claimed(sqlite_database)
    tom = build.user(sqlite_database, "tom")
    with pytest.raises(handoffs.HeldByAnother):
        sqlite_database.perform(replies.reply, conversation, tom, "hi", "k", build.NOW, enclosure=INVOICE)
    with sqlite_database.reading() as uow:
        found = uow.conversations.get(conversation)
        assert found is not None and found.owner is Owner.PERSON
        assert not [one for one in uow.messages.of_conversation(found.id) if one.attachment]
