"""Have all kinds of messages received, in private and in groups."""

from dataclasses import replace

from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId
from bot.domain.messages import Author, Message
from bot.services import messaging
from bot.services.messaging import NextTurn, Received
from bot.store.unit_of_work import Database
from tests import build
from tests.build import NOW


def receive(database: Database, text: str = "", kind: str = "text", *, in_group: bool = False) -> Received:
    """Have one message received."""
    incoming = replace(build.incoming(text), kind=kind, is_public=in_group)
    received = database.perform(messaging.receive, incoming, NOW)
    assert isinstance(received, Received)
    return received


def turn_of(database: Database, text: str = "", kind: str = "text", *, in_group: bool = False) -> NextTurn:
    """Have a message received and take its turn."""
    return build.take_turn(database, receive(database, text, kind, in_group=in_group).conversation_id)


def said(database: Database, conversation_id: ConversationId) -> list[Message]:
    """Return what the house said, in order."""
    found = build.messages(database, conversation_id)
    return sorted((m for m in found if m.author is not Author.CUSTOMER), key=lambda message: message.id)


def owner_of(database: Database, conversation_id: ConversationId) -> Owner:
    """Return who has a conversation."""
    with database.reading() as uow:
        conversation = uow.conversations.get(conversation_id)
    assert conversation is not None
    return conversation.owner
