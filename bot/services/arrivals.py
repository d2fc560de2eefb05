"""Take what a platform delivered: each delivery takes effect once, wholly, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.domain.allowance import Opening
from bot.domain.arrivals import (
    Arrival,
    Bounce,
    Edit,
    Entry,
    Ignored,
    Press,
    Reach,
    Readable,
    Recall,
    SaidElsewhere,
    Session,
    Unreadable,
)
from bot.domain.customer import Identity
from bot.domain.ids import MessageId
from bot.domain.messages import Button, Incoming, Message, Turn, clean_text
from bot.services import allowances, bounces, edits, elsewhere, identities, messaging, recalls, recording
from bot.services.bounces import Bounced, NotOurs
from bot.services.edits import Edited
from bot.services.elsewhere import Passed, TakenDown
from bot.services.messaging import Duplicate, Received
from bot.services.recalls import NothingToRecall, Recalled
from bot.store.unit_of_work import UnitOfWork

LONGEST_PAYLOAD: Final = 100_000
"""Characters that are kept of what could not be read."""
_GREATEST_ID: Final = 2**63 - 1


@dataclass(frozen=True)
class Repeated:
    """Say that a delivery of this key has taken effect before; ``same`` is False when it said something else."""

    same: bool


@dataclass(frozen=True)
class Pressed:
    """Say that a press became this message of the customer; ``title`` is what stands on the button."""

    message_id: MessageId
    title: str


@dataclass(frozen=True)
class PressedBefore:
    """Say that the customer had already chosen under that message: one choice counts."""


@dataclass(frozen=True)
class PressedInVain:
    """Say that there is no such button for this customer: never made, another's, or forgotten."""


@dataclass(frozen=True)
class Reached:
    """Say whether a customer can be reached; ``is_news`` is False when that was known, or the customer is not."""

    reachable: bool
    is_news: bool


@dataclass(frozen=True)
class Entered:
    """Say that a customer has opened the chat; whoever took the delivery may greet them."""


@dataclass(frozen=True)
class Counted:
    """Say that the delivery is none of our business; ``kind`` is for counting."""

    kind: str


@dataclass(frozen=True)
class PutAside:
    """Say that the delivery could not be read and is kept for a developer."""


Outcome = (
    Received | Duplicate | Repeated | Edited | Pressed | PressedBefore | PressedInVain | Reached | Recalled
    | NothingToRecall | TakenDown | Passed | Entered | Bounced | NotOurs | Counted | PutAside
)  # fmt: skip


def known(uow: UnitOfWork, channel: str, account: str, key: str) -> str | None:
    """Return the digest of the delivery that came under this key, None if none did; a look that writes nothing."""
    return uow.arrivals.digest(channel, account, key)


def known_since(uow: UnitOfWork, channel: str, account: str, moment: datetime) -> Sequence[str]:
    """Return the keys of all deliveries that came since a moment; a look that writes nothing."""
    return uow.arrivals.keys_since(channel, account, moment)


def take(uow: UnitOfWork, arrival: Arrival, now: datetime) -> Outcome:
    """Note a delivery and do what it says; the first one of a key wins.

    The note is written first: of several at the same moment one goes on, and the others wait, fail with IntegrityError
    and find it when ``Database.perform`` repeats them.
    """
    before = known(uow, arrival.channel, arrival.account, arrival.key)
    if before is not None:
        return Repeated(same=before == arrival.digest)
    outcome = _take_effect(uow, arrival, now)
    if arrival.opens is not None:
        _open_window(uow, arrival, arrival.opens, now)
    return outcome


def _take_effect(uow: UnitOfWork, arrival: Arrival, now: datetime) -> Outcome:
    content = arrival.content
    if isinstance(content, Unreadable):
        payload = clean_text(content.payload[:LONGEST_PAYLOAD])
        uow.arrivals.add(arrival, now, payload, clean_text(content.reason[:200]))
        return PutAside()
    uow.arrivals.add(arrival, now)
    return _obey(uow, arrival, content, now)


def _obey(uow: UnitOfWork, arrival: Arrival, content: Readable, now: datetime) -> Outcome:
    match content:
        case Incoming():
            return messaging.receive(uow, content, now)
        case Edit():
            edited = edits.edit(uow, content, now)
            return edited if isinstance(edited, Edited) else Counted("edit_of_forgotten")
        case Press():
            return _press(uow, content, now)
        case Reach():
            return _reach(uow, arrival, content, now)
        case Recall():
            return recalls.recall(uow, arrival.channel, arrival.account, content, now)
        case SaidElsewhere():
            return elsewhere.take_down(uow, arrival.channel, arrival.account, content, now)
        case Session():
            return elsewhere.follow(uow, arrival.channel, arrival.account, content, now)
        case Bounce():
            return bounces.bounce(uow, arrival.channel, arrival.account, content, now)
        case Entry():
            return Entered()
        case Ignored():
            return Counted(content.kind)


def forget_before(uow: UnitOfWork, moment: datetime) -> int:
    """Delete the notes of older deliveries, and with them what was put aside; return how many that were.

    Call it with a moment that no platform reaches back to. A platform that draws its numbers anew after a silence may
    use an old one again by then.
    """
    return uow.arrivals.forget_before(moment)


def _open_window(uow: UnitOfWork, arrival: Arrival, opening: Opening, now: datetime) -> None:
    """Note what a delivery allows us to send; a stranger who has said nothing yet is owed nothing."""
    identity = identities.known(uow, arrival.channel, arrival.account, opening.external_id)
    if identity is not None:
        allowances.open_window(uow, identity, opening, now)


def _press(
    uow: UnitOfWork, press: Press, now: datetime
) -> Pressed | PressedBefore | PressedInVain | Received | Duplicate:  # fmt: skip
    """Let the words under a button be the customer's next message, once for each message with buttons.

    Where the platform shows the press as the customer's words, each press is a message: an old button leaves it as it reads.
    """
    by = press.incoming
    identity = identities.known(uow, by.channel, by.account, by.external_id)
    offered = _offered(uow, identity, press)
    if by.text:
        said = by if offered is None else replace(by, text=offered.buttons[press.button]["payload"], kind="button")
        return messaging.receive(uow, said, now)
    if identity is None or offered is None:
        return PressedInVain()
    said = _as_message(by, offered.id, offered.buttons[press.button])
    if uow.messages.by_platform_id(identity.id, said.platform_id) is not None:
        return PressedBefore()
    identities.keep_fresh(uow, identity, said, now)
    message = recording.write_down(uow, identity, said, Turn.OPEN, now, in_reply_to=offered.id)
    return Pressed(message.id, offered.buttons[press.button]["title"])


def _offered(uow: UnitOfWork, identity: Identity | None, press: Press) -> Message | None:
    """Return the message under which the button stands, None if this customer was never offered it."""
    offered = uow.messages.get(press.message_id) if 0 < press.message_id <= _GREATEST_ID else None
    if identity is None or offered is None or offered.identity_id != identity.id:
        return None
    return offered if 0 <= press.button < len(offered.buttons) else None


def _as_message(by: Incoming, offered: MessageId, button: Button) -> Incoming:
    return replace(
        by, platform_id=f"press:{offered}", text=button["payload"], kind="button", platform_order=None, reply_to=None
    )


def _reach(uow: UnitOfWork, arrival: Arrival, reach: Reach, now: datetime) -> Reached:
    identity = uow.customers.known_as(arrival.channel, arrival.account, reach.external_id, lock=True)
    is_news = identity is not None and identities.note_reach(uow, identity, reach.reachable, now)
    return Reached(reach.reachable, is_news)
