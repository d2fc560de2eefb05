"""Sending by a plan: counted, joined, given to a push, or kept; all of it in one transaction."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.allowance import Grant
from bot.domain.arrivals import Reach
from bot.domain.attachments import Attachment
from bot.domain.conversation import Reason
from bot.domain.messages import Button, Delivery, Reply
from bot.domain.reply_plan import Menu, Piece, Send
from bot.services import bundle_outcomes, delivery, handoffs, messaging, planned, privacy, replies
from bot.services.delivery import NothingToSend, SendLater
from bot.services.planned import Kept
from bot.services.replies import Enclosure
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW
from tests.services.ledger import (
    TERMS,
    act,
    answered,
    bundle_of,
    left,
    next_of,
    send_all,
    states,
    take,
    with_slot,
    write,
)  # fmt: skip

DAY = timedelta(days=1)
TWO = Grant(2, timedelta(hours=48))


def test_each_call_costs_one_of_what_the_message_allowed(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two")
    assert left(database, identity) == 5
    assert send_all(database, identity) == ["one", "two"]
    assert left(database, identity) == 3
    assert states(database, conversation_id) == [Delivery.SENT] * 2


def test_looking_ahead_marks_and_counts_nothing(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    with database.reading() as uow:
        assert isinstance(planned.look(uow, identity.id, TERMS, NOW), Send)
    assert (left(database, identity), states(database, conversation_id)) == (5, [Delivery.PENDING])


def test_bubbles_are_joined_when_the_count_is_short_and_settled_together(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two", "three", grant=TWO)
    bundle = bundle_of(database, identity)
    assert bundle.text == "one\n\ntwo\n\nthree"
    assert states(database, conversation_id) == [Delivery.SENDING] * 3
    assert next_of(database, identity) == SendLater(NOW + timedelta(seconds=1))
    database.perform(bundle_outcomes.sent, bundle, "id there", NOW)
    assert states(database, conversation_id) == [Delivery.SENT] * 3
    with database.reading() as uow:
        newest = build.messages(database, conversation_id)[-1]
        assert uow.receipts.message_of(identity.id, "id there") == newest.id


def test_what_is_not_allowed_any_more_is_kept_and_follows_in_order_after_the_next_message(database: Database) -> None:
    conversation_id, identity = answered(database, "a" * 30, "b" * 30, "c" * 30, grant=TWO)
    assert send_all(database, identity) == ["a" * 30, "b" * 30 + "\n\nmore"]
    assert states(database, conversation_id) == [Delivery.SENT, Delivery.SENT, Delivery.KEPT]
    later = NOW + timedelta(hours=1)
    write(database, "and?", later)
    assert states(database, conversation_id)[-1] is Delivery.PENDING
    build.answer(database, conversation_id, Reply("newer"), now=later)
    assert send_all(database, identity, now=later) == ["c" * 30, "newer"]


def test_a_kept_answer_neither_fails_with_age_nor_is_it_looked_for_again_and_again(database: Database) -> None:
    conversation_id, identity = answered(database, "one", grant=Grant(0, timedelta(hours=48)))
    assert next_of(database, identity) == Kept()
    with database.reading() as uow:
        assert uow.messages.identities_with_outgoing() == []
        assert delivery.upcoming(uow, identity.id, NOW) == NothingToSend()
    write(database, now=NOW + 3 * DAY)
    bundle = bundle_of(database, identity, now=NOW + 3 * DAY)
    database.perform(bundle_outcomes.refused_for_now, bundle, timedelta(seconds=9), NOW + 3 * DAY)
    found = [state for text, state, _ in build.delivered(database, conversation_id) if text == "one"]
    assert found == [Delivery.PENDING]


def test_an_event_opens_a_short_window_and_lets_go_of_what_was_kept(database: Database) -> None:
    conversation_id, identity = answered(database, "one", grant=Grant(0, timedelta(hours=48)))
    assert next_of(database, identity) == Kept()
    act(database)
    assert states(database, conversation_id) == [Delivery.PENDING]
    assert left(database, identity) == 3
    assert left(database, identity, NOW + timedelta(seconds=55)) == 0
    assert send_all(database, identity) == ["one"]


def test_a_call_that_may_have_arrived_counts_and_one_that_did_not_does_not(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two", "three")
    database.perform(bundle_outcomes.unknown_outcome, bundle_of(database, identity), NOW)
    assert left(database, identity) == 4
    database.perform(bundle_outcomes.failed, bundle_of(database, identity), "never", NOW)
    assert left(database, identity) == 4
    database.perform(bundle_outcomes.refused_for_now, bundle_of(database, identity), timedelta(seconds=9), NOW)
    assert left(database, identity) == 4
    assert states(database, conversation_id) == [Delivery.AMBIGUOUS, Delivery.FAILED, Delivery.PENDING]
    assert next_of(database, identity) == SendLater(NOW + timedelta(seconds=9))


def test_a_process_that_dies_in_a_call_has_counted_it(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    bundle_of(database, identity)
    assert database.perform(delivery.recover, False, NOW) == 1
    assert (left(database, identity), states(database, conversation_id)) == (4, [Delivery.AMBIGUOUS])
    write(database, now=NOW + DAY)
    assert left(database, identity, NOW + DAY) == 5


def test_a_platform_that_allows_less_than_we_counted_is_believed_until_the_next_message(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    database.perform(bundle_outcomes.window_closed, bundle_of(database, identity), NOW)
    assert left(database, identity) == 0
    assert next_of(database, identity) == Kept()
    assert states(database, conversation_id) == [Delivery.KEPT]
    write(database, now=NOW + timedelta(minutes=1))
    assert left(database, identity, NOW + timedelta(minutes=1)) == 5


def test_a_reply_to_a_push_costs_nothing_and_is_due_again_when_the_push_comes_again(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two\nthree")
    bundle = bundle_of(database, identity, with_slot())
    assert (bundle.slot, bundle.text, left(database, identity)) == ("push", "one\n\ntwo\nthree", 5)
    database.perform(bundle_outcomes.sent, bundle, None, NOW)
    assert states(database, conversation_id) == [Delivery.SENT] * 2
    assert database.perform(bundle_outcomes.came_again, identity.id, "push", NOW) == 2
    assert database.perform(bundle_outcomes.came_again, identity.id, "push", NOW) == 0
    assert bundle_of(database, identity, with_slot()).text == bundle.text


def test_a_reply_that_a_dead_process_gave_is_due_again_when_its_push_comes_again(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    bundle_of(database, identity, with_slot())
    database.perform(delivery.recover, False, NOW)
    assert states(database, conversation_id) == [Delivery.AMBIGUOUS]
    database.perform(bundle_outcomes.came_again, identity.id, "push", NOW)
    assert states(database, conversation_id) == [Delivery.PENDING]


def test_a_reply_to_a_push_that_did_not_wait_goes_another_way_at_once(database: Database) -> None:
    _, identity = answered(database, "one")
    bundle = bundle_of(database, identity, with_slot())
    database.perform(bundle_outcomes.not_given, bundle, NOW)
    assert bundle_of(database, identity).slot is None


def test_a_push_is_not_kept_waiting_by_a_pause_between_calls(database: Database) -> None:
    _, identity = answered(database, "one")
    database.perform(bundle_outcomes.refused_for_now, bundle_of(database, identity), timedelta(minutes=5), NOW)
    assert bundle_of(database, identity, with_slot()).slot == "push"


def test_a_long_message_goes_on_where_it_stopped(database: Database) -> None:
    _, identity = answered(database, "a\nb", "c")
    assert send_all(database, identity) == ["a", "b", "c"]


def test_buttons_are_a_menu_where_the_message_is_whole_and_words_where_it_is_joined(database: Database) -> None:
    buttons = (Button(title="Yes", payload="yes"), Button(title="No", payload="no"))
    conversation_id = write(database)
    build.answer(database, conversation_id, Reply("sure?", buttons))
    identity = build.identity(database, "v1", "telegram")
    given = bundle_of(database, identity, with_slot())
    assert (given.menu, given.text) == (None, "sure?\nYes / No")
    database.perform(bundle_outcomes.not_given, given, NOW)
    one_text = replace(TERMS, cut=lambda text: [text])
    bundle = bundle_of(database, identity, one_text)
    assert bundle.menu == Menu(bundle.message_id, "sure?", buttons)


def test_a_file_goes_by_a_call_of_its_own_before_its_words(database: Database) -> None:
    conversation_id, identity = answered(database)
    send_all(database, identity)
    agent = build.user(database)
    database.perform(handoffs.claim, conversation_id, agent, NOW)
    photo = Enclosure(Attachment("photo", name="cup.png", media_type="image/png", size=3), b"png")
    database.perform(replies.reply, conversation_id, agent, "the cup", None, NOW, enclosure=photo)
    first = bundle_of(database, identity)
    while first.attachment is None:
        database.perform(bundle_outcomes.sent, first, None, NOW)
        first = bundle_of(database, identity)
    assert (first.content, first.pieces) == (b"png", (Piece(first.message_id, 0, "", is_last=False, is_file=True),))
    database.perform(bundle_outcomes.sent, first, None, NOW)
    assert bundle_of(database, identity).text == "the cup"


def test_words_of_the_bot_are_withheld_when_a_person_took_over_also_kept_ones(database: Database) -> None:
    conversation_id, identity = answered(database, "bot words", grant=Grant(0, timedelta(hours=48)))
    assert next_of(database, identity) == Kept()
    database.perform(handoffs.claim, conversation_id, build.user(database), NOW)
    write(database, now=NOW + timedelta(seconds=1))
    send_all(database, identity, now=NOW + timedelta(seconds=1))
    assert states(database, conversation_id)[0] is Delivery.WITHHELD


def test_kept_answers_still_go_out_before_the_words_of_a_handoff(database: Database) -> None:
    conversation_id, identity = answered(database, "your case number", grant=Grant(0, timedelta(hours=48)))
    assert next_of(database, identity) == Kept()
    write(database, "a person please", NOW)
    turn = build.take_turn(database, conversation_id)
    database.perform(handoffs.request_person, turn.message_id, Reason.WISH, "", NOW)
    database.perform(messaging.answer, turn, [Reply("somebody comes")], NOW)
    assert send_all(database, identity) == ["your case number", "somebody comes"]


def test_nothing_goes_to_somebody_who_left(database: Database) -> None:
    conversation_id, identity = answered(database, "one")
    take(database, Reach("v1", reachable=False), None)
    assert next_of(database, identity) == NothingToSend()
    assert build.delivered(database, conversation_id) == [("one", Delivery.FAILED, "not reachable")]


def test_who_is_gone_for_the_platform_is_gone_for_us(database: Database) -> None:
    conversation_id, identity = answered(database, "one", "two")
    database.perform(bundle_outcomes.failed, bundle_of(database, identity), "gone", NOW, unreachable=True)
    assert next_of(database, identity) == NothingToSend()
    assert states(database, conversation_id) == [Delivery.FAILED] * 2


def test_what_cannot_be_read_fails_with_its_reason(database: Database) -> None:
    conversation_id, identity = answered(database, "\n")
    assert next_of(database, identity) == NothingToSend()
    assert build.delivered(database, conversation_id) == [("\n", Delivery.FAILED, "there is nothing to read in it")]


def test_a_customer_who_is_forgotten_is_sent_nothing_that_was_kept(database: Database) -> None:
    conversation_id, identity = answered(database, "your address", grant=Grant(0, timedelta(hours=48)))
    assert next_of(database, identity) == Kept()
    database.perform(privacy.forget, identity.customer_id, NOW)
    assert build.delivered(database, conversation_id) == [("", Delivery.WITHHELD, None)]
