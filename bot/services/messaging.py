"""Tell the way of one message: received once, taken in its turn, answered once."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.conversation import Conversation, Owner
from bot.domain.escape import wishes_for_person
from bot.domain.ids import ConversationId, CustomerId, MessageId
from bot.domain.language import Language, language_of_turn
from bot.domain.messages import Address, Delivery, Incoming, Message, Reply, Turn
from bot.errors import NotFound
from bot.services import edits, handoffs, identities, recording, speaking
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Received:
    """Say that a message was new and is in the record."""

    message_id: MessageId
    conversation_id: ConversationId


@dataclass(frozen=True)
class Duplicate:
    """Say that this delivery was a repetition; nothing changed."""

    message_id: MessageId


@dataclass(frozen=True)
class NothingOpen:
    """Say that no message of the conversation waits for its turn."""


@dataclass(frozen=True)
class NotBefore:
    """Say that the next message waits for a moment to come."""

    due_at: datetime


@dataclass(frozen=True)
class NextTurn:
    """Be the next message to deal with, and who owned the conversation under which epoch when it was taken.

    ``wish`` is the first waiting message that plainly asks for a person, be it this one or a later one: it must not
    stand in line behind a brain that does not answer. ``rates`` is the conversation that the customer was asked to rate.
    """

    message_id: MessageId
    conversation_id: ConversationId
    customer_id: CustomerId
    sender: Address
    kind: str
    text: str
    written_at: datetime
    language: Language
    owner: Owner
    epoch: int
    wish: MessageId | None
    rates: ConversationId | None
    notice_given: bool
    more_waiting: bool


@dataclass(frozen=True)
class Answered:
    """Say that the replies are pending; ``to_person`` tells whether the turn also brought a person."""

    to_person: bool


@dataclass(frozen=True)
class TakenOver:
    """Say that the replies are kept but will not be sent: a person took over meanwhile."""


@dataclass(frozen=True)
class AlreadyAnswered:
    """Say that this message had its answer before."""


def receive(uow: UnitOfWork, incoming: Incoming, now: datetime) -> Received | Duplicate:
    """Write an incoming message into the record, once, in the customer's open conversation."""
    identity = identities.writer_of(uow, incoming, now)
    incoming = identities.from_old_place(identity, incoming)
    message = uow.messages.by_platform_id(identity.id, incoming.platform_id)
    if message is not None and not edits.awaits_original(uow, message):
        return Duplicate(message.id)
    identities.keep_fresh(uow, identity, incoming, now)
    if message is None:
        message = recording.write_down(uow, identity, incoming, Turn.OPEN, now)
    else:
        edits.supply_original(uow, identity, message, incoming, now)
    return Received(message.id, message.conversation_id)


def next_turn(uow: UnitOfWork, conversation_id: ConversationId, now: datetime) -> NextTurn | NotBefore | NothingOpen:
    """Return the conversation's first message that has not had its turn; later ones wait behind it."""
    waiting = uow.messages.open_turns(conversation_id)
    if not waiting:
        return NothingOpen()
    message = waiting[0]
    wish = next((m.id for m in waiting if wishes_for_person(m.kind, m.text)), None)
    if message.due_at is not None and message.due_at > now and wish is None:
        return NotBefore(message.due_at)
    conversation = uow.conversations.get(conversation_id)
    customer = uow.customers.get(message.customer_id)
    identity = uow.customers.identity(message.identity_id)
    if conversation is None or customer is None or identity is None:
        raise NotFound("conversation")
    return NextTurn(
        message.id, conversation_id, message.customer_id, identity.address, message.kind, message.text,
        message.written_at, language_of_turn(message.text, customer.language), conversation.owner, conversation.epoch, wish,
        uow.conversations.awaiting_rating(message.identity_id), conversation.notice_given, len(waiting) > 1,
    )  # fmt: skip


def answer(
    uow: UnitOfWork, turn: NextTurn, replies: list[Reply], now: datetime, *, is_fetched: bool = False
) -> Answered | TakenOver | AlreadyAnswered:
    """Make the replies of a turn pending, if the conversation is still the bot's under the same epoch.

    A hand-off that the turn asked for takes effect here, in the same transaction as its words: they carry no epoch,
    because they go out whoever owns the conversation next, and stand before anything that a person can say. So do the
    answers to earlier messages that a slow platform has not taken yet: a case number once given must reach the customer.
    ``is_fetched``: the reader fetches for themselves, so that words are sent as soon as none are pending before them.
    """
    conversation, message = _lock_turn(uow, turn.message_id)
    if message.turn is not Turn.OPEN:
        return AlreadyAnswered()
    if conversation.owner is not Owner.BOT:
        message.turn = Turn.DONE
    if conversation.owner is not Owner.BOT or conversation.epoch != turn.epoch:
        for reply in replies:
            speaking.as_bot(uow, conversation, reply, message.id, now, epoch=turn.epoch, delivery=Delivery.WITHHELD)
        return TakenOver()
    message.turn = Turn.DONE
    conversation.notice_given = False
    wish = uow.conversations.handoff_for(message.id)
    goes_at_once = is_fetched and uow.messages.next_outgoing(message.identity_id) is None
    delivery = Delivery.SENT if goes_at_once else Delivery.PENDING
    for reply in replies:
        epoch = None if wish else conversation.epoch
        speaking.as_bot(uow, conversation, reply, message.id, now, epoch=epoch, delivery=delivery)
    if wish:
        for earlier in uow.messages.pending_answers(conversation.id, conversation.epoch):
            earlier.epoch = None
        handoffs.take_effect(uow, conversation, wish, now)
    return Answered(to_person=wish is not None)


def set_aside(uow: UnitOfWork, message_id: MessageId) -> None:
    """Note that a message has had its turn without an answer of the bot."""
    _, message = _lock_turn(uow, message_id)
    if message.turn is Turn.OPEN:
        message.turn = Turn.DONE


def _lock_turn(uow: UnitOfWork, message_id: MessageId) -> tuple[Conversation, Message]:
    message = uow.messages.get(message_id)
    conversation = uow.conversations.lock(message.conversation_id) if message else None
    if message is None or conversation is None:
        raise NotFound("message")
    uow.session.refresh(message)
    return conversation, message
