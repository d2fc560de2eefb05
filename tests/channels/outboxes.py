"""Fill outboxes, and look at what became of what was in them."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from bot.clock import utc_now
from bot.domain.ids import ConversationId, IdentityId
from bot.domain.messages import Author, Message, Reply
from bot.services import messaging
from bot.services.messaging import Received
from bot.store.unit_of_work import Database
from tests import build


def queue(
    database: Database, who: str, *texts: str, channel: str = "telegram", now: datetime | None = None
) -> tuple[ConversationId, IdentityId]:
    """Have a customer write, and put the bot's answers into their outbox."""
    now = now or utc_now()
    received = database.perform(messaging.receive, build.incoming(who=who, channel=channel), now)
    assert isinstance(received, Received)
    build.answer(database, received.conversation_id, *map(Reply, texts), now=now)
    return received.conversation_id, build.identity(database, who, channel).id


def said(database: Database, conversation_id: ConversationId) -> list[Message]:
    """Return what was said to the customer."""
    return [m for m in build.messages(database, conversation_id) if m.author is not Author.CUSTOMER]


def states(database: Database, conversation_id: ConversationId) -> list[str]:
    return [str(m.delivery) for m in said(database, conversation_id)]


async def until(condition: Callable[[], bool], within_s: float = 10.0) -> None:
    """Wait for a condition, and fail when it does not come true."""
    async with asyncio.timeout(within_s):
        while not condition():  # noqa: ASYNC110 neither a database nor a server on the other side sets an event of ours
            await asyncio.sleep(0.01)
