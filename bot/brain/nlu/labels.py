"""Say what a message is about when it may be about several things: the whole is read, and each clause by itself.

The whole decides what the message is. A clause adds a matter of its own only where it is sure, because torn from the
rest it says less. A complaint and a wish for a person count from less and come first: missing one costs a customer.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

PRESSING: Final = ("ask_human", "complaint")
"""Intents that beat the rest, the more pressing first."""
SMALL_TALK: Final = frozenset({"greeting", "goodbye", "thanks", "affirm", "deny", "rating", "out_of_scope"})
"""Intents that are no matter of their own beside another one."""

Probabilities = Mapping[str, float]


@dataclass(frozen=True)
class Bars:
    """Set from which probability a label counts; measured on the development set.

    ``doubt``: the likeliest, or nothing was understood. ``person`` and ``complaint``: a wish for a person, a complaint in
    the whole. ``second``: any other intent in the whole beside the likeliest. ``clause``: any intent in a clause.
    """

    doubt: float = 0.3
    person: float = 0.25
    complaint: float = 0.2
    second: float = 0.3
    clause: float = 0.9


def labels_in(whole: Probabilities, parts: Sequence[Probabilities], bars: Bars) -> dict[str, float]:
    """Return each label with its probability, the main one first; none where nothing is sure enough to be believed."""
    likeliest = max(whole, key=lambda intent: whole[intent])
    found = _pressing(whole, parts, bars)
    if whole[likeliest] < bars.doubt and not found:
        return {}
    found.setdefault(likeliest, whole[likeliest])
    for intent, sure in _others(whole, parts, bars):
        if intent not in SMALL_TALK and intent not in PRESSING:
            found.setdefault(intent, sure)
    if len(found) > 1:
        found.pop("out_of_scope", None)
    return found


def place_of(label: str, parts: Sequence[Probabilities]) -> int:
    """Return which part speaks most for a label, counted from 1; 0 is the whole, where it has no parts."""
    return max(range(1, len(parts) + 1), key=lambda at: parts[at - 1].get(label, 0.0), default=0)


def _pressing(whole: Probabilities, parts: Sequence[Probabilities], bars: Bars) -> dict[str, float]:
    found: dict[str, float] = {}
    for intent, bar in zip(PRESSING, (bars.person, bars.complaint), strict=True):
        sure = max((part.get(intent, 0.0) for part in parts), default=0.0)
        if whole.get(intent, 0.0) >= bar:
            found[intent] = whole[intent]
        if sure >= bars.clause:
            found[intent] = sure
    return found


def _others(whole: Probabilities, parts: Sequence[Probabilities], bars: Bars) -> Iterator[tuple[str, float]]:
    for intent, sure in sorted(whole.items(), key=lambda pair: -pair[1]):
        if sure >= bars.second:
            yield intent, sure
    for part in parts:
        intent = max(part, key=lambda intent: part[intent])
        if part[intent] >= bars.clause:
            yield intent, part[intent]
