"""Show a file of a conversation: ours, or fetched from the platform that keeps it, never by a link of the platform."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.channels.registry import CHANNELS, FileKeeper
from bot.desk import conversations
from bot.domain.attachments import Attachment
from bot.domain.ids import ConversationId, MessageId
from bot.domain.messages import Message
from bot.edge import files
from bot.edge.keys import DATABASE
from bot.errors import NotFound, Undeliverable
from bot.store.unit_of_work import UnitOfWork

LARGEST_FETCHED: Final = 20 * 1024 * 1024
"""Bytes up to which a file is fetched; platforms give out no larger ones, and it passes through our memory."""


class TooBig(Undeliverable):
    """Say that a file is larger than what is fetched."""


class NoKeeper(Undeliverable):
    """Say that the channel which keeps the file is not connected any more."""


@dataclass(frozen=True)
class Found:
    """Be a message with a file; ``content`` where we keep it ourselves."""

    message: Message
    attachment: Attachment
    channel: str
    content: bytes | None


async def show(request: web.Request) -> web.StreamResponse:
    """Give out the file of one message of this conversation."""
    message_id = MessageId(int(request.match_info["message_id"]))
    found = await request.config_dict[DATABASE].read(_find, conversations.id_of(request), message_id)
    known = files.not_modified(request, files.tag_of(found.message, found.attachment))
    if known is not None:
        return known
    content = found.content if found.content is not None else await _fetch(request, found)
    return files.answer(request, found.message, found.attachment, content)


async def _fetch(request: web.Request, found: Found) -> bytes:
    if (found.attachment.size or 0) > LARGEST_FETCHED:
        raise TooBig("larger than what is fetched")
    keeper = request.config_dict[CHANNELS].get(found.channel)
    if not isinstance(keeper, FileKeeper):
        raise NoKeeper("the channel is switched off")
    return await keeper.fetch(found.attachment)


def _find(uow: UnitOfWork, conversation_id: ConversationId, message_id: MessageId) -> Found:
    """Return the message if it belongs here and has a file; raises NotFound."""
    message = uow.messages.get(message_id)
    conversation = uow.conversations.get(conversation_id)
    if message is None or conversation is None or message.conversation_id != conversation_id:
        raise NotFound("message")
    content = uow.uploads.content(message_id)
    if message.attachment is None or (content is None and message.attachment.file_ref is None):
        raise NotFound("file")
    return Found(message, message.attachment, conversation.channel, content)
