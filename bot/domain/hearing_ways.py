"""Say what a way of stating a preference is; the tables of ways lie one file per language."""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.preferences import Polarity

SURE: Final = 0.9
LIKELY: Final = 0.75
THINGS: Final = frozenset({"attribute", "dietary", "brand", "price", "language"})
"""What a customer asks for only out of taste. To want an invoice, a delivery or a product is business, and no preference."""
REACH: Final = frozenset({"contact_channel", "contact_time", "delivery", "language"})
"""What customers tell us about how, when and where to come to them."""
KNOWN: Final = THINGS | REACH | {"payment", "invoice", "category"}
ANY: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Way:
    """Be a way of saying it: the matched group (the only one that matches) is the object.

    ``has_subject``: somebody feels it ("loves", "过敏"), so what stands before tells whose it is; an instruction
    ("别打电话") is always the customer's. ``kinds``: words that also serve other ends ("I want …") count only for an object of
    these kinds; empty means any.
    """

    polarity: Polarity
    pattern: re.Pattern[str]
    has_subject: bool
    kinds: frozenset[str]
    confidence: float
    means: tuple[str, str] | None = None
    """Kind and aspect of whatever is said so: who is allergic to wool speaks of health and not of a material."""


def felt(
    polarity: Polarity,
    *ways: str,
    kinds: frozenset[str] = ANY,
    confidence: float = SURE,
    means: tuple[str, str] | None = None,
) -> Way:
    """Make a way with a subject."""
    return Way(polarity, re.compile("|".join(ways)), True, kinds, confidence, means)


def endured(polarity: Polarity, *ways: str, aspect: str = "") -> Way:
    """Make a way that tells of health or faith: sensitive whatever its object is."""
    return Way(polarity, re.compile("|".join(ways)), True, ANY, SURE, ("dietary", aspect))


def told(
    polarity: Polarity,
    *ways: str,
    kinds: frozenset[str] = KNOWN,
    confidence: float = SURE,
    means: tuple[str, str] | None = None,
) -> Way:
    """Make a way that tells us what to do."""
    return Way(polarity, re.compile("|".join(ways)), False, kinds, confidence, means)
