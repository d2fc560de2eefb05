"""Follow customers who take a message back: it stays in the record, shown as recalled, and is not answered any more."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.arrivals import Recall
from bot.domain.ids import MessageId
from bot.domain.messages import Author, Turn
from bot.services import identities, speaking
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Recalled:
    """Say that a message was taken back; an answer that had gone out before stays."""

    message_id: MessageId


@dataclass(frozen=True)
class NothingToRecall:
    """Say that there is no such message of this customer."""


def recall(uow: UnitOfWork, channel: str, account: str, recall: Recall, now: datetime) -> Recalled | NothingToRecall:
    """Note that a customer took a message back; if it still waits for its turn, it has none.

    Under the lock of the conversation, so that a turn which is just being answered finds it closed.
    """
    identity = identities.known(uow, channel, account, recall.external_id)
    message = uow.messages.by_platform_id(identity.id, recall.platform_id) if identity is not None else None
    if message is None or message.author is not Author.CUSTOMER:
        return NothingToRecall()
    uow.conversations.lock(message.conversation_id)
    uow.session.refresh(message)
    message.recalled_at = message.recalled_at or now
    if message.turn is Turn.OPEN:
        message.turn = Turn.DONE
    speaking.tell(uow, message, now)
    return Recalled(message.id)
