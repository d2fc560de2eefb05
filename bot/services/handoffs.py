"""Bring a person, let them take over, and give back what they had."""

from datetime import datetime
from typing import Final

from bot.domain.conversation import Conversation, Handoff, Owner, Reason
from bot.domain.ids import ConversationId, HandoffId, MessageId, UserId, new_id
from bot.domain.language import Language
from bot.domain.users import User
from bot.errors import Conflict, NotFound
from bot.services import quick_replies, speaking
from bot.store.unit_of_work import UnitOfWork
from bot.words import say

SUMMARY_CHARACTERS: Final = 160
"""How much of each message a summary quotes."""


class HeldByAnother(Conflict):
    """Refuse a claim because another agent has the conversation; ``holder_name`` says who."""

    def __init__(self, holder_name: str) -> None:
        super().__init__(f"{holder_name} has this conversation")
        self.holder_name = holder_name


def request_person(uow: UnitOfWork, message_id: MessageId, reason: Reason, summary: str, now: datetime) -> Handoff:
    """Record that a message's turn asks for a person; it takes effect with the turn's answer.

    A second request of the same turn changes nothing: the first reason stands.
    """
    known = uow.conversations.handoff_for(message_id)
    if known is not None:
        return known
    message = uow.messages.get(message_id)
    if message is None:
        raise NotFound("message")
    handoff = Handoff(
        HandoffId(new_id()), message.conversation_id, message.customer_id, reason, summary, now, message_id
    )
    uow.conversations.add_handoff(handoff)
    return handoff


def left_to_bot(uow: UnitOfWork, message_id: MessageId) -> Conversation | None:
    """Return a message's conversation if the bot has it and the message's turn has called nobody. Raises NotFound."""
    message = uow.messages.get(message_id)
    conversation = uow.conversations.get(message.conversation_id) if message else None
    if conversation is None:
        raise NotFound("message")
    called = uow.conversations.handoff_for(message_id) is not None
    return conversation if conversation.owner is Owner.BOT and not called else None


def take_effect(uow: UnitOfWork, conversation: Conversation, handoff: Handoff, now: datetime) -> None:
    """Put the (locked) conversation into the queue because of this hand-off."""
    if not conversation.bring_person(now):
        return
    handoff.opened_at = now
    note_change(uow, conversation, "conversation.person_requested", "bot", now, reason=handoff.reason)


def bring_person(uow: UnitOfWork, message_id: MessageId, reason: Reason, words: str, now: datetime) -> bool:
    """Call a person at once, by rule, and tell the customer so; works with the brain down.

    The message keeps its turn: it is still to be understood. Returns False when a person was called already.
    """
    message = uow.messages.get(message_id)
    conversation = uow.conversations.lock(message.conversation_id) if message else None
    if message is None or conversation is None:
        raise NotFound("message")
    if conversation.owner is not Owner.BOT:
        return False
    handoff = request_person(uow, message_id, reason, summarise(uow, conversation), now)
    take_effect(uow, conversation, handoff, now)
    speaking.as_system(uow, conversation, words, now, in_reply_to=message_id)
    return True


def summarise(uow: UnitOfWork, conversation: Conversation, messages: int = 6) -> str:
    """Return the last words of the talk for the agent who has not read it, as ``author: words``.

    Further lines of a message are indented, so that a customer's "bot: …" does not pass for another author; what came
    without words is named by its kind.
    """
    recent = uow.messages.of_conversation(conversation.id, limit=messages)
    return "\n".join(f"{message.author}: {_shortened(message.text) or f'[{message.kind}]'}" for message in recent)


def _shortened(text: str) -> str:
    words = "\n  ".join(" ".join(line.split()) for line in text.splitlines() if line.strip())
    return words if len(words) <= SUMMARY_CHARACTERS else words[: SUMMARY_CHARACTERS - 1] + "…"


