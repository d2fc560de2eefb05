"""Build what tests begin with, in one line each."""

import itertools
from datetime import UTC, datetime

from bot.domain.arrivals import Arrival, Content, Edit
from bot.domain.attachments import Attachment
from bot.domain.customer import Identity
from bot.domain.ids import ConversationId, UserId
from bot.domain.messages import Delivery, Incoming, Message, Outgoing, Reply
from bot.domain.users import Role, User
from bot.services import arrivals, delivery, messaging
from bot.services.arrivals import Outcome
from bot.services.messaging import NextTurn, Received
from bot.store.unit_of_work import Database

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
_counter = itertools.count(1)


def incoming(text: str = "你好", *, who: str = "v1", platform_id: str | None = None, channel: str = "web") -> Incoming:
    """Make a message as a channel would parse it; a fresh platform id unless one is given."""
    return Incoming(channel, channel, who, platform_id or f"m{next(_counter)}", text)


def receive(database: Database, text: str = "你好", *, who: str = "v1", now: datetime = NOW) -> Received:
    """Have a message received."""
    received = database.perform(messaging.receive, incoming(text, who=who), now)
    assert isinstance(received, Received)
    return received


def take_turn(database: Database, conversation_id: ConversationId, now: datetime = NOW) -> NextTurn:
    """Take a conversation's next turn, which must exist."""
    turn = database.perform(messaging.next_turn, conversation_id, now)
    assert isinstance(turn, NextTurn)
    return turn


def user(database: Database, name: str = "anna", role: Role = Role.AGENT) -> User:
    """Add a desk user whose password nobody knows."""
    added = User(UserId(f"user-{name}"), name, name.title(), role, "no password", NOW)
    database.perform(lambda uow: uow.users.add(added))
    return added


def messages(database: Database, conversation_id: ConversationId) -> list[Message]:
    """Return all messages of a conversation, in order."""
    with database.reading() as uow:
        return uow.messages.of_conversation(conversation_id)


def identity(database: Database, who: str = "v1", channel: str = "web") -> Identity:
    """Return the identity of a customer who has written."""
    with database.reading() as uow:
        found = uow.customers.known_as(channel, channel, who)
    assert found is not None
    return found


def written(
    number: int, text: str = "", *, who: str = "v1", kind: str = "text", reply_to: int | None = None,
    attachment: Attachment | None = None,
) -> Incoming:  # fmt: skip
    """Make a message of a platform that numbers each customer's messages."""
    return Incoming(
        "telegram", "telegram", who, str(number), text or f"words {number}", kind=kind, attachment=attachment,
        reply_to=None if reply_to is None else str(reply_to), platform_order=number,
    )  # fmt: skip


def edited(number: int, version: int, text: str, *, who: str = "v1") -> Edit:
    """Make the edit of a message."""
    return Edit(written(number, text, who=who), version)


def arrival(content: Content, key: str | None = None, *, digest: str = "d1") -> Arrival:
    """Make a delivery; a fresh key unless one is given."""
    return Arrival("telegram", "telegram", key or f"u{next(_counter)}", digest, content)


def take(database: Database, content: Content, key: str | None = None, *, now: datetime = NOW) -> Outcome:
    """Have a delivery taken."""
    return database.perform(arrivals.take, arrival(content, key), now)


def take_written(database: Database, number: int, text: str = "", *, who: str = "v1", now: datetime = NOW) -> Received:
    """Have a numbered message taken, which must be new."""
    received = take(database, written(number, text, who=who), now=now)
    assert isinstance(received, Received)
    return received


def answer(database: Database, conversation_id: ConversationId, *replies: Reply, now: datetime = NOW) -> NextTurn:
    """Answer a conversation's next message as the bot."""
    turn = take_turn(database, conversation_id, now)
    database.perform(messaging.answer, turn, list(replies) or [Reply(f"to {turn.text}")], now)
    return turn


def take_outgoing(database: Database, identity: Identity, now: datetime = NOW) -> Outgoing:
    """Take what is to be sent next, which must exist."""
    outgoing = database.perform(delivery.take_next, identity.id, False, now)
    assert isinstance(outgoing, Outgoing)
    return outgoing


def delivered(database: Database, conversation_id: ConversationId) -> list[tuple[str, Delivery, str | None]]:
    """Return what became of the messages that go out: the words, the state, and the failure if there is one."""
    return [(m.text, m.delivery, m.failure) for m in messages(database, conversation_id) if m.delivery is not None]
