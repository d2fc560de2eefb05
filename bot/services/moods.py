"""Watch how a customer's mood goes in the course of a talk, so that a person comes before it is lost."""

from typing import Final

from bot.domain.conversation import Conversation
from bot.domain.ids import MessageId
from bot.domain.messages import Author
from bot.domain.sentiment import LOOKED_AT, falls_fast
from bot.services import handoffs
from bot.store.unit_of_work import UnitOfWork

_LOOK_BACK: Final = 30
"""How many messages of both sides are searched for the customer's last ones."""


def calls_for_person(uow: UnitOfWork, message_id: MessageId) -> bool:
    """Say whether the mood up to this message is so bad, or falls so fast, that a person is owed.

    Only the bot asks for one, and only once in a turn. What was said before a person gave the talk back is forgiven: they
    have dealt with it. Raises NotFound.
    """
    conversation = handoffs.left_to_bot(uow, message_id)
    return conversation is not None and falls_fast(_feelings(uow, conversation, message_id))


def _feelings(uow: UnitOfWork, conversation: Conversation, until: MessageId) -> list[int]:
    """Return how the customer's last messages felt, oldest first."""
    ended = [h.ended_at for h in uow.conversations.handoffs_of(conversation.customer_id) if h.ended_at is not None]
    since = max(ended, default=conversation.opened_at)
    said = [
        one.id
        for one in uow.messages.of_conversation(conversation.id, before=MessageId(until + 1), limit=_LOOK_BACK)
        if one.author is Author.CUSTOMER and one.written_at >= since
    ]
    readings = uow.messages.readings_of(said)
    return [readings[one].sentiment for one in said if one in readings][-LOOKED_AT:]
