"""Keep conversations and hand-offs."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.conversation import Conversation, Handoff, Owner
from bot.domain.ids import ConversationId, CustomerId, IdentityId, MessageId, UserId
from bot.store.pages import Page, fetch_page
from bot.store.tables import conversations, handoffs


class Conversations:
    """Find, lock and list conversations; remember each way to a person."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, conversation_id: ConversationId) -> Conversation | None:
        return self._session.get(Conversation, conversation_id)

    def lock(self, conversation_id: ConversationId) -> Conversation | None:
        """Return the conversation, fresh and locked until the end of the transaction."""
        return self._session.get(Conversation, conversation_id, with_for_update=True, populate_existing=True)

    def add(self, conversation: Conversation) -> None:
        self._session.add(conversation)
        self._session.flush()

    def open_of(self, identity_id: IdentityId) -> Conversation | None:
        """Return the identity's open conversation, locked."""
        query = (
            sa.select(Conversation)
            .where(conversations.c.identity_id == identity_id, conversations.c.owner != Owner.CLOSED)
            .with_for_update()
        )
        return self._session.scalars(query).first()

    def latest_of(self, identity_id: IdentityId) -> Conversation | None:
        query = (
            sa.select(Conversation)
            .where(conversations.c.identity_id == identity_id)
            .order_by(conversations.c.opened_at.desc())
        )
        return self._session.scalars(query).first()

    def awaiting_rating(self, identity_id: IdentityId) -> ConversationId | None:
        """Return the newest conversation of an identity that the customer was asked to rate and did not."""
        query = (
            sa.select(conversations.c.id)
            .where(conversations.c.identity_id == identity_id, conversations.c.rating_wanted)
            .order_by(conversations.c.opened_at.desc())
        )
        found = self._session.scalars(query).first()
        return ConversationId(found) if found else None

    def of_customer(self, customer_id: CustomerId) -> list[Conversation]:
        """Return all conversations of a customer, newest first."""
        query = (
            sa.select(Conversation)
            .where(conversations.c.customer_id == customer_id)
            .order_by(conversations.c.opened_at.desc(), conversations.c.id.desc())
        )
        return list(self._session.scalars(query))

    def page(
        self, *, owner: Owner | None, agent_id: UserId | None, cursor: str | None, limit: int
    ) -> Page[Conversation]:
        """Return conversations by latest message first, filtered by owner and agent where given."""
        query = sa.select(Conversation)
        if owner is not None:
            query = query.where(conversations.c.owner == owner)
        if agent_id is not None:
            query = query.where(conversations.c.agent_id == agent_id)
        return fetch_page(self._session, query, conversations.c.last_message_at, conversations.c.id, cursor, limit)

    def waiting_page(self, cursor: str | None, limit: int) -> Page[Conversation]:
        """Return who waits for a person, the longest first."""
        query = sa.select(Conversation).where(conversations.c.owner == Owner.WAITING)
        since = conversations.c.waiting_since
        return fetch_page(self._session, query, since, conversations.c.id, cursor, limit, oldest_first=True)

    def waiting_on(self, channel: str) -> list[Conversation]:
        """Return the conversations of a channel that wait for a person, the longest first."""
        query = sa.select(Conversation).where(
            conversations.c.channel == channel, conversations.c.owner == Owner.WAITING
        )  # fmt: skip
        return list(self._session.scalars(query.order_by(conversations.c.waiting_since)))

    def count(self, owner: Owner, agent_id: UserId | None = None) -> int:
        query = sa.select(sa.func.count()).select_from(conversations).where(conversations.c.owner == owner)
        if agent_id is not None:
            query = query.where(conversations.c.agent_id == agent_id)
        return self._session.scalar(query) or 0

    def add_handoff(self, handoff: Handoff) -> None:
        self._session.add(handoff)
        self._session.flush()

    def handoff_for(self, message_id: MessageId) -> Handoff | None:
        return self._session.scalars(sa.select(Handoff).where(handoffs.c.message_id == message_id)).first()

    def current_handoff(self, conversation_id: ConversationId) -> Handoff | None:
        """Return the hand-off that has taken effect and not ended."""
        query = (
            sa.select(Handoff)
            .where(
                handoffs.c.conversation_id == conversation_id,
                handoffs.c.opened_at.is_not(None),
                handoffs.c.ended_at.is_(None),
            )
            .order_by(handoffs.c.opened_at.desc())
        )
        return self._session.scalars(query).first()

    def handoffs_of(self, customer_id: CustomerId) -> list[Handoff]:
        query = sa.select(Handoff).where(handoffs.c.customer_id == customer_id, handoffs.c.opened_at.is_not(None))
        return list(self._session.scalars(query.order_by(handoffs.c.opened_at)))