def claim(uow: UnitOfWork, conversation_id: ConversationId, user: User, now: datetime) -> Conversation:
    """Give the conversation to an agent. Raises HeldByAnother (with the name), NotFound, ConversationClosed."""
    conversation = locked(uow, conversation_id)
    if conversation.owner is Owner.PERSON and conversation.agent_id == user.id:
        return conversation
    refuse_if_held(uow, conversation, user)
    conversation.claim(user.id)
    handoff = uow.conversations.current_handoff(conversation_id)
    if handoff is None:
        handoff = Handoff(
            HandoffId(new_id()), conversation_id, conversation.customer_id, Reason.AGENT,
            summarise(uow, conversation), now, opened_at=now,
        )  # fmt: skip
        uow.conversations.add_handoff(handoff)
    handoff.claimed_at, handoff.claimed_by = now, user.id
    note_change(uow, conversation, "conversation.claimed", user.id, now)
    speaking.as_system(
        uow, conversation, say(_language(uow, conversation), "person-joined", name=user.display_name), now
    )
    return conversation


def hand_back(uow: UnitOfWork, conversation_id: ConversationId, user: User, now: datetime) -> Conversation:
    """Give the conversation back to the bot and ask the customer how it was, unless others read along."""
    conversation = locked(uow, conversation_id)
    refuse_if_held(uow, conversation, user)
    conversation.hand_back(user.id)
    end_handoff(uow, conversation_id, "handed_back", now)
    note_change(uow, conversation, "conversation.handed_back", user.id, now)
    _take_leave(uow, conversation, "handed-back", now)
    return conversation


def close(uow: UnitOfWork, conversation_id: ConversationId, user: User, now: datetime) -> Conversation:
    """End the conversation; if a person had it, the customer is asked how it was."""
    conversation = locked(uow, conversation_id)
    refuse_if_held(uow, conversation, user)
    conversation.close(user.id, now)
    end_handoff(uow, conversation_id, "closed", now)
    note_change(uow, conversation, "conversation.closed", user.id, now)
    if conversation.rating_wanted:
        _take_leave(uow, conversation, "closed", now)
    return conversation


def locked(uow: UnitOfWork, conversation_id: ConversationId) -> Conversation:
    """Return the conversation locked until the end of the transaction; raises NotFound."""
    conversation = uow.conversations.lock(conversation_id)
    if conversation is None:
        raise NotFound("conversation")
    return conversation


def refuse_if_held(uow: UnitOfWork, conversation: Conversation, user: User) -> None:
    """Raise HeldByAnother, with the name, if another agent has the conversation."""
    if conversation.owner is Owner.PERSON and conversation.agent_id not in (None, user.id):
        holder = uow.users.get(conversation.agent_id) if conversation.agent_id else None
        raise HeldByAnother(holder.display_name if holder else "another agent")


def _take_leave(uow: UnitOfWork, conversation: Conversation, msgid: str, now: datetime) -> None:
    """Say that the person is gone and ask how it was; nobody is asked where others would read the answer."""
    identity = uow.customers.identity(conversation.identity_id)
    language = _language(uow, conversation)
    if identity is not None and identity.is_public:
        conversation.rating_wanted = False
        speaking.as_system(uow, conversation, say(language, f"{msgid}-in-group"), now)
        return
    buttons = quick_replies.for_rating()
    speaking.as_system(uow, conversation, say(language, msgid), now, buttons=buttons, kind="rating")


def end_handoff(uow: UnitOfWork, conversation_id: ConversationId, outcome: str, now: datetime) -> None:
    """Note that the present way to a person has ended, and how; nothing happens where there is none."""
    handoff = uow.conversations.current_handoff(conversation_id)
    if handoff is not None:
        handoff.ended_at, handoff.outcome = now, outcome


def _language(uow: UnitOfWork, conversation: Conversation) -> Language:
    customer = uow.customers.get(conversation.customer_id)
    return customer.language if customer else "zh-Hans"


def note_change(
    uow: UnitOfWork, conversation: Conversation, action: str, actor: str | UserId, now: datetime, **details: str
) -> None:
    """Leave audit entry and feed line of a conversation that has another owner now."""
    uow.record(actor, action, f"conversation:{conversation.id}", now, epoch=conversation.epoch, **details)
    uow.tell(
        "owner", now, conversation_id=conversation.id, customer_id=conversation.customer_id,
        owner=conversation.owner, identity_id=conversation.identity_id, **details,
    )  # fmt: skip
