"""What was said by a code of the platform's is in the record, and a rating is waited for only where the bot hears it."""

from bot.domain.arrivals import SaidElsewhere
from bot.domain.conversation import Conversation
from bot.domain.messages import Author, Delivery
from bot.services import elsewhere, greetings, handoffs
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

WHO = ("web", "web", "v1")


def conversation(database: Database) -> Conversation:
    identity = build.identity(database)
    with database.reading() as uow:
        found = uow.conversations.latest_of(identity.id)
    assert found is not None
    return found


def test_whoever_was_greeted_is_a_customer_in_whose_language_we_go_on(database: Database) -> None:
    with database.reading() as uow:
        assert greetings.language_for(uow, *WHO) == "zh-Hans"
    database.perform(greetings.note_greeting, *WHO, "您好", NOW)
    [greeting] = build.messages(database, conversation(database).id)
    assert (greeting.author, greeting.text, greeting.delivery, greeting.sent_at) == (
        Author.SYSTEM, "您好", Delivery.SENT, NOW,
    )  # fmt: skip
    build.receive(database, "hello there, do you ship abroad?", who="v2")
    with database.reading() as uow:
        assert greetings.language_for(uow, "web", "web", "v2") == "en"


def test_a_greeting_goes_into_the_conversation_that_is_open(database: Database) -> None:
    received = build.receive(database)
    database.perform(greetings.note_greeting, *WHO, "您好", NOW)
    assert [one.text for one in build.messages(database, received.conversation_id)] == ["你好", "您好"]


def test_after_a_leave_the_customers_rating_is_waited_for(database: Database) -> None:
    received = build.receive(database)
    database.perform(greetings.note_leave, *WHO, "1 到 5 分？", NOW)
    assert conversation(database).rating_wanted
    leave = build.messages(database, received.conversation_id)[-1]
    assert (leave.kind, leave.author, leave.delivery) == ("rating", Author.SYSTEM, Delivery.SENT)


def test_where_a_person_has_the_customer_again_no_rating_is_waited_for(database: Database) -> None:
    build.receive(database)
    database.perform(elsewhere.take_down, "web", "web", SaidElsewhere("v1", "msg-9", "您好"), NOW)
    database.perform(greetings.note_leave, *WHO, "1 到 5 分？", NOW)
    assert not conversation(database).rating_wanted


def test_a_leave_of_nobody_or_from_what_is_closed_is_not_kept(database: Database) -> None:
    database.perform(greetings.note_leave, *WHO, "1 到 5 分？", NOW)
    received = build.receive(database)
    database.perform(handoffs.close, received.conversation_id, build.user(database), NOW)
    database.perform(greetings.note_leave, *WHO, "1 到 5 分？", NOW)
    assert [one.text for one in build.messages(database, received.conversation_id)] == ["你好"]
