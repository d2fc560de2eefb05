"""Let an agent act on a conversation: claim it, reply, hand it back, close it.

Each works as a plain form, which leads back to the conversation, and as JSON for the page's script.
"""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.desk import auth, reading
from bot.desk.conversations import id_of
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
    """Send the agent's words, once for each key."""
    given = await reading.fields(request)
    words, key = reading.text(given, "text", ""), given.get("key")
    if key is not None and not (isinstance(key, str) and _KEY.fullmatch(key)):
        raise reading.BadInput("This form cannot be read.", "bad_key")
    if not words.strip():
        raise reading.BadInput("Write something first.", "empty")
    if len(words.strip()) > replies.LONGEST_REPLY:
        raise reading.BadInput("The reply is longer than 4,000 characters.", "too_long")
    outcome = await request.config_dict[DATABASE].write(
        replies.reply, id_of(request), auth.user_of(request), words, key, request.config_dict[CLOCK]()
    )
    if reading.wants_json(request):
        return web.json_response({"message_id": outcome.message_id, "repeated": outcome.repeated})
    raise _back(request)


async def _change(request: web.Request, change: Change) -> web.StreamResponse:
    conversation = await request.config_dict[DATABASE].write(
        change, id_of(request), auth.user_of(request), request.config_dict[CLOCK]()
    )
    if reading.wants_json(request):
        return web.json_response({"id": conversation.id, "state": conversation.owner, "epoch": conversation.epoch})
    raise _back(request)


def _back(request: web.Request) -> web.HTTPSeeOther:
    return web.HTTPSeeOther(f"/desk/conversations/{id_of(request)}")
