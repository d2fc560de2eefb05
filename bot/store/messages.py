"""Keep messages: the durable inbox, the durable outbox and what was understood."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId, CustomerId, IdentityId, MessageId
from bot.domain.messages import Author, Delivery, Message, Reading, Turn
from bot.store.tables import conversations, readings
from bot.store.tables import messages_ as messages

_OUTBOX = (Delivery.PENDING, Delivery.SENDING)
_WAITING = (Delivery.PENDING, Delivery.KEPT)


class Messages:
    """Add messages; find what still has to be answered and what still has to be sent."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, message_id: MessageId) -> Message | None:
        return self._session.get(Message, message_id)

    def add(self, message: Message) -> Message:
        """Add a message and give it its id."""
        self._session.add(message)
        self._session.flush()
        return message

    def by_platform_id(self, identity_id: IdentityId, platform_id: str) -> Message | None:
        query = sa.select(Message).where(messages.c.identity_id == identity_id, messages.c.platform_id == platform_id)
        return self._session.scalars(query).first()

    def open_turns(self, conversation_id: ConversationId) -> list[Message]:
        """Return all messages of the customer that still wait for their turn, in order."""
        query = sa.select(Message).where(messages.c.conversation_id == conversation_id, messages.c.turn == Turn.OPEN)
        return in_order(self._session.scalars(query))

    def first_after(self, identity_id: IdentityId, platform_order: int) -> Message | None:
        """Return the customer's next message in the platform's order, of those that are here."""
        query = sa.select(Message).where(
            messages.c.identity_id == identity_id, messages.c.platform_order > platform_order
        )  # fmt: skip
        return self._session.scalars(query.order_by(messages.c.platform_order).limit(1)).first()

    def leave_place(self, identity_id: IdentityId) -> None:
        """Let what a customer wrote keep its order, but not the platform's ids: where they moved to, these begin anew."""
        mine = messages.c.identity_id == identity_id, messages.c.platform_order.is_not(None)
        greatest = self._session.scalar(sa.select(sa.func.max(messages.c.platform_order)).where(*mine)) or 0
        below_any_other = messages.c.platform_order - (greatest + 1)
        self._session.execute(sa.update(messages).where(*mine).values(platform_id=None, platform_order=below_any_other))

    def pending_answers(self, conversation_id: ConversationId, epoch: int) -> list[Message]:
        """Return what the bot said under an epoch and what has not gone out yet."""
        query = sa.select(Message).where(
            messages.c.conversation_id == conversation_id,
            messages.c.delivery.in_(_WAITING),
            messages.c.epoch == epoch,
        )
        return list(self._session.scalars(query))

    def next_outgoing(self, identity_id: IdentityId) -> Message | None:
        """Return the oldest message to an identity that has not gone out."""
        query = sa.select(Message).where(messages.c.identity_id == identity_id, messages.c.delivery.in_(_OUTBOX))
        return self._session.scalars(query.order_by(messages.c.id).limit(1)).first()

    def outbox(self, identity_id: IdentityId) -> list[Message]:
        """Return everything to an identity that has not gone out, in order, also what waits for their next word."""
        query = sa.select(Message).where(
            messages.c.identity_id == identity_id, messages.c.delivery.in_((*_OUTBOX, Delivery.KEPT))
        )
        return list(self._session.scalars(query.order_by(messages.c.id)))

    def awaits_bot(self, identity_id: IdentityId) -> bool:
        """Say whether the bot still owes an identity an answer, in its latest conversation: no earlier one is open."""
        latest = sa.select(conversations.c.id, conversations.c.owner).where(conversations.c.identity_id == identity_id)
        found = self._session.execute(latest.order_by(conversations.c.opened_at.desc()).limit(1)).first()
        if found is None or found.owner is not Owner.BOT:
            return False
        query = sa.select(messages.c.id).where(messages.c.conversation_id == found.id, messages.c.turn == Turn.OPEN)
        return self._session.scalar(query.limit(1)) is not None

    def conversations_with_open_turns(self) -> list[ConversationId]:
        query = sa.select(messages.c.conversation_id).where(messages.c.turn == Turn.OPEN).distinct()
        return [ConversationId(row) for row in self._session.scalars(query)]

    def identities_with_outgoing(self) -> list[IdentityId]:
        query = sa.select(messages.c.identity_id).where(messages.c.delivery.in_(_OUTBOX)).distinct()
        return [IdentityId(row) for row in self._session.scalars(query)]

    def in_flight(self) -> list[Message]:
        """Return messages marked as being sent: after a crash, nobody knows whether they arrived."""
        return list(self._session.scalars(sa.select(Message).where(messages.c.delivery == Delivery.SENDING)))

    def of_conversation(
        self, conversation_id: ConversationId, *, before: MessageId | None = None, limit: int = 200
    ) -> list[Message]:
        """Return up to ``limit`` messages with the greatest ids below ``before`` (or of all), in order."""
        query = sa.select(Message).where(messages.c.conversation_id == conversation_id)
        if before is not None:
            query = query.where(messages.c.id < before)
        return in_order(self._session.scalars(query.order_by(messages.c.id.desc()).limit(limit)))

    def of_identity(self, identity_id: IdentityId, *, limit: int = 200) -> list[Message]:
        """Return the latest messages of an identity that the customer has seen or written, in order."""
        query = sa.select(Message).where(
            messages.c.identity_id == identity_id,
            sa.or_(messages.c.author == Author.CUSTOMER, messages.c.delivery == Delivery.SENT),
        )
        return in_order(self._session.scalars(query.order_by(messages.c.id.desc()).limit(limit)))

    def sent_after(self, identity_id: IdentityId, after: MessageId, *, limit: int = 200) -> list[Message]:
        """Return what went out to an identity after a message, in order."""
        query = sa.select(Message).where(
            messages.c.identity_id == identity_id, messages.c.id > after, messages.c.delivery == Delivery.SENT
        )
        return list(self._session.scalars(query.order_by(messages.c.id).limit(limit)))

    def gone_out(self, identity_id: IdentityId, first: MessageId, last: MessageId) -> list[Message]:
        """Return what went out to an identity from one message to another; what is still to go out is left out."""
        query = sa.select(Message).where(
            messages.c.identity_id == identity_id, messages.c.id.between(first, last),
            messages.c.delivery.in_((Delivery.SENT, Delivery.AMBIGUOUS)),
        )  # fmt: skip
        return list(self._session.scalars(query.order_by(messages.c.id)))

    def latest_of_conversations(self, ids: list[ConversationId]) -> dict[str, Message]:
        """Return the last message of each conversation."""
        newest = sa.select(sa.func.max(messages.c.id)).where(messages.c.conversation_id.in_(ids))
        newest = newest.group_by(messages.c.conversation_id)
        query = sa.select(Message).where(messages.c.id.in_(newest))
        return {message.conversation_id: message for message in self._session.scalars(query)}

    def by_ids(self, message_ids: list[MessageId]) -> dict[int, Message]:
        query = sa.select(Message).where(messages.c.id.in_(message_ids))
        return {message.id: message for message in self._session.scalars(query)}

    def of_customer(self, customer_id: CustomerId) -> list[Message]:
        """Return all messages of a customer; those of one conversation stand in order."""
        return in_order(self._session.scalars(sa.select(Message).where(messages.c.customer_id == customer_id)))

    def count_open(self) -> int:
        return self._session.scalar(sa.select(sa.func.count()).where(messages.c.turn == Turn.OPEN)) or 0

    def oldest_open_at(self) -> datetime | None:
        query = sa.select(sa.func.min(messages.c.written_at)).where(messages.c.turn == Turn.OPEN)
        oldest: datetime | None = self._session.scalar(query)
        return oldest

    def add_reading(self, reading: Reading) -> bool:
        """Keep what a message meant; return False when that was known already."""
        if self._session.get(Reading, reading.message_id) is not None:
            return False
        self._session.add(reading)
        self._session.flush()
        return True

    def readings_of(self, message_ids: list[MessageId]) -> dict[int, Reading]:
        query = sa.select(Reading).where(readings.c.message_id.in_(message_ids))
        return {reading.message_id: reading for reading in self._session.scalars(query)}


def in_order(found: Iterable[Message]) -> list[Message]:
    """Return messages in the order in which they are read: an overtaken one stands where its writer put it."""
    return sorted(found, key=lambda message: message.order)
