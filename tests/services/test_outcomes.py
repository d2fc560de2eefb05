"""What became of a send: piece by piece, refused, gone, moved or in doubt."""

from datetime import timedelta

from bot.domain.attachments import Attachment
from bot.domain.conversation import Reason
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Delivery, Outgoing, Reply
from bot.services import delivery, handoffs, speaking
from bot.services.delivery import NothingToSend, Upcoming
from bot.services.messaging import Duplicate
from bot.store.unit_of_work import Database, UnitOfWork
from tests import build
from tests.build import NOW

SECOND = timedelta(seconds=1)


def answered(database: Database, *words: str) -> tuple[ConversationId, Identity]:
    received = build.take_written(database, 1)
    build.answer(database, received.conversation_id, *(Reply(word) for word in words))
    return received.conversation_id, build.identity(database, channel="telegram")


def look(database: Database, identity: Identity) -> Upcoming | NothingToSend:
    with database.reading() as uow:
        return delivery.upcoming(uow, identity.id, NOW)


def test_looking_ahead_tells_where_the_next_message_goes_and_marks_nothing(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    assert look(database, identity) == Upcoming(identity.address) == look(database, identity)
    outgoing = build.take_outgoing(database, identity)
    assert (outgoing.to, outgoing.attempt, outgoing.part, outgoing.answers) == (identity.address, 1, 0, "1")
    assert look(database, identity) == Upcoming(identity.address, NOW + SECOND)
    database.perform(delivery.refused_for_now, outgoing.message_id, 9 * SECOND, NOW)
    assert look(database, identity) == Upcoming(identity.address, NOW + 9 * SECOND)
    database.perform(delivery.failed, outgoing.message_id, "too long " * 100, NOW)
    assert look(database, identity) == NothingToSend()
    assert build.delivered(database, conversation_id) == [("one", Delivery.FAILED, ("too long " * 100)[:200])]


def test_a_long_message_goes_in_pieces_before_anything_else_and_keeps_every_receipt(database: Database) -> None:
    conversation_id, identity = answered(database, "long", "next")
    for part, number in enumerate((101, 102)):
        outgoing = build.take_outgoing(database, identity)
        assert (outgoing.text, outgoing.part, outgoing.attempt) == ("long", part, 1)
        database.perform(delivery.part_sent, outgoing.message_id, str(number), NOW)
    database.perform(delivery.sent, build.take_outgoing(database, identity).message_id, "103", NOW)
    assert build.take_outgoing(database, identity).text == "next"
    for number in (101, 102, 103):
        build.take(database, build.written(number + 100, reply_to=number))
    ours, *replies = [m for m in build.messages(database, conversation_id) if m.text == "long" or m.in_reply_to]
    del replies[:1]  # the bot's next words
    assert (ours.delivery, ours.sent_at, ours.parts_sent, ours.platform_id) == (Delivery.SENT, NOW, 3, None)
    assert {m.in_reply_to for m in replies} == {ours.id} and len(replies) == 3


def test_a_piece_that_was_refused_is_tried_again_and_those_before_it_are_not(database: Database) -> None:
    _, identity = answered(database, "long")
    database.perform(delivery.part_sent, build.take_outgoing(database, identity).message_id, "101", NOW)
    outgoing = build.take_outgoing(database, identity)
    database.perform(delivery.refused_for_now, outgoing.message_id, SECOND, NOW)
    again = build.take_outgoing(database, identity, NOW + SECOND)
    assert (again.part, again.attempt) == (1, 2)


def test_a_person_who_takes_over_cuts_the_bot_short(database: Database) -> None:
    conversation_id, identity = answered(database, "long")
    database.perform(delivery.part_sent, build.take_outgoing(database, identity).message_id, "101", NOW)
    database.perform(handoffs.claim, conversation_id, build.user(database), NOW)
    assert build.take_outgoing(database, identity).author is Author.SYSTEM
    assert build.delivered(database, conversation_id)[0] == ("long", Delivery.WITHHELD, "cut short")


def test_a_passing_refusal_is_borne_for_a_day_however_many_tries_that_are(database: Database) -> None:
    conversation_id, identity = answered(database, "x")
    moment = NOW
    for attempt in range(1, 49):
        outgoing = build.take_outgoing(database, identity, moment)
        assert outgoing.attempt == attempt
        database.perform(delivery.refused_for_now, outgoing.message_id, timedelta(minutes=30), moment)
        moment += timedelta(minutes=30)
    last = build.take_outgoing(database, identity, moment + SECOND)
    database.perform(delivery.refused_for_now, last.message_id, SECOND, moment + SECOND)
    assert build.delivered(database, conversation_id) == [("x", Delivery.FAILED, "refused for too long")]


def test_whoever_blocked_us_is_shown_as_such_and_nothing_more_is_tried(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two")
    outgoing = build.take_outgoing(database, identity)
    database.perform(delivery.failed, outgoing.message_id, "blocked", NOW, unreachable=True)
    assert database.perform(delivery.take_next, identity.id, False, NOW) == NothingToSend()
    assert build.delivered(database, conversation_id) == [
        ("one", Delivery.FAILED, "blocked"), ("two", Delivery.FAILED, "not reachable"),
    ]  # fmt: skip
    with database.reading() as uow:
        (entry,) = uow.audit.of_subject(f"customer:{identity.customer_id}")
        told = [line.conversation_id for line in uow.feed.after(0) if line.kind == "customer"]
    assert entry.action == "identity.blocked" and told[-1] == conversation_id
    assert not build.identity(database, channel="telegram").reachable


def test_a_failure_that_is_not_the_customers_leaves_them_reachable(database: Database) -> None:
    _, identity = answered(database, "one", "two")
    database.perform(delivery.failed, build.take_outgoing(database, identity).message_id, "too long", NOW)
    assert build.take_outgoing(database, identity).text == "two"
    assert build.identity(database, channel="telegram").reachable


def move(database: Database, outgoing: Outgoing, to: str) -> None:
    database.perform(delivery.moved, outgoing.message_id, to, NOW)


def test_a_customer_who_moved_gets_the_message_at_the_new_place(database: Database) -> None:
    _, identity = answered(database, "one")
    move(database, build.take_outgoing(database, identity), "v1-new")
    outgoing = build.take_outgoing(database, identity)
    assert (outgoing.to.identity_id, outgoing.to.external_id, outgoing.attempt) == (identity.id, "v1-new", 2)
    assert outgoing.answers is None
    with database.reading() as uow:
        (entry,) = uow.audit.of_subject(f"customer:{identity.customer_id}")
    assert entry.action == "identity.moved"


def test_at_the_new_place_the_platform_counts_anew_and_no_word_is_taken_for_an_old_one(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    build.take_written(database, 2, "old two")
    database.perform(lambda uow: uow.receipts.add(identity.id, "3", build.messages(database, conversation_id)[1].id))
    move(database, build.take_outgoing(database, identity), "v1-new")
    for number in (2, 1):
        build.take_written(database, number, f"new {number}", who="v1-new")
    build.take(database, build.written(3, "new 3", who="v1-new", reply_to=3))
    said = [m for m in build.messages(database, conversation_id) if m.author is Author.CUSTOMER]
    assert [m.text for m in said] == ["words 1", "old two", "new 1", "new 2", "new 3"]
    assert said[-1].in_reply_to is None
    assert isinstance(build.take(database, build.written(2, who="v1-new")), Duplicate)


def test_a_straggler_from_the_old_place_still_belongs_to_the_customer(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    move(database, build.take_outgoing(database, identity), "v1-new")
    late = build.take_written(database, 50, "sent before the move")
    assert late.conversation_id == conversation_id
    assert isinstance(build.take(database, build.written(50, "sent before the move")), Duplicate)
    build.take_written(database, 1, "new 1", who="v1-new")
    build.take_written(database, 50, "new 50", who="v1-new")
    said = [m.text for m in build.messages(database, conversation_id) if m.author is Author.CUSTOMER]
    assert said == ["words 1", "sent before the move", "new 1", "new 50"]


def test_a_place_that_another_customer_has_is_not_moved_to(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    build.take_written(database, 1, who="v2")
    move(database, build.take_outgoing(database, identity), "v2")
    assert build.delivered(database, conversation_id) == [("one", Delivery.FAILED, "moved")]
    assert build.identity(database, channel="telegram").id == identity.id


def test_a_platform_that_sends_us_round_in_circles_is_followed_ever_more_slowly(database: Database) -> None:
    _, identity = answered(database, "one")
    move(database, build.take_outgoing(database, identity), "a")
    move(database, build.take_outgoing(database, identity), "b")
    assert look(database, identity) == Upcoming(build.identity(database, "b", "telegram").address, NOW + SECOND)


def test_a_file_from_the_desk_goes_out_with_its_content(database: Database) -> None:
    conversation_id, identity = answered(database)
    agent, photo = build.user(database), Attachment("photo", name="cup\x00.png", media_type="image/png", size=3)

    def say_it(uow: UnitOfWork) -> None:
        conversation = handoffs.locked(uow, conversation_id)
        message = speaking.as_person(uow, conversation, agent.id, "this one", None, NOW, attachment=photo)
        uow.uploads.add(message.id, b"png")

    build.take_written(database, 2)
    database.perform(handoffs.claim, conversation_id, agent, NOW)
    database.perform(say_it)
    outgoing = build.take_outgoing(database, identity)
    while outgoing.author is not Author.PERSON:
        database.perform(delivery.sent, outgoing.message_id, None, NOW)
        outgoing = build.take_outgoing(database, identity)
    assert outgoing.attachment == Attachment("photo", name="cup\ufffd.png", media_type="image/png", size=3)
    assert (outgoing.text, outgoing.content, outgoing.answers) == ("this one", b"png", None)


def test_an_id_that_a_platform_gives_out_twice_belongs_to_the_newer_message(database: Database) -> None:
    _, identity = answered(database, "one", "two")
    for _ in range(2):
        outgoing = build.take_outgoing(database, identity)
        database.perform(delivery.sent, outgoing.message_id, "101", NOW)
    with database.reading() as uow:
        assert uow.receipts.message_of(identity.id, "101") == outgoing.message_id


def test_an_answer_to_a_press_answers_no_message_of_the_platform(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    database.perform(lambda uow: setattr(uow.messages.of_conversation(conversation_id)[0], "kind", "button"))
    assert build.take_outgoing(database, identity).answers is None


def test_a_message_in_doubt_is_not_repeated(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    database.perform(delivery.unknown_outcome, build.take_outgoing(database, identity).message_id, NOW)
    assert look(database, identity) == NothingToSend()
    assert build.delivered(database, conversation_id) == [("one", Delivery.AMBIGUOUS, "outcome unknown")]


def test_a_notice_to_the_customer_goes_out_although_a_person_was_called(database: Database) -> None:
    received = build.take_written(database, 1)
    database.perform(handoffs.bring_person, received.message_id, Reason.WISH, "One moment.", NOW)
    outgoing = build.take_outgoing(database, build.identity(database, channel="telegram"))
    assert (outgoing.text, outgoing.answers) == ("One moment.", "1")
