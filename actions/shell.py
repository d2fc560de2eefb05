"""Let ``rasa shell`` talk to the same assistant: its words come without a record, so they get one here."""

from dataclasses import replace
from datetime import datetime

from actions.turn import Turn
from bot.domain.messages import Incoming
from bot.errors import NotFound
from bot.services import messaging
from bot.store.unit_of_work import UnitOfWork

_CHANNEL = "shell"


def adopt(uow: UnitOfWork, turn: Turn, now: datetime) -> Turn:
    """Receive the words as those of a customer on the channel ``shell`` and return the turn with its ids.

    The message counts as dealt with at once: Rasa itself prints the answer, nobody else may answer it again.
    """
    incoming = Incoming(_CHANNEL, "", turn.conversation_id, turn.shell_id or turn.text, turn.text)
    received = messaging.receive(uow, incoming, now)
    messaging.set_aside(uow, received.message_id)
    message = uow.messages.get(received.message_id)
    if message is None:
        raise NotFound("message")
    return replace(
        turn, message_id=message.id, customer_id=message.customer_id, conversation_id=message.conversation_id
    )
