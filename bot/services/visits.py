"""Show a visitor of the web chat their own conversation."""

from dataclasses import dataclass

from bot.domain.conversation import Owner
from bot.domain.ids import IdentityId, MessageId
from bot.domain.messages import Message
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class State:
    """Be what the visitor may know of who is there: the owner, the agent's name, whether a rating is asked for."""

    owner: Owner
    agent: str | None
    rating: bool


@dataclass(frozen=True)
class Shown:
    """Be messages in order, the display names of the agents among their authors, and the state."""

    messages: list[Message]
    names: dict[str, str]
    state: State


def history(uow: UnitOfWork, identity_id: IdentityId) -> Shown:
    """Return the latest messages, from both sides; none for a visitor who has not written yet."""
    return _shown(uow, identity_id, uow.messages.of_identity(identity_id))


def news(uow: UnitOfWork, identity_id: IdentityId, after: MessageId) -> Shown:
    """Return what was sent to the visitor after a message."""
    return _shown(uow, identity_id, uow.messages.sent_after(identity_id, after))


def _shown(uow: UnitOfWork, identity_id: IdentityId, messages: list[Message]) -> Shown:
    conversation = uow.conversations.latest_of(identity_id)
    agents = {message.agent_id for message in messages if message.agent_id}
    if conversation and conversation.agent_id:
        agents.add(conversation.agent_id)
    users = (uow.users.get(agent) for agent in agents)
    names: dict[str, str] = {user.id: user.display_name for user in users if user}
    owner = conversation.owner if conversation else Owner.BOT
    agent = names.get(conversation.agent_id) if conversation and conversation.agent_id else None
    return Shown(messages, names, State(owner, agent, uow.conversations.awaiting_rating(identity_id) is not None))
