"""Build what tests begin with, in one line each."""

import itertools
from datetime import UTC, datetime

from bot.domain.customer import Identity
from bot.domain.ids import ConversationId, UserId
from bot.domain.messages import Incoming, Message
from bot.domain.users import Role, User
from bot.services import messaging
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
