"""What a platform had taken and could not deliver is failed in the record, with all that was joined to it."""

from dataclasses import replace

import pytest

from bot.domain.arrivals import Bounce
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId, MessageId
from bot.domain.messages import Delivery, Reply
from bot.errors import TryLater
from bot.services import bounces, delivery
from bot.services.bounces import Bounced, NotOurs
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def sent(database: Database, *texts: str) -> tuple[ConversationId, list[MessageId]]:
    """Have a customer answered, and everything sent under one name."""
    received = build.receive(database)
    build.answer(database, received.conversation_id, *map(Reply, texts))
    ids = [build.take_outgoing(database, identity(database)).message_id]
    database.perform(delivery.sent, ids[0], "name", NOW)
    for _ in texts[1:]:
        ids.append(build.take_outgoing(database, identity(database)).message_id)
        database.perform(delivery.sent, ids[-1], "name", NOW)
    return received.conversation_id, ids


def identity(database: Database) -> Identity:
    return build.identity(database)


def bounce_of(conversation_id: ConversationId, message_id: MessageId, *, unreachable: bool = False) -> Bounce:
    return Bounce("v1", "name", message_id, conversation_id[:12], "blocked: refuses", unreachable)


def take(database: Database, bounce: Bounce) -> Bounced | NotOurs:
    return database.perform(bounces.bounce, "web", "web", bounce, NOW)


def test_it_is_failed_with_its_reason_and_the_customer_still_counts_as_reachable(database: Database) -> None:
    conversation_id, [first] = sent(database, "one")
    assert take(database, bounce_of(conversation_id, first)) == Bounced(first)
    assert build.delivered(database, conversation_id) == [("one", Delivery.FAILED, "blocked: refuses")]
    assert identity(database).reachable


def test_a_customer_who_refuses_messages_is_not_reachable_until_they_write(database: Database) -> None:
    conversation_id, [first] = sent(database, "one")
    take(database, bounce_of(conversation_id, first, unreachable=True))
    assert not identity(database).reachable
    build.receive(database)
    assert identity(database).reachable


def test_what_was_joined_to_it_failed_too(database: Database) -> None:
    conversation_id, ids = sent(database, "one", "two", "three")
    take(database, bounce_of(conversation_id, ids[0]))
    assert {state for _, state, _ in build.delivered(database, conversation_id)} == {Delivery.FAILED}


def test_what_is_just_being_sent_is_waited_for(database: Database) -> None:
    received = build.receive(database)
    build.answer(database, received.conversation_id, Reply("one"))
    outgoing = build.take_outgoing(database, identity(database))
    with pytest.raises(TryLater):
        take(database, bounce_of(received.conversation_id, outgoing.message_id))


def test_a_message_of_somebody_else_or_of_another_record_is_left_alone(database: Database) -> None:
    conversation_id, [first] = sent(database, "one")
    ours = bounce_of(conversation_id, first)
    strangers = [
        replace(ours, external_id="v2"), replace(ours, message_id=MessageId(999)), replace(ours, conversation="0" * 12),
        replace(ours, message_id=MessageId(1)),
    ]  # fmt: skip
    assert {type(take(database, one)) for one in strangers} == {NotOurs}
    assert build.delivered(database, conversation_id) == [("one", Delivery.SENT, None)]
