"""Customers change their words: the newest count, all are kept, and nothing is answered a second time."""

import itertools
from datetime import timedelta

import pytest

from bot.domain.arrivals import Edit
from bot.domain.attachments import Attachment
from bot.domain.ids import ConversationId, MessageId
from bot.domain.messages import Message, Reply, Turn
from bot.services import messaging, privacy
from bot.services.arrivals import Counted
from bot.services.edits import Edited
from bot.services.messaging import Duplicate, NothingOpen, Received
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

LATER = NOW + timedelta(minutes=1)


def versions_of(database: Database, message_id: MessageId) -> list[tuple[int, str]]:
    with database.reading() as uow:
        return [(version.number, version.text) for version in uow.versions.of([message_id]).get(message_id, [])]


def only_message(database: Database, conversation_id: ConversationId) -> Message:
    (message,) = [m for m in build.messages(database, conversation_id) if m.turn is not None]
    return message


def test_an_edit_changes_the_words_keeps_the_old_ones_and_is_told(database: Database) -> None:
    received = build.take_written(database, 1, "a red one")
    assert build.take(database, build.edited(1, 10, "a blue one"), now=LATER) == Edited(received.message_id)
    message = only_message(database, received.conversation_id)
    assert (message.text, message.written_at, message.edited_at) == ("a blue one", NOW, LATER)
    assert versions_of(database, message.id) == [(0, "a red one"), (10, "a blue one")]
    with database.reading() as uow:
        line = uow.feed.after(0)[-1]
    assert (line.kind, line.details["message_id"], line.conversation_id) == (
        "message", message.id, received.conversation_id,
    )  # fmt: skip


def test_an_edit_of_what_waits_for_its_turn_changes_what_is_answered(database: Database) -> None:
    received = build.take_written(database, 1, "a red one")
    build.take(database, build.edited(1, 10, "a blue one"))
    assert build.take_turn(database, received.conversation_id).text == "a blue one"


def test_an_edit_of_what_was_answered_opens_no_turn(database: Database) -> None:
    received = build.take_written(database, 1, "a red one")
    build.answer(database, received.conversation_id)
    build.take(database, build.edited(1, 10, "a blue one"))
    assert database.perform(messaging.next_turn, received.conversation_id, NOW) == NothingOpen()
    assert only_message(database, received.conversation_id).text == "a blue one"


def test_an_edit_that_comes_first_waits_for_its_original_which_is_answered_once(database: Database) -> None:
    edited = build.take(database, build.edited(1, 10, "a blue one"))
    assert isinstance(edited, Edited)
    with database.reading() as uow:
        message = uow.messages.get(edited.message_id)
    assert message is not None and message.turn is Turn.DONE
    received = build.take(database, build.written(1, "a red one"))
    assert received == Received(edited.message_id, message.conversation_id)
    assert build.take(database, build.written(1, "a red one")) == Duplicate(edited.message_id)
    assert build.answer(database, message.conversation_id).text == "a blue one"
    assert build.take(database, build.written(1, "a red one")) == Duplicate(edited.message_id)
    assert database.perform(messaging.next_turn, message.conversation_id, NOW) == NothingOpen()
    assert versions_of(database, message.id) == [(0, "a red one"), (10, "a blue one")]


def test_an_original_that_comes_days_after_its_edit_is_answered_in_the_conversation_that_is_open(
    database: Database,
) -> None:
    build.take(database, build.edited(1, 10, "a blue one"))
    much_later = NOW + timedelta(days=3)
    received = build.take(database, build.written(1, "a red one"), now=much_later)
    assert isinstance(received, Received)
    turn = build.take_turn(database, received.conversation_id, much_later)
    answered = database.perform(messaging.answer, turn, [Reply("ok")], much_later)
    assert (turn.owner, answered) == ("bot", messaging.Answered(to_person=False))


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_in_whatever_order_they_arrive_the_newest_words_win(sqlite_database: Database, order: tuple[int, ...]) -> None:
    told = [build.written(1, "first"), *(build.edited(1, number, f"edit {number}") for number in (3, 5, 9))]
    for place in order:
        build.take(sqlite_database, told[place])
        build.take(sqlite_database, told[place])
    with sqlite_database.reading() as uow:
        (message,) = uow.messages.of_customer(build.identity(sqlite_database, channel="telegram").customer_id)
    assert (message.text, message.turn, message.edited_at) == ("edit 9", Turn.OPEN, NOW)
    expected = [(0, "first"), (3, "edit 3"), (5, "edit 5"), (9, "edit 9")]
    assert versions_of(sqlite_database, message.id) == expected


def test_an_edit_that_changes_nothing_one_can_see_is_no_edit_to_the_reader(database: Database) -> None:
    received = build.take_written(database, 1, "a red one")
    assert build.take(database, build.edited(1, 10, "a red one")) == Edited(received.message_id)
    assert only_message(database, received.conversation_id).edited_at is None
    build.take(database, build.edited(1, 5, "a blue one"))
    assert only_message(database, received.conversation_id).text == "a red one"


def test_another_photo_and_another_caption_take_the_place_of_the_first(database: Database) -> None:
    first, second = Attachment("photo", "file-1", size=5), Attachment("photo", "file-2", details={"width": 90})
    received = build.take(database, build.written(1, "this cup", kind="photo", attachment=first))
    build.take(database, Edit(build.written(1, "that cup", kind="photo", attachment=second), 10))
    assert isinstance(received, Received)
    message = only_message(database, received.conversation_id)
    assert (message.text, message.kind, message.attachment) == ("that cup", "photo", second)


def test_what_was_forgotten_is_not_brought_back_by_an_edit(database: Database) -> None:
    received = build.take_written(database, 1, "my number is 12345")
    build.take(database, build.edited(1, 10, "my number is 123456"))
    build.take(database, build.edited(2, 10, "an edit without its original"))
    customer_id = build.identity(database, channel="telegram").customer_id
    database.perform(privacy.forget, customer_id, NOW)
    assert versions_of(database, received.message_id) == []
    assert build.take(database, build.edited(1, 11, "my number was 12345")) == Counted("edit_of_forgotten")
    assert isinstance(build.take(database, build.written(2, "an original without its edit")), Duplicate)
    with database.reading() as uow:
        kept = uow.messages.of_customer(customer_id)
    assert [(m.text, m.edited_at) for m in kept] == [("", None), ("", None)]
    assert versions_of(database, received.message_id) == []


def test_what_is_written_after_forgetting_can_be_edited(database: Database) -> None:
    build.take_written(database, 1)
    database.perform(privacy.forget, build.identity(database, channel="telegram").customer_id, NOW)
    received = build.take_written(database, 2, "new words", now=LATER)
    assert build.take(database, build.edited(2, 10, "newer words"), now=LATER) == Edited(received.message_id)
    assert versions_of(database, received.message_id) == [(0, "new words"), (10, "newer words")]
