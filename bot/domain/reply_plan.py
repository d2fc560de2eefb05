"""Decide what goes to a customer next where the platform allows only so many messages.

Two ways lead there. A push of the platform waits a few seconds for one text in reply (passively): it costs nothing, and a push
gives it once. A call of the platform's API costs one of the messages that the customer's last word allows. When neither is
open, the answer is kept, whole and in order, until the customer's next word opens one of them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.domain.attachments import Attachment
from bot.domain.ids import IdentityId, MessageId
from bot.domain.language import Language
from bot.domain.messages import Address, Button

BETWEEN_BUBBLES: Final = "\n\n"
BETWEEN_PIECES: Final = "\n"


@dataclass(frozen=True)
class Piece:
    """Be a part of a message that one call can carry; ``part`` counts from 0, ``is_last`` ends its message."""

    message_id: MessageId
    part: int
    text: str
    is_last: bool = True
    is_file: bool = False


@dataclass(frozen=True)
class Slot:
    """Be a push that waits for its reply; ``key`` names it when the platform brings it again.

    From ``answer_by`` on it takes what is there: soon it will not wait any longer.
    """

    key: str
    answer_by: datetime


@dataclass(frozen=True)
class Limits:
    """Be what one message may hold: ``size`` measures a text, ``most`` is the longest; ``hint`` says that more is coming.

    The hint is added to the last text that can go for now, where there is room for it.
    """

    size: Callable[[str], int]
    most: int
    hint: str


@dataclass(frozen=True)
class Terms:
    """Be what a channel offers to one customer at this moment.

    ``cut`` makes pieces that fit, ``worded`` writes the buttons under a message as text, ``hint`` says that more is coming.
    ``slots`` are the pushes that wait for a reply.
    """

    size: Callable[[str], int]
    most: int
    cut: Callable[[str], Sequence[str]]
    worded: Callable[[MessageId, Sequence[Button]], str]
    hint: Callable[[Language], str]
    can_send: bool = True
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True)
class Menu:
    """Be a message with its buttons, for a platform that can show them: ``head`` are its words without them."""

    message_id: MessageId
    head: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Bundle:
    """Be what one call or one reply carries: pieces of one message, or of several that were joined.

    ``text`` has all words, also those for buttons; ``menu`` is there where the whole of it is one message with buttons.
    ``slot`` is the key of the push that it answers, None where it goes by a call. ``attempt`` counts from 1.
    """

    to: Address
    pieces: tuple[Piece, ...]
    text: str
    attempt: int
    slot: str | None = None
    menu: Menu | None = None
    attachment: Attachment | None = None
    content: bytes | None = None

    @property
    def message_id(self) -> MessageId:
        """Return the first message that is in it."""
        return self.pieces[0].message_id


@dataclass(eq=False)
class Given:
    """Be the note that a message, from a part on, was given in reply to a push: should the push come again, it was not taken."""

    identity_id: IdentityId
    push: str
    message_id: MessageId
    first_part: int
    given_at: datetime


@dataclass(frozen=True)
class Passive:
    """Say that these pieces go now, in one text, in reply to the push."""

    slot: Slot
    pieces: tuple[Piece, ...]
    text: str


@dataclass(frozen=True)
class Send:
    """Say that these pieces go now, by one call."""

    pieces: tuple[Piece, ...]
    text: str


@dataclass(frozen=True)
class Keep:
    """Say that nothing may go before the customer's next word."""


@dataclass(frozen=True)
class Wait:
    """Say that a push can wait a little longer: the answer to it is just being made."""

    until: datetime


Plan = Passive | Send | Keep | Wait


def plan(
    pieces: Sequence[Piece], slots: Sequence[Slot], calls_left: int, limits: Limits, now: datetime, *, more_soon: bool
) -> Plan:
    """Return what to do next with what waits, in order; there is at least one piece.

    ``more_soon``: a turn of this customer is under way, whose answer could go in the same reply. It is worth waiting for if
    no other push is left to take it.
    """
    if slots and not pieces[0].is_file:
        slot = min(slots, key=lambda slot: slot.answer_by)
        together = _together(pieces, limits)
        if more_soon and len(slots) == 1 and len(together) == len(pieces) and now < slot.answer_by:
            return Wait(slot.answer_by)
        return Passive(slot, together, _text(together, _hint(pieces, together, calls_left, limits)))
    if calls_left == 0:
        return Keep()
    if len(pieces) <= calls_left or pieces[0].is_file:
        return Send(tuple(pieces[:1]), pieces[0].text)
    together = _together(pieces, limits)
    return Send(together, _text(together, _hint(pieces, together, calls_left - 1, limits)))


def _together(pieces: Sequence[Piece], limits: Limits) -> tuple[Piece, ...]:
    """Return the pieces that fit into one text, from the first one on; with room for the hint if some stay behind."""
    whole = _fitting(pieces, limits.size, limits.most)
    if len(whole) == len(pieces):
        return tuple(whole)
    return tuple(_fitting(pieces, limits.size, limits.most - limits.size(BETWEEN_BUBBLES + limits.hint)))


def _fitting(pieces: Sequence[Piece], size: Callable[[str], int], most: int) -> list[Piece]:
    taken = [pieces[0]]
    for piece in pieces[1:]:
        if piece.is_file or size(_text([*taken, piece])) > most:
            break
        taken.append(piece)
    return taken


def _hint(pieces: Sequence[Piece], together: Sequence[Piece], calls_left: int, limits: Limits) -> str:
    """Return what to add: the hint where something stays behind that cannot follow now, and only if it fits."""
    if len(together) == len(pieces) or calls_left > 0 or not limits.hint:
        return ""
    return limits.hint if limits.size(_text(together, limits.hint)) <= limits.most else ""


def _text(pieces: Sequence[Piece], hint: str = "") -> str:
    text = pieces[0].text
    for piece in pieces[1:]:
        text += (BETWEEN_BUBBLES if piece.part == 0 else BETWEEN_PIECES) + piece.text
    return text + (BETWEEN_BUBBLES + hint if hint else "")
