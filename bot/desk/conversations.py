"""Show a conversation beside the customer's record, and the pieces of it that change while it is open."""

from aiohttp import web

from bot.channels.registry import CHANNELS
from bot.desk import auth, inbox, pages, reading
from bot.desk.allowances import Allowed, allowed
from bot.domain.conversation import Conversation, Owner
from bot.domain.ids import ConversationId, MessageId
from bot.domain.users import Role
from bot.edge.keys import CLOCK, DATABASE
from bot.services import inbox as looks
from bot.services.inbox import Record, Talk

MOST_CHANGED = 100


def id_of(request: web.Request) -> ConversationId:
    """Return the conversation that the address names."""
    return ConversationId(request.match_info["conversation_id"])


def takes_files(request: web.Request, conversation: Conversation) -> bool:
    """Say whether a file can be sent to where this conversation is held."""
    channel = request.config_dict[CHANNELS].get(conversation.channel)
    return channel is not None and channel.takes_files


async def show(request: web.Request) -> web.StreamResponse:
    """Show the whole view: list, talk, record."""
    at = reading.message_id(request.query.get("at"))
    talk = await request.config_dict[DATABASE].read(looks.open_talk, id_of(request), at)
    record = await _record(request, talk)
    seen = None
    if auth.has_role(request, Role.AGENT, Role.ADMIN):
        mine = talk.conversation.agent_id == auth.user_of(request).id
        seen = await inbox.look(request, "mine" if mine else "waiting")
    return pages.render(
        request, "conversation.html", here="inbox", list=seen, open=talk.conversation.id, talk=talk, record=record,
        whole=False, live=at is None, seq=min(talk.seq, seen.inbox.seq) if seen else talk.seq,
        takes_files=takes_files(request, talk.conversation), allowance=_allowance(request, talk),
    )  # fmt: skip


async def show_messages(request: web.Request) -> web.StreamResponse:
    """Show what is new after a message, and those that changed as they are now."""
    after = reading.message_id(request.query.get("after")) or MessageId(0)
    changed = [one for raw in request.query.get("ids", "").split(",") if (one := reading.message_id(raw)) is not None]
    if len(changed) > MOST_CHANGED:
        raise reading.BadInput("This is too long.", "too_long")
    talk = await request.config_dict[DATABASE].read(looks.messages_since, id_of(request), after, changed)
    return pages.render(request, "messages.html", talk=talk)


async def show_state(request: web.Request) -> web.StreamResponse:
    """Show who has the conversation, what can be done now, and what an agent must know before they write."""
    talk = await request.config_dict[DATABASE].read(looks.open_talk, id_of(request))
    return pages.render(request, "now.html", talk=talk, allowance=_allowance(request, talk))


async def show_profile(request: web.Request) -> web.StreamResponse:
    """Show the customer's record as it stands beside the conversation."""
    talk = await request.config_dict[DATABASE].read(looks.open_talk, id_of(request))
    return pages.render(request, "profile.html", record=await _record(request, talk), talk=talk, whole=False)


def _allowance(request: web.Request, talk: Talk) -> Allowed | None:
    """Return what the platform still allows here; None where it does not count, or nobody speaks any more."""
    if talk.conversation.owner is Owner.CLOSED:
        return None
    channel = request.config_dict[CHANNELS].planned(talk.identity.channel)
    can_send = channel is None or channel.terms(talk.identity.address).can_send
    return allowed(talk.ledger, request.config_dict[CLOCK](), can_send=can_send)


async def _record(request: web.Request, talk: Talk) -> Record:
    return await request.config_dict[DATABASE].read(looks.read_record, talk.customer.id)
