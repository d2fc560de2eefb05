"""Give a visitor the files that agents sent to them, and to nobody else."""

from dataclasses import dataclass

from aiohttp import web

from bot.channels.web.payload import identity_of
from bot.domain.attachments import Attachment
from bot.domain.ids import IdentityId, MessageId
from bot.domain.messages import Author, Delivery, Message
from bot.edge import files
from bot.edge.keys import DATABASE
from bot.errors import NotFound
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Sent:
    """Be a file that was sent to a visitor."""

    message: Message
    attachment: Attachment
    content: bytes


async def show(request: web.Request, external_id: str) -> web.Response:
    """Give out the file of one message that this visitor can see; 404 for any other."""
    message_id = MessageId(int(request.match_info["message_id"]))
    try:
        sent = await request.app[DATABASE].read(_find, identity_of(external_id), message_id)
    except NotFound as error:
        raise web.HTTPNotFound(text='{"error": "no such file"}', content_type="application/json") from error
    known = files.not_modified(request, files.tag_of(sent.message, sent.attachment))
    return known or files.answer(request, sent.message, sent.attachment, sent.content)


def _find(uow: UnitOfWork, identity_id: IdentityId, message_id: MessageId) -> Sent:
    """Return the file if an agent sent it to this identity; raises NotFound."""
    message = uow.messages.get(message_id)
    if message is None or message.identity_id != identity_id:
        raise NotFound("message")
    if message.author is not Author.PERSON or message.delivery is not Delivery.SENT or message.attachment is None:
        raise NotFound("message")
    content = uow.uploads.content(message_id)
    if content is None:
        raise NotFound("file")
    return Sent(message, message.attachment, content)
