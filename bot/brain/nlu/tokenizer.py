"""Cut mixed Chinese and English into words the model can learn from.

Rasa's own tokenizer for Chinese cuts English letter runs badly and emits spaces as words; its whitespace tokenizer leaves
a Chinese sentence whole. This one gives each script what it needs, and masks what would only be noise to learn: numbers,
order numbers, addresses of pages and mailboxes.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

import jieba
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.training_data.message import Message

from bot.brain.nlu.normal_form import Folded, calm, fold, simplified, word_for_sign
from bot.brain.nlu.regional import in_common_words

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE: Final = re.compile(
    rf"""
      (?P<url>(?:https?://|www\.)[^\s{_HAN}]+)
    | (?P<email>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<han>[{_HAN}]+)
    | (?P<number>\d+(?:[.,:/-]\d+)*)(?![^\W_{_HAN}])
    | (?P<code>(?=(?:[^\W_{_HAN}]|-)*\d)[^\W_{_HAN}]+(?:-[^\W_{_HAN}]+)*)
    | (?P<word>[^\W\d_{_HAN}]+(?:['’][^\W\d_{_HAN}]+)*)
    | (?P<mark>[?!]+|[\u2600-\u27bf\U0001f000-\U0001faff])
    """,
    re.VERBOSE,
)
_MASKS: Final = {"url": "__url__", "email": "__email__", "number": "__number__", "code": "__code__"}
_NOTHING: Final = "__nothing__"
"""Stands for a text without a single word: the classifier cannot take a message without any token."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class MixedTokenizer(Tokenizer):
    """Tokenize Han runs with jieba and everything else by script; never emit a space."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Keep intents whole; Rasa's base class wants these keys."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_", "token_pattern": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Name what must be installed besides Rasa."""
        return ["jieba", "opencc"]

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Return at least one token whatever the text is."""
        folded = fold(message.get(attribute))
        return list(_tokens(folded)) or [Token(_NOTHING, 0, end=len(folded.origins))]


def _tokens(folded: Folded) -> Iterator[Token]:
    for piece in _PIECE.finditer(folded.text):
        kind = piece.lastgroup or "word"
        start, end = folded.span(*piece.span())
        if kind == "han":
            yield from _han_tokens(piece.group(), start, end)
        elif kind == "mark":
            yield Token(word_for_sign(piece.group()[0]), start, end=end)
        else:
            yield Token(_MASKS.get(kind) or calm(piece.group()), start, end=end)


def _han_tokens(run: str, start: int, end: int) -> Iterator[Token]:
    plain = in_common_words(simplified(calm(run)))
    exact = len(plain) == end - start
    for word, first, last in _jieba().tokenize(plain):
        yield Token(word, start + first, end=start + last) if exact else Token(word, start, end=end)


@cache
def _jieba() -> jieba.Tokenizer:
    """Load the dictionary once; it takes a second, so warm up before saying "ready"."""
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.initialize()
    return cutter
