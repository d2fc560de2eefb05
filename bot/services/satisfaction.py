"""Keep how content customers were."""

from datetime import datetime

from bot.domain.ids import ConversationId, MessageId, RatingId, new_id
from bot.domain.satisfaction import SCORES, Rating
from bot.errors import NotFound, Refused
from bot.store.unit_of_work import UnitOfWork


class NoSuchScore(Refused):
    """Refuse a score outside 1…5."""


def record_rating(
    uow: UnitOfWork, message_id: MessageId, conversation_id: ConversationId, score: int, now: datetime
) -> Rating:
    """Keep a rating with the customer's words, once per message; the customer is not asked again.

    It counts for the agent who had the conversation last. Raises NotFound, also for somebody else's conversation, and
    NoSuchScore.
    """
    if score not in SCORES:
        raise NoSuchScore("a score is between 1 and 5")
    message = uow.messages.get(message_id)
    conversation = uow.conversations.lock(conversation_id)
    if message is None or conversation is None or conversation.customer_id != message.customer_id:
        raise NotFound("conversation")
    known = uow.ratings.from_message(message_id)
    if known is not None:
        return known
    claimed = [h for h in uow.conversations.handoffs_of(message.customer_id) if h.conversation_id == conversation_id]
    agent_id = next((h.claimed_by for h in reversed(claimed) if h.claimed_by), None)
    rating = Rating(
        RatingId(new_id()), message.customer_id, conversation_id, score, message.text, now, message_id, agent_id
    )
    uow.ratings.add(rating)
    conversation.rating_wanted = False
    uow.record("customer", "rating.given", f"conversation:{conversation_id}", now, score=score)
    uow.tell("rating", now, conversation_id=conversation_id, customer_id=rating.customer_id, score=score)
    return rating


def rated_conversation(uow: UnitOfWork, conversation_id: ConversationId) -> ConversationId:
    """Return the conversation that a rating said in this one is about: the one asked about, else this one."""
    conversation = uow.conversations.get(conversation_id)
    if conversation is None:
        raise NotFound("conversation")
    return uow.conversations.awaiting_rating(conversation.identity_id) or conversation_id


def rates(uow: UnitOfWork, conversation_id: ConversationId) -> list[Rating]:
    """Return the ratings of a conversation."""
    return uow.ratings.of_conversation(conversation_id)
