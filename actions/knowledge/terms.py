"""Cut a question into the terms it is found by.

Not the tokenizer of the model: that one masks numbers and learns from words, while here "99" and "600ml" matter, and single
characters find more than jieba's words do (docs/decisions.md, 17). Both see the same normal form.
"""

import re
from typing import Final

from bot.brain.nlu.normal_form import calm, fold, simplified

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_PIECE: Final = re.compile(rf"[{_HAN}]|[^\W_{_HAN}]+")
_ENDINGS: Final = ("ing", "ed", "es", "s")
_SHORTEST_STEM: Final = 3


def terms_of(text: str) -> list[str]:
    """Return characters of Chinese and stems of everything else, traditional writing as simplified."""
    return [_stem(calm(piece)) for piece in _PIECE.findall(simplified(fold(text).text))]


def _stem(word: str) -> str:
    """Cut the commonest English endings, so that "mugs" finds "mug" and "shipped" gets near "ship"."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word.removesuffix(ending)
    return word
