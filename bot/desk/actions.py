"""Let an agent act on a conversation: claim it, reply, hand it back, close it.

Each works as a plain form, which leads back to the conversation, and as JSON for the page's script.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.desk import auth, reading, uploads
from bot.desk.conversations import id_of, takes_files
from bot.domain.conversation import Conversation
from bot.domain.ids import ConversationId
from bot.domain.users import User
from bot.edge.keys import CLOCK, DATABASE
from bot.services import handoffs, replies
from bot.store.unit_of_work import UnitOfWork

Change = Callable[[UnitOfWork, ConversationId, User, datetime], Conversation]
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")


async def claim(request: web.Request) -> web.StreamResponse:
    """Take the conversation over; 409 with the holder's name if somebody else has it."""
    return await _change(request, handoffs.claim)


async def hand_back(request: web.Request) -> web.StreamResponse:
    """Give the conversation back to the bot."""
    return await _change(request, handoffs.hand_back)


async def close(request: web.Request) -> web.StreamResponse:
    """End the conversation."""
    return await _change(request, handoffs.close)


async def reply(request: web.Request) -> web.StreamResponse:
    """Send the agent's words and the file that goes along, once for each key."""
    form = await uploads.read_form(request)
    words, key = reading.text(form.fields, "text", ""), form.fields.get("key")
    if key is not None and not (isinstance(key, str) and _KEY.fullmatch(key)):
        raise reading.BadInput("This form cannot be read.", "bad_key")
    if form.enclosure is None and not words.strip():
        raise reading.BadInput("Write something first.", "empty")
    if len(words.strip()) > replies.LONGEST_REPLY:
        raise reading.BadInput("The reply is longer than 4,000 characters.", "too_long")
    if form.enclosure is not None:
        await _refuse_where_no_file_goes(request)
    outcome = await request.config_dict[DATABASE].write(
        replies.reply, id_of(request), auth.user_of(request), words, key, request.config_dict[CLOCK](),
        enclosure=form.enclosure,
    )  # fmt: skip
    if reading.wants_json(request):
        return web.json_response({"message_id": outcome.message_id, "repeated": outcome.repeated})
    raise _back(request)


async def _refuse_where_no_file_goes(request: web.Request) -> None:
    conversation = await request.config_dict[DATABASE].read(lambda uow: uow.conversations.get(id_of(request)))
    if conversation is not None and not takes_files(request, conversation):
        raise reading.BadInput("No file can be sent there.", "no_files")


async def _change(request: web.Request, change: Change) -> web.StreamResponse:
    conversation = await request.config_dict[DATABASE].write(
        change, id_of(request), auth.user_of(request), request.config_dict[CLOCK]()
    )
    if reading.wants_json(request):
        return web.json_response({"id": conversation.id, "state": conversation.owner, "epoch": conversation.epoch})
    raise _back(request)


def _back(request: web.Request) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"/desk/conversations/{id_of(request)}")
