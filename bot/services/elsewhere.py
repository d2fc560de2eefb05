"""Let people answer past our desk, in the platform's own app: the record has their words, and the bot is silent.

Nobody at the desk has such a conversation (``Conversation.is_elsewhere``). It comes back to the bot when the platform says that
the person is done, or when somebody at the desk closes it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.arrivals import SaidElsewhere, Session
from bot.domain.conversation import Conversation, Handoff, Owner, Reason
from bot.domain.ids import ConversationId, HandoffId, IdentityId, MessageId, new_id
from bot.domain.messages import Address, Author, Delivery, Incoming, Message, clean_attachment, clean_text
from bot.services import delivery, handoffs, identities, recording, speaking
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class TakenDown:
    """Say that words which one of our people said elsewhere are in the record."""

    message_id: MessageId


@dataclass(frozen=True)
class Passed:
    """Say who speaks with the customer there now; ``is_news`` is False when that was known, or the customer is not."""

    with_person: bool
    is_news: bool


@dataclass(frozen=True)
class Waiting:
    """Be a customer who waits for a person, and where they are."""

    conversation_id: ConversationId
    to: Address


def take_down(uow: UnitOfWork, channel: str, account: str, said: SaidElsewhere, now: datetime) -> TakenDown:
    """Write down what one of our people said elsewhere, once; with it the conversation is theirs."""
    kind = said.attachment.kind if said.attachment else "text"
    theirs = Incoming(channel, account, said.external_id, said.platform_id, "", kind=kind)
    identity = identities.writer_of(uow, theirs, now)
    known = uow.messages.by_platform_id(identity.id, said.platform_id)
    if known is not None:
        return TakenDown(known.id)
    conversation = recording.open_conversation(uow, identity, now)
    hold(uow, conversation, now)
    message = Message(
        conversation.id, conversation.customer_id, identity.id, Author.PERSON, clean_text(said.text), now, kind=kind,
        platform_id=said.platform_id, delivery=Delivery.SENT, sent_at=now, attachment=clean_attachment(said.attachment),
    )  # fmt: skip
    uow.messages.add(message)
    conversation.last_message_at = now
    speaking.tell(uow, message, now)
    return TakenDown(message.id)


def follow(uow: UnitOfWork, channel: str, account: str, session: Session, now: datetime) -> Passed:
    """Let the record follow the platform: the conversation is a person's while one has the session there."""
    identity = identities.known(uow, channel, account, session.external_id)
    conversation = uow.conversations.open_of(identity.id) if identity is not None else None
    if conversation is None:
        return Passed(session.with_person, is_news=False)
    is_news = hold(uow, conversation, now) if session.with_person else _give_back(uow, conversation, now)
    return Passed(session.with_person, is_news)


def held(uow: UnitOfWork, channel: str, account: str, external_ids: Sequence[str]) -> list[str]:
    """Return those of some customers whom a person elsewhere has, as far as we know; a look that writes nothing."""
    found = []
    for external_id in external_ids:
        identity = uow.customers.known_as(channel, account, external_id)
        latest = uow.conversations.latest_of(identity.id) if identity is not None else None
        if latest is not None and latest.is_elsewhere:
            found.append(external_id)
    return found


def taken_over(uow: UnitOfWork, identity_id: IdentityId, now: datetime) -> bool:
    """Note that a person elsewhere has the session of a customer to whom we were about to write."""
    conversation = uow.conversations.open_of(identity_id)
    return conversation is not None and hold(uow, conversation, now)


def awaited(uow: UnitOfWork, identity_id: IdentityId, now: datetime) -> bool:
    """Note that a customer waits for a person elsewhere: the bot is silent, and our desk sees them wait."""
    conversation = uow.conversations.open_of(identity_id)
    if conversation is None or not conversation.bring_person(now):
        return False
    _silence(uow, conversation, now)
    handoff = _handoff(uow, conversation, now)
    handoffs.note_change(uow, conversation, "conversation.person_requested", "platform", now, reason=handoff.reason)
    return True


def to_be_passed_on(uow: UnitOfWork, channel: str) -> list[Waiting]:
    """Return who waits for a person on a channel and has read all that we said before, the longest first."""
    found = []
    for conversation in uow.conversations.waiting_on(channel):
        identity = uow.customers.identity(conversation.identity_id)
        if identity is not None and uow.messages.next_outgoing(identity.id) is None:
            found.append(Waiting(conversation.id, identity.address))
    return found


def passed_on(uow: UnitOfWork, conversation_id: ConversationId, now: datetime) -> bool:
    """Note that who waited for a person was passed on to those elsewhere; False where somebody was faster."""
    conversation = handoffs.locked(uow, conversation_id)
    return conversation.owner is Owner.WAITING and hold(uow, conversation, now)


def hold(uow: UnitOfWork, conversation: Conversation, now: datetime) -> bool:
    """Give the (locked, open) conversation to a person elsewhere; return whether that is news."""
    if not conversation.take_elsewhere():
        return False
    _silence(uow, conversation, now)
    handoff = uow.conversations.current_handoff(conversation.id) or _handoff(uow, conversation, now)
    handoff.claimed_at, handoff.claimed_by = now, None
    handoffs.note_change(uow, conversation, "conversation.answered_elsewhere", "platform", now)
    return True


def _silence(uow: UnitOfWork, conversation: Conversation, now: datetime) -> None:
    """Withhold what the house has not said yet, also what an epoch would let through: the platform takes nothing now.

    The words of an agent are left to fail: they have to see that these did not arrive.
    """
    for message in uow.messages.outbox(conversation.identity_id):
        if message.author is not Author.PERSON and message.delivery is not Delivery.SENDING:
            delivery.settle(uow, message, Delivery.WITHHELD, now, "cut short" if message.parts_sent else None)


def _handoff(uow: UnitOfWork, conversation: Conversation, now: datetime) -> Handoff:
    handoff = Handoff(
        HandoffId(new_id()), conversation.id, conversation.customer_id, Reason.ELSEWHERE,
        handoffs.summarise(uow, conversation), now, opened_at=now,
    )  # fmt: skip
    uow.conversations.add_handoff(handoff)
    return handoff


def _give_back(uow: UnitOfWork, conversation: Conversation, now: datetime) -> bool:
    if not conversation.return_from_elsewhere():
        return False
    handoffs.end_handoff(uow, conversation.id, "handed_back", now)
    handoffs.note_change(uow, conversation, "conversation.handed_back", "platform", now)
    return True
