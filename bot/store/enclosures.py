"""Keep what belongs to a message but not into its row: earlier words, the platform's receipts, files of our own."""

from collections import defaultdict

import sqlalchemy as sa
from sqlalchemy.orm import Session

from bot.domain.ids import CustomerId, IdentityId, MessageId
from bot.domain.messages import Delivery, Version
from bot.store.tables import messages_ as messages
from bot.store.tables import receipts, uploads, versions

_ON_ITS_WAY = (Delivery.PENDING, Delivery.SENDING)


class Versions:
    """Keep every wording of the messages that customers changed."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, version: Version) -> None:
        self._session.add(version)
        self._session.flush()

    def of(self, message_ids: list[MessageId]) -> dict[int, list[Version]]:
        """Return the versions of messages by message, each list from the first wording to the newest."""
        query = sa.select(Version).where(versions.c.message_id.in_(message_ids))
        found: defaultdict[int, list[Version]] = defaultdict(list)
        for version in self._session.scalars(query.order_by(versions.c.message_id, versions.c.number)):
            found[version.message_id].append(version)
        return dict(found)

    def forget(self, customer_id: CustomerId) -> None:
        """Delete all earlier wordings of a customer."""
        theirs = sa.select(messages.c.id).where(messages.c.customer_id == customer_id)
        self._session.execute(sa.delete(versions).where(versions.c.message_id.in_(theirs)))


class Receipts:
    """Keep under which ids a platform knows what we sent: a long message has one for each piece."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, identity_id: IdentityId, platform_id: str, message_id: MessageId) -> None:
        """Keep a receipt; where a platform gives an id out twice, the newer message has it."""
        same = receipts.c.identity_id == identity_id, receipts.c.platform_id == platform_id
        self._session.execute(sa.delete(receipts).where(*same))
        row = {"identity_id": identity_id, "platform_id": platform_id, "message_id": message_id}
        self._session.execute(sa.insert(receipts), row)

    def message_of(self, identity_id: IdentityId, platform_id: str) -> MessageId | None:
        query = sa.select(receipts.c.message_id).where(
            receipts.c.identity_id == identity_id, receipts.c.platform_id == platform_id
        )
        found = self._session.scalar(query)
        return None if found is None else MessageId(found)

    def forget(self, identity_id: IdentityId) -> None:
        """Delete the receipts of a place that the customer has left."""
        self._session.execute(sa.delete(receipts).where(receipts.c.identity_id == identity_id))


class Uploads:
    """Keep the content of files that somebody at the desk sends."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, message_id: MessageId, content: bytes) -> None:
        self._session.execute(sa.insert(uploads), {"message_id": message_id, "content": content})

    def content(self, message_id: MessageId) -> bytes | None:
        return self._session.scalar(sa.select(uploads.c.content).where(uploads.c.message_id == message_id))

    def forget(self, customer_id: CustomerId) -> None:
        """Delete the files sent to a customer, except those that are just on their way."""
        gone = sa.select(messages.c.id).where(
            messages.c.customer_id == customer_id, messages.c.delivery.not_in(_ON_ITS_WAY)
        )
        self._session.execute(sa.delete(uploads).where(uploads.c.message_id.in_(gone)))
