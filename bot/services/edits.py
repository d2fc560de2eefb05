"""Follow customers who change their words: the newest are shown and answered, all are kept, none is answered again."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.arrivals import Edit
from bot.domain.customer import Identity
from bot.domain.ids import MessageId
from bot.domain.messages import Incoming, Message, Turn, Version, clean_attachment, clean_text
from bot.services import identities, recording, speaking
from bot.store.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Edited:
    """Say that the record has these words of a message now, be they the newest or not."""

    message_id: MessageId


@dataclass(frozen=True)
class StaysForgotten:
    """Say that nothing changed: the message was written before its writer asked to be forgotten."""


def edit(uow: UnitOfWork, edit: Edit, now: datetime) -> Edited | StaysForgotten:
    """Keep new words of a message; the greatest version is what it says, in whatever order they arrive.

    An edit that overtakes its original is written down without a turn: the original opens it (see ``supply_original``).
    A message that was blanked when its writer asked to be forgotten stays blank: nobody can tell a late edit from a new
    one, and most edits bring the old words back. Whoever wants to be heard again writes anew. What was understood of the
    first words is left as it is.
    """
    identity = identities.writer_of(uow, edit.incoming, now)
    incoming = identities.from_old_place(identity, edit.incoming)
    message = uow.messages.by_platform_id(identity.id, incoming.platform_id)
    if message is None:
        message = recording.write_down(uow, identity, incoming, Turn.DONE, now)
        message.edited_at = now
        uow.versions.add(Version(message.id, edit.version, message.text, now))
        return Edited(message.id)
    if _is_forgotten(uow, message):
        return StaysForgotten()
    is_newest = _keep_version(uow, message, edit.version, clean_text(incoming.text), now)
    _rewrite(uow, message, incoming, now, is_newest=is_newest)
    return Edited(message.id)


def awaits_original(uow: UnitOfWork, message: Message) -> bool:
    """Say whether only edits of a message have arrived so far."""
    if message.edited_at is None:
        return False
    versions = uow.versions.of([message.id]).get(message.id, [])
    return bool(versions) and versions[0].number != 0


def supply_original(uow: UnitOfWork, identity: Identity, message: Message, incoming: Incoming, now: datetime) -> None:
    """Add the first words to a message of which edits came before, and open its turn: the newest words are answered."""
    uow.versions.add(Version(message.id, 0, clean_text(incoming.text), now))
    conversation = recording.open_conversation(uow, identity, now)
    message.conversation_id, message.turn = conversation.id, Turn.OPEN
    conversation.last_message_at = now
    speaking.tell(uow, message, now)


def _is_forgotten(uow: UnitOfWork, message: Message) -> bool:
    customer = uow.customers.get(message.customer_id)
    forgotten_at = customer.forgotten_at if customer else None
    is_blank = not message.text and message.attachment is None
    return is_blank and forgotten_at is not None and message.written_at <= forgotten_at


def _keep_version(uow: UnitOfWork, message: Message, number: int, words: str, now: datetime) -> bool:
    """Keep the words under their number, once; return whether they are the newest."""
    versions = uow.versions.of([message.id]).get(message.id, [])
    if not versions:
        versions = [Version(message.id, 0, message.text, message.written_at)]
        uow.versions.add(versions[0])
    if number not in [version.number for version in versions]:
        uow.versions.add(Version(message.id, number, words, now))
    return number > versions[-1].number


def _rewrite(uow: UnitOfWork, message: Message, incoming: Incoming, now: datetime, *, is_newest: bool) -> None:
    words, attachment = clean_text(incoming.text), clean_attachment(incoming.attachment)
    if (words, attachment) == (message.text, message.attachment):
        return
    message.edited_at = now if is_newest else message.edited_at or now
    if is_newest:
        message.text, message.attachment, message.kind = words, attachment, incoming.kind
    speaking.tell(uow, message, now)
