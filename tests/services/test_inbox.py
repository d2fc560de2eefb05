from datetime import timedelta

import pytest

from bot.domain.conversation import Owner, Reason
from bot.domain.ids import ConversationId, CustomerId, MessageId, UserId
from bot.errors import NotFound
from bot.services import handoffs, inbox
from bot.store.pages import BadCursor
from bot.store.unit_of_work import Database
from tests import build

ME = UserId("user-anna")


def wait(database: Database, who: str, minutes: int) -> ConversationId:
    now = build.NOW + timedelta(minutes=minutes)
    heard = build.receive(database, f"help {who}", who=who, now=now)
    database.perform(handoffs.bring_person, heard.message_id, Reason.WISH, "One moment.", now)
    return heard.conversation_id


def see(database: Database, cursor: str | None = None, limit: int = 30) -> inbox.Inbox:
    with database.reading() as uow:
        return inbox.see_waiting(uow, ME, cursor, limit)


def test_who_has_waited_longest_stands_on_top_whatever_was_said_since(database: Database) -> None:
    first, second = wait(database, "a", 0), wait(database, "b", 5)
    build.receive(database, "still here", who="a", now=build.NOW + timedelta(minutes=9))
    assert [row.conversation.id for row in see(database).rows] == [first, second]


def test_pages_of_the_waiting_neither_repeat_nor_miss_anybody(database: Database) -> None:
    expected = [wait(database, f"w{n}", n // 2) for n in range(7)]
    seen, cursor = [], None
    for _ in range(10):
        page = see(database, cursor, 2)
        seen += [row.conversation.id for row in page.rows]
        if (cursor := page.next) is None:
            break
    assert sorted(seen) == sorted(expected) and len(seen) == 7


@pytest.mark.parametrize("cursor", ["x", "é", "W10=", "WyJhIiwgMV0=", "bnVsbA=="])
def test_a_forged_cursor_is_refused(database: Database, cursor: str) -> None:
    with pytest.raises(BadCursor):
        see(database, cursor)


@pytest.mark.parametrize("limit", [0, -1, 201, 10**9])
def test_a_page_size_out_of_bounds_is_refused(database: Database, limit: int) -> None:
    with pytest.raises(BadCursor):
        see(database, None, limit)


def test_a_line_shows_the_last_words_rather_than_a_notice(database: Database) -> None:
    wait(database, "a", 0)
    (row,) = see(database).rows
    assert row.last is not None and row.last.text == "help a"
    assert row.handoff is not None and row.handoff.reason is Reason.WISH


def test_mine_shows_what_i_claimed_and_counts_it(database: Database) -> None:
    anna = build.user(database)
    claimed, _ = wait(database, "a", 0), wait(database, "b", 1)
    database.perform(handoffs.claim, claimed, anna, build.NOW)
    with database.reading() as uow:
        mine = inbox.see_mine(uow, anna.id, None)
        all_bots = inbox.see_all(uow, anna.id, Owner.BOT, None)
    assert [row.conversation.id for row in mine.rows] == [claimed] and mine.rows[0].holder == "Anna"
    assert (mine.waiting, mine.mine, all_bots.rows) == (1, 1, [])


def test_a_window_around_a_message_always_holds_it(database: Database) -> None:
    ids = [build.receive(database, f"number {n}", now=build.NOW) for n in range(230)]
    conversation = ids[0].conversation_id
    with database.reading() as uow:
        latest = inbox.open_talk(uow, conversation)
        for one in (ids[0], ids[3], ids[120], ids[-1]):
            around = inbox.open_talk(uow, conversation, one.message_id)
            assert one.message_id in [message.id for message in around.messages]
    assert len(latest.messages) == inbox.WINDOW
    assert latest.earlier == ids[-inbox.WINDOW - 1].message_id


def test_only_messages_of_this_conversation_are_told(database: Database) -> None:
    mine, other = build.receive(database, "mine", who="a"), build.receive(database, "secret", who="b")
    with database.reading() as uow:
        talk = inbox.messages_since(uow, mine.conversation_id, MessageId(0), [other.message_id])
    assert [message.text for message in talk.messages] == ["mine"]


def test_an_open_talk_tells_who_it_is_with_and_how_edited_words_read_before(database: Database) -> None:
    heard = build.take_written(database, 1, "a red one")
    build.take(database, build.edited(1, 5, "a blue one"))
    build.take_written(database, 2, "thanks")
    with database.reading() as uow:
        talk = inbox.open_talk(uow, heard.conversation_id)
        changed = inbox.messages_since(uow, heard.conversation_id, talk.messages[-1].id, [heard.message_id])
    assert talk.identity.external_id == "v1"
    assert {id_: [one.text for one in kept] for id_, kept in talk.versions.items()} == {
        heard.message_id: ["a red one", "a blue one"]
    }  # fmt: skip
    assert [message.text for message in changed.messages] == ["a blue one"]
    assert list(changed.versions) == [heard.message_id]


def test_a_stranger_id_is_not_found(database: Database) -> None:
    with database.reading() as uow:
        with pytest.raises(NotFound):
            inbox.open_talk(uow, ConversationId("0" * 32))
        with pytest.raises(NotFound):
            inbox.read_record(uow, CustomerId("0" * 32))
