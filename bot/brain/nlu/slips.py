"""Misspell English words as hurried people do, so that the model has met slips before customers make them."""

import random
from collections.abc import Sequence
from typing import Final

SHORTEST: Final = 4
"""Shorter words are rarely misspelt, and would become others."""
_SHARE: Final = 0.3


def misspelt(words: Sequence[str], chance: random.Random) -> list[str]:
    """Return the words with about a third of the longer English ones misspelt."""
    return [_slip(word, chance) if _may_slip(word) and chance.random() < _SHARE else word for word in words]


def _may_slip(word: str) -> bool:
    return len(word) >= SHORTEST and word.isascii() and word.isalpha()


def _slip(word: str, chance: random.Random) -> str:
    """Leave out a letter, swap two, or strike one twice; the last letter stays where it is."""
    at = chance.randrange(len(word) - 1)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return chance.choice((before + after, before + after[0] + here + after[1:], before + here * 2 + after))
