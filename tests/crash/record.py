"""Read the record from outside, while the house is running or after it has burnt down."""

import threading
import time
from dataclasses import dataclass

import sqlalchemy as sa

from bot.domain.complaints import Complaint
from bot.domain.conversation import Conversation, Handoff
from bot.domain.customer import Identity
from bot.domain.messages import Author, Delivery, Message, Turn
from bot.domain.preferences import Preference
from bot.store.tables import identities
from bot.store.tables import messages_ as messages
from bot.store.unit_of_work import Database

FRESH_S = 0.25


@dataclass(frozen=True)
class Told:
    """Be all that the record knows of one customer."""

    messages: list[Message]
    complaints: list[Complaint]
    preferences: list[Preference]
    handoffs: list[Handoff]
    owners: list[str]

    @property
    def written(self) -> list[Message]:
        return [message for message in self.messages if message.author is Author.CUSTOMER]

    def said_to(self, message: Message, author: Author = Author.BOT) -> list[Message]:
        return [said for said in self.messages if said.author is author and said.in_reply_to == message.id]

    def of(self, platform_id: str) -> Message:
        (message,) = [message for message in self.written if message.platform_id == platform_id]
        return message


class Record:
    """Look into a database that others write."""

    def __init__(self, url: str) -> None:
        self._database = Database(url)
        self._lock = threading.Lock()
        self._busy: frozenset[str] = frozenset()
        self._looked_at = 0.0

    def of(self, external_id: str) -> Told:
        """Return what is known of a customer."""
        with self._database.reading() as uow:
            find = uow.session.scalars
            identity = find(sa.select(Identity).where(sa.column("external_id") == external_id)).one()
            its = {kind: list(find(sa.select(kind).filter_by(customer_id=identity.customer_id)))
                   for kind in (Message, Complaint, Preference, Handoff, Conversation)}  # fmt: skip
        messages = sorted(its[Message], key=lambda message: message.id)
        owners = [conversation.owner.value for conversation in its[Conversation]]
        return Told(messages, its[Complaint], its[Preference], its[Handoff], owners)

    def is_settled(self, external_id: str, since: float) -> bool:
        """Say whether nothing of a customer waited at a moment after ``since`` (of the monotonic clock).

        Everybody shares one look, taken at most four times a second.
        """
        with self._lock:
            if time.monotonic() - self._looked_at > FRESH_S:
                self._looked_at = time.monotonic()
                self._busy = self._unfinished()
            return self._looked_at > since and external_id not in self._busy

    def is_quiet(self) -> bool:
        """Say whether nothing waits for its turn or to be sent."""
        return not self._unfinished()

    def close(self) -> None:
        self._database.close()

    def _unfinished(self) -> frozenset[str]:
        waits = sa.or_(messages.c.turn == Turn.OPEN, messages.c.delivery.in_((Delivery.PENDING, Delivery.SENDING)))
        with self._database.reading() as uow:
            whose = sa.select(messages.c.identity_id).where(waits)
            return frozenset(uow.session.scalars(sa.select(identities.c.external_id).where(identities.c.id.in_(whose))))
