"""Bring the many spellings of one thought to one form, for the model only; the record keeps the original."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final, Protocol

_REPEATED: Final = re.compile(r"(.)\1{2,}", re.DOTALL)
_FEELINGS: Final = {
    "__angry__": "😠😡🤬😤💢👿🖕👎💩",
    "__sad__": "😞😟😢😭😩😫😔☹🙁😣😖💔🥺😰😓",
    "__fed_up__": "😒🙄😑😐🤦🤷🤮🤢😅",
    "__pleased__": "😀😁😂😃😄😆😊🙂☺😉🤗😋😎🤣🎉✨💪",
    "__loving__": "😍🥰😘❤♥💕💖💗💯👍👏🌹",
    "__thankful__": "🙏🙇",
    "__greeting__": "👋",
    "__thinking__": "🤔❓❔",
    "__star__": "⭐★🌟",
}
_WORD_OF_SIGN: Final = {sign: word for word, signs in _FEELINGS.items() for sign in signs}
_DROPPED: Final = frozenset({"Cf", "Cc", "Cs", "Mn", "Me"})
"""Invisible marks (zero-width joiners, byte order marks, variation selectors) and stacked accents."""


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


@dataclass(frozen=True)
class Folded:
    """Pair folded text with where each of its characters stood in the original."""

    text: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say which stretch of the original a stretch of the folded text came from."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold full-width forms, case and invisible marks, character by character so that positions stay known."""
    letters: list[str] = []
    origins: list[int] = []
    for position, original in enumerate(text):
        for letter in unicodedata.normalize("NFKC", original).lower():
            if unicodedata.category(letter) in _DROPPED:
                letter = " " if letter in "\n\r\t" else ""
            if letter:
                letters.append(letter)
                origins.append(position)
    return Folded("".join(letters), tuple(origins))


def calm(word: str) -> str:
    """Shorten three and more of one character to two: "sooooo" and "好好好好" shout, they do not mean more."""
    return _REPEATED.sub(r"\1\1", word)


@cache
def _to_simplified() -> _Converter:
    from opencc import OpenCC

    converter: _Converter = OpenCC("t2s")
    return converter


def simplified(han: str) -> str:
    """Turn traditional characters into simplified ones, so that both writings train one model."""
    return _to_simplified().convert(han)


def word_for_sign(sign: str) -> str:
    """Return one word for all emoji that say the same; any other sign stands for itself."""
    return _WORD_OF_SIGN.get(sign, sign)
