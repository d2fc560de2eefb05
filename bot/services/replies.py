"""Let an agent answer the customer."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.attachments import Attachment
from bot.domain.ids import ConversationId, MessageId
from bot.domain.messages import clean_text
from bot.domain.users import User
from bot.errors import Refused
from bot.services import handoffs, speaking
from bot.store.unit_of_work import UnitOfWork

LONGEST_REPLY: Final = 4_000
"""Characters that an agent may send at once."""
LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes of a file that an agent may send along."""


class BadReply(Refused):
    """Refuse an agent's reply that is empty or too long."""


@dataclass(frozen=True)
class Enclosure:
    """Be a file that goes along with an agent's words: what it is, and its content, which we keep ourselves."""

    attachment: Attachment
    content: bytes


@dataclass(frozen=True)
class Replied:
    """Say which message an agent's words became; ``repeated`` when the same key had been sent before."""

    message_id: MessageId
    repeated: bool


def reply(
    uow: UnitOfWork, conversation_id: ConversationId, user: User, text: str, key: str | None, now: datetime, *,
    enclosure: Enclosure | None = None,
) -> Replied:  # fmt: skip
    """Leave an agent's words pending, with a file if there is one; the same ``key`` twice is one message.

    Raises BadReply, NotFound, ConversationClosed, NotYours or HeldByAnother.
    """
    conversation = handoffs.locked(uow, conversation_id)
    platform_id = f"desk:{user.id}:{key}" if key else None
    known = uow.messages.by_platform_id(conversation.identity_id, platform_id) if platform_id else None
    if known is not None:
        return Replied(known.id, repeated=True)
    text = clean_text(text).strip()
    _refuse_bad(text, enclosure)
    handoffs.refuse_if_held(uow, conversation, user)
    conversation.must_belong_to(user.id)
    attachment = enclosure.attachment if enclosure else None
    message = speaking.as_person(uow, conversation, user.id, text, platform_id, now, attachment=attachment)
    if enclosure is not None:
        uow.uploads.add(message.id, enclosure.content)
    uow.record(user.id, "conversation.replied", f"conversation:{conversation_id}", now, message_id=message.id)
    return Replied(message.id, repeated=False)


def _refuse_bad(text: str, enclosure: Enclosure | None) -> None:
    if enclosure is None and not text:
        raise BadReply("the reply is empty")
    if enclosure is not None and not 0 < len(enclosure.content) <= LARGEST_FILE:
        raise BadReply(f"the file is empty or larger than {LARGEST_FILE} bytes")
    if len(text) > LONGEST_REPLY:
        raise BadReply(f"the reply is longer than {LONGEST_REPLY} characters")
