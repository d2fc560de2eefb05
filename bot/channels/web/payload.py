"""Turn what a browser posts into an Incoming, and a message into what a browser is shown. Pure."""

import re
from typing import Any, Final

from bot.domain.attachments import Attachment
from bot.domain.ids import IdentityId, identity_id_of
from bot.domain.language import is_language
from bot.domain.messages import Author, Incoming, Message
from bot.errors import UnreadablePayload

CHANNEL: Final = "web"
ACCOUNT: Final = "web"
_MESSAGE_ID: Final = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def parse(body: dict[str, Any], external_id: str) -> Incoming:
    """Return the message of a body ``{"id", "text", "language"?}``; raises UnreadablePayload with the reason."""
    unknown = set(body) - {"id", "text", "language"}
    if unknown:
        raise UnreadablePayload("unknown field: only id, text and language are known")
    message_id, text, language = body.get("id"), body.get("text"), body.get("language")
    if not isinstance(message_id, str) or not _MESSAGE_ID.fullmatch(message_id):
        raise UnreadablePayload("id must be a string of 1 to 64 letters, digits or _ . : -")
    if not isinstance(text, str):
        raise UnreadablePayload("text must be a string")
    if not text.strip():
        raise UnreadablePayload("text is empty")
    if language is not None and not is_language(language):
        raise UnreadablePayload("language must be zh-Hans, zh-Hant or en")
    return Incoming(CHANNEL, ACCOUNT, external_id, message_id, text, language_hint=language)


def identity_of(external_id: str) -> IdentityId:
    """Return the identity of a visitor, also of one who has not written yet."""
    return identity_id_of(CHANNEL, ACCOUNT, external_id)


def show(message: Message, agent_name: str | None = None) -> dict[str, Any]:
    """Return what the page needs of a message; agents are named by their display name only."""
    shown: dict[str, Any] = {
        "id": str(message.id),
        "author": message.author.value,
        "text": message.text,
        "at": (message.sent_at or message.written_at).isoformat(),
        "buttons": [] if message.kind == "rating" else message.buttons,  # the page has stars of its own for that
    }
    if message.author is Author.PERSON and agent_name:
        shown["name"] = agent_name
    if message.author is Author.CUSTOMER:
        shown["client_id"] = message.platform_id
    if message.author is Author.PERSON and message.attachment:
        shown["file"] = _file(message.attachment)
    return shown


def _file(attachment: Attachment) -> dict[str, Any]:
    """Return what the page needs of a file that an agent sent; it fetches the content by the message's id."""
    return {"name": attachment.name, "size": attachment.size, "is_picture": attachment.is_picture}
