"""The whole record of a customer, in few queries."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.domain.ids import ConversationId, CustomerId, new_id
from bot.errors import NotFound
from bot.services import listings, profiles
from bot.store.unit_of_work import Database, UnitOfWork
from tests.desk.api.api_world import NOW, answer, hear, open_database, show_photo, tell_story


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = open_database(tmp_path)
    yield database
    database.close()


@pytest.fixture
def uow(database: Database) -> Iterator[UnitOfWork]:
    with database.transaction() as uow:
        yield uow


def test_every_list_of_the_record_is_there(uow: UnitOfWork) -> None:
    story = tell_story(uow)
    record = profiles.record(uow, story.customer_id)
    assert record["identities"][0]["external_id"] == "424242"
    assert record["complaints"][0]["words"] == "My parcel is late"
    assert record["preferences"][0]["quote"] == "no more calls"
    assert record["consents"][0]["granted"] is False
    assert record["promises"][0]["what"] == "call back"
    assert record["ratings"][0]["score"] == 4
    assert record["handoffs"][0]["reason"] == "wish"
    assert record["orders"][0]["amount"] == "12.50"
    assert record["conversations"][0]["state"] == "person"


def test_messages_carry_what_was_understood_and_what_became_of_them(uow: UnitOfWork) -> None:
    story = tell_story(uow)
    heard, said = profiles.record(uow, story.customer_id)["conversations"][0]["messages"][:2]
    assert (heard["author"], heard["intent"], heard["sentiment"], heard["topics"]) == (
        "customer", "complaint", -1, ["delivery"],
    )  # fmt: skip
    assert heard["sent_at"] == heard["written_at"] == NOW.isoformat()
    assert heard["delivery"] is None
    assert (said["author"], said["delivery"], said["in_reply_to"]) == ("bot", "sent", heard["id"])
    assert said["sent_at"] == (NOW + timedelta(seconds=1)).isoformat()
    assert said["intent"] is None


def test_a_message_shows_what_it_carries_and_how_it_read_before(uow: UnitOfWork) -> None:
    story = tell_story(uow)
    record = profiles.record(uow, story.customer_id)
    (photo,) = [one for one in record["conversations"][0]["messages"] if one["kind"] == "photo"]
    assert photo["attachment"] == {
        "kind": "photo", "name": "cup.jpg", "media_type": "image/jpeg", "size": 2_048,
        "details": {"width": 90, "ratio": 1.5, "spoiler": False, "tags": ["cup", "blue"], "title": "x"},
    }  # fmt: skip
    first, newest = photo["versions"]
    assert (photo["text"], photo["edited_at"], newest["written_at"]) == (
        "that cup",
        newest["written_at"],
        "2026-11-22T08:00:06+00:00",
    )
    assert (first["number"], first["text"], newest["number"], newest["text"]) == (0, "this cup", 2**50, "that cup")
    assert "a-secret-reference" not in json.dumps(record)


def test_a_message_that_was_never_edited_has_no_versions(uow: UnitOfWork) -> None:
    heard = profiles.record(uow, tell_story(uow).customer_id)["conversations"][0]["messages"][0]
    assert (heard["edited_at"], heard["versions"], heard["attachment"]) == (None, [], None)


def test_an_identity_tells_the_names_and_whether_others_read_along(uow: UnitOfWork) -> None:
    (identity,) = profiles.record(uow, tell_story(uow).customer_id)["identities"]
    assert (identity["display_name"], identity["username"], identity["is_public"]) == ("Lin <b>Mei</b>", "mei", False)


def test_words_that_have_not_gone_out_have_no_time_of_sending(uow: UnitOfWork) -> None:
    story = tell_story(uow)
    messages = profiles.record(uow, story.customer_id)["conversations"][0]["messages"]
    assert {m["sent_at"] for m in messages if m["delivery"] == "pending"} == {None}


def test_conversations_and_their_words_stand_oldest_first(uow: UnitOfWork) -> None:
    first = hear(uow, "7", "hello")
    answer(uow, first, "Hello!")
    second = hear(uow, "7", "again", NOW + timedelta(days=3))
    conversations = profiles.record(uow, first.customer_id)["conversations"]
    assert [one["id"] for one in conversations] == [first.conversation_id, second.conversation_id]
    assert [m["text"] for m in conversations[0]["messages"]] == ["hello", "Hello!"]
    assert [m["text"] for m in conversations[1]["messages"]] == ["again"]


def test_the_record_is_plain_json(uow: UnitOfWork) -> None:
    record = profiles.record(uow, tell_story(uow).customer_id)
    assert json.loads(json.dumps(record)) == record


def test_another_customers_words_stay_out(uow: UnitOfWork) -> None:
    mine, other = tell_story(uow, "1"), tell_story(uow, "2")
    assert mine.customer_id != other.customer_id
    assert other.customer_id not in json.dumps(profiles.record(uow, mine.customer_id))


def test_a_stranger_has_no_record(uow: UnitOfWork) -> None:
    with pytest.raises(NotFound):
        profiles.record(uow, CustomerId(new_id()))
    assert profiles.find(uow, "telegram", "nobody") is None


def test_a_customer_is_found_by_the_name_a_channel_knows(uow: UnitOfWork) -> None:
    story = tell_story(uow)
    found = profiles.find(uow, "telegram", "424242")
    assert found is not None and found["id"] == story.customer_id
    assert profiles.find(uow, "web", "424242") is None


def test_the_account_tells_apart_the_same_name_on_two_accounts(uow: UnitOfWork) -> None:
    one, two = hear(uow, "7", "hello", account="one"), hear(uow, "7", "hello", account="two")
    found = profiles.find(uow, "telegram", "7", "two")
    assert found is not None and found["id"] == two.customer_id != one.customer_id


def test_a_longer_record_costs_no_more_queries(database: Database) -> None:
    def queries_for(words: int) -> int:
        with database.transaction() as uow:
            for number in range(words):
                story = hear(uow, str(words), f"word {number}", NOW + timedelta(days=number * 2))
                show_photo(uow, str(words), NOW + timedelta(days=number * 2))
        seen: list[str] = []
        listen = ("before_cursor_execute", lambda *args: seen.append(args[2]))
        sa.event.listen(database.engine, *listen)
        with database.reading() as uow:
            assert len(profiles.record(uow, story.customer_id)["conversations"]) == words
        sa.event.remove(database.engine, *listen)
        return len([statement for statement in seen if statement.startswith("SELECT")])

    assert queries_for(2) == queries_for(30) <= 13


def test_pages_of_messages_walk_through_a_conversation_once(uow: UnitOfWork) -> None:
    stories = [hear(uow, "7", str(number)) for number in range(5)]
    seen: list[str] = []
    cursor: str | None = None
    while True:
        page = listings.messages(uow, stories[0].conversation_id, cursor, 2)
        seen += [message["text"] for message in page.items]
        cursor = page.next
        if cursor is None:
            break
    assert seen == ["4", "3", "2", "1", "0"]


def test_an_unknown_conversation_has_no_messages(uow: UnitOfWork) -> None:
    with pytest.raises(NotFound):
        listings.messages(uow, ConversationId(new_id()), None, 2)
