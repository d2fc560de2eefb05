"""Learn afterwards that a message of ours did not arrive, although the platform had taken it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.arrivals import Bounce
from bot.domain.ids import MessageId
from bot.domain.messages import Delivery
from bot.errors import TryLater
from bot.services import delivery, identities
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Bounced:
    """Say that a message counts as failed now, and those that were joined to it, with the platform's reason."""

    message_id: MessageId


@dataclass(frozen=True)
class NotOurs:
    """Say that the message is none of this record: another program may use the same account."""


def bounce(uow: UnitOfWork, channel: str, account: str, bounce: Bounce, now: datetime) -> Bounced | NotOurs:
    """Mark a message as failed, with all that was joined to it: what lies between it and the last one of that receipt.

    Raises TryLater while its send is under way: what the platform said of it then would be written over this.
    """
    identity = identities.known(uow, channel, account, bounce.external_id)
    message = uow.messages.get(bounce.message_id)
    if identity is None or message is None or message.identity_id != identity.id:
        return NotOurs()
    if message.delivery is None or not message.conversation_id.startswith(bounce.conversation):
        return NotOurs()
    uow.session.refresh(message, with_for_update=True)
    if message.delivery is Delivery.SENDING:
        raise TryLater("the outcome of this send is not written yet")
    last = uow.receipts.message_of(identity.id, bounce.platform_id) or message.id
    joined = uow.messages.gone_out(identity.id, message.id, last)
    for message_id in sorted({message.id, *(one.id for one in joined)}):
        delivery.failed(uow, message_id, bounce.reason, now, unreachable=bounce.unreachable)
    return Bounced(message.id)
