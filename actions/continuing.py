"""Hear that words go on with what was just said, whatever the model takes them for.

"第二个", a button of ours or "and to Taiwan?" say nothing without the talk before them, so the talk is asked first. What
says something by itself is never taken away from its intent: a grievance, a wish, a request for a person.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.choosing import chosen_of, core_of, is_short
from actions.knowledge.entries import Entry
from actions.knowledge.library import Sure, library
from actions.matter import Matter, matter_of
from actions.turn import NOT_UNDERSTOOD, Turn
from bot.domain.language import LANGUAGES
from bot.domain.orders import find_order_number
from bot.words import say

_LEANING: Final = frozenset({
    NOT_UNDERSTOOD, "out_of_scope", "order_status", "order_change", "delivery", "refund_return", "product_question", "price",
    "payment", "invoice", "store_hours", "account", "affirm", "deny", "rating", "greeting",
})  # fmt: skip
"""Intents that half a sentence is read as by chance."""
_ASKING: Final = _LEANING - {"order_status", "order_change", "affirm", "deny", "rating"}


@dataclass(frozen=True)
class DidNotHelp:
    """Say that the entry which answered last was of no use."""

    entry: Entry


@dataclass(frozen=True)
class AskedMore:
    """Be the entry that was chosen or is asked for within the topic."""

    entry: Entry


@dataclass(frozen=True)
class MeantOrder:
    """Be the order that was meant among those told; ``question`` is the intent for which it was asked, if it was."""

    number: str
    question: str


Continuation = DidNotHelp | AskedMore | MeantOrder


def continuation_of(turn: Turn, now: datetime) -> Continuation | None:
    """Return what the words mean in the light of the matter, or None where they stand for themselves."""
    matter = matter_of(turn, now)
    return _pressed(turn, matter) or _chosen(turn, matter) or _asked_within(turn, matter)


def _pressed(turn: Turn, matter: Matter) -> Continuation | None:
    """Hear our own buttons, word for word."""
    text = turn.text.strip()
    answered = library().entry(matter.entry)
    if answered is not None and text in {say(language, "did-not-help") for language in LANGUAGES}:
        return DidNotHelp(answered)
    for entry_id in matter.choices:
        entry = library().entry(entry_id)
        if entry is not None and text in entry.title.values():
            return AskedMore(entry)
    return None


def _chosen(turn: Turn, matter: Matter) -> Continuation | None:
    if turn.intent not in _LEANING:
        return None
    if matter.question and (number := find_order_number(turn.text)):
        return MeantOrder(number, matter.question)
    entries = [entry for entry in map(library().entry, matter.choices) if entry is not None]
    place = chosen_of(turn.text, [entry.title[turn.language] for entry in entries])
    if place is not None:
        return AskedMore(entries[place])
    place = chosen_of(turn.text, matter.items)
    return MeantOrder(matter.orders[place][0], matter.question) if place is not None else None


def _asked_within(turn: Turn, matter: Matter) -> Continuation | None:
    """Hear a short question that only the topic of the last answer makes whole."""
    answered = library().entry(matter.entry)
    if answered is None or turn.intent not in _ASKING or not is_short(turn.text):
        return None
    if isinstance(library().search(turn.text, likely=turn.intent), Sure):
        return None
    known = {entry.intent for entry in library().entries}
    likely = turn.intent if turn.intent in known else answered.intent
    found = library().search_on(core_of(turn.text), answered, turn.language, likely)
    return AskedMore(found.entry) if isinstance(found, Sure) else None
