"""A press on a button of ours is the customer's next message: once, and only for the customer to whom it was offered."""

import threading
from collections import Counter
from dataclasses import replace

import pytest

from bot.domain.arrivals import Press
from bot.domain.ids import MessageId
from bot.domain.messages import Author, Message, Reply, Turn
from bot.services import arrivals, privacy
from bot.services.arrivals import Pressed, PressedBefore, PressedInVain
from bot.services.messaging import Duplicate, Received
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW

OFFER = Reply("Which?", ({"title": "Order", "payload": "Where is my order?"}, {"title": "Person", "payload": "转人工"}))


def offered(database: Database) -> Message:
    received = build.take_written(database, 1)
    build.answer(database, received.conversation_id, OFFER)
    return build.messages(database, received.conversation_id)[-1]


def press(message_id: int, button: int, *, who: str = "v1") -> Press:
    return Press(replace(build.written(99, who=who), text="", platform_order=None), MessageId(message_id), button)


def test_a_press_says_what_is_under_the_button(database: Database) -> None:
    offer = offered(database)
    pressed = build.take(database, press(offer.id, 0))
    said = build.messages(database, offer.conversation_id)[-1]
    assert pressed == Pressed(said.id, "Order")
    assert (said.author, said.kind, said.text, said.turn) == (
        Author.CUSTOMER,
        "button",
        "Where is my order?",
        Turn.OPEN,
    )
    assert (said.in_reply_to, said.platform_order, said.platform_id) == (offer.id, None, f"press:{offer.id}")


def test_a_button_that_brings_a_person_is_a_wish(database: Database) -> None:
    offer = offered(database)
    pressed = build.take(database, press(offer.id, 1))
    assert isinstance(pressed, Pressed)
    assert build.take_turn(database, offer.conversation_id).wish == pressed.message_id


def test_one_choice_counts_for_each_message(database: Database) -> None:
    offer = offered(database)
    build.take(database, press(offer.id, 0))
    assert build.take(database, press(offer.id, 0)) == PressedBefore()
    assert build.take(database, press(offer.id, 1)) == PressedBefore()
    assert [m.kind for m in build.messages(database, offer.conversation_id)].count("button") == 1


def test_many_presses_at_once_are_one_choice(database: Database) -> None:
    offer, outcomes = offered(database), []

    def press_it(button: int) -> None:
        outcomes.append(database.perform(arrivals.take, build.arrival(press(offer.id, button)), NOW))

    threads = [threading.Thread(target=press_it, args=(number % 2,)) for number in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Counter(type(outcome) for outcome in outcomes) == {Pressed: 1, PressedBefore: 9}


@pytest.mark.parametrize(("message_id", "button"), [(None, 2), (None, -1), (0, 0), (-1, 0), (2**63, 0), (10**30, 0)])
def test_a_button_that_was_never_made_does_nothing(database: Database, message_id: int | None, button: int) -> None:
    offer = offered(database)
    one = press(offer.id if message_id is None else message_id, button)
    assert build.take(database, one) == PressedInVain()
    assert len(build.messages(database, offer.conversation_id)) == 2


def test_nobody_presses_anothers_button(database: Database) -> None:
    offer = offered(database)
    build.take_written(database, 1, who="v2")
    assert build.take(database, press(offer.id, 0, who="v2")) == PressedInVain()
    assert build.take(database, press(offer.id, 0, who="a stranger")) == PressedInVain()
    with database.reading() as uow:
        assert uow.customers.known_as("telegram", "telegram", "a stranger") is None


def test_the_customers_own_message_has_no_button(database: Database) -> None:
    received = build.take_written(database, 1)
    assert build.take(database, press(received.message_id, 0)) == PressedInVain()


def test_a_forgotten_button_says_nothing(database: Database) -> None:
    offer = offered(database)
    build.take_outgoing(database, build.identity(database, channel="telegram"))
    database.perform(lambda uow: setattr(uow.messages.get(offer.id), "delivery", "sent"))
    database.perform(privacy.forget, offer.customer_id, NOW)
    assert build.take(database, press(offer.id, 0)) == PressedInVain()


def spoken(message_id: int, button: int, platform_id: str) -> Press:
    """Press where the platform shows the title as the customer's own words."""
    by = replace(build.written(99), text="Order", platform_id=platform_id, platform_order=None)
    return Press(by, MessageId(message_id), button)


def test_where_a_press_is_shown_as_words_each_is_a_message(database: Database) -> None:
    offer = offered(database)
    taken = [build.take(database, spoken(offer.id, 0, key)) for key in ("m1", "m2", "m2")]
    assert [type(one) for one in taken] == [Received, Received, Duplicate]
    said = build.messages(database, offer.conversation_id)[-2:]
    assert [(one.kind, one.text) for one in said] == [("button", "Where is my order?")] * 2


@pytest.mark.parametrize(("message_id", "button"), [(999_999, 0), (1, 0), (2, 7)])
def test_such_a_press_on_a_button_that_was_never_offered_is_what_it_reads(
    message_id: int, button: int, database: Database
) -> None:
    offer = offered(database)
    assert isinstance(build.take(database, spoken(message_id, button, "m1")), Received)
    said = build.messages(database, offer.conversation_id)[-1]
    assert (said.kind, said.text, said.turn) == ("text", "Order", Turn.OPEN)
