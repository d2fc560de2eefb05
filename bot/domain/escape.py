"""Hear that a customer wants a person, by rule, so that it works with everything else broken.

The rule must never miss an explicit wish, however it is spelt, and never be triggered by its negation, by a question about
hours or by what an agent once said. Less direct wishes are the business of the ``ask_human`` intent as well.
"""

import re
import unicodedata
from typing import Final

from bot.domain import escape_words as words
from bot.domain.commands import Human, command_in
from bot.domain.own_words import Words, words_in
from bot.domain.script import fold

_READ: Final = 4_000
_WISH: Final = re.compile("|".join(words.WISHES))
_NO_MACHINE: Final = re.compile("|".join(words.NO_MACHINE))
_DENIAL: Final = re.compile("|".join(words.DENIALS))
_MENTION: Final = re.compile("|".join(words.MENTIONS))
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_SPACED: Final = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_AROUND: Final = re.compile(r"^[\W_]+|[\W_]+$")
_ONLY_THAT: Final = re.compile(r"\W*(?:在线)?客服\W*")


def wishes_for_person(kind: str, text: str) -> bool:
    """Say whether a message explicitly asks for a human being, by words of the customer's own or by our command."""
    if words_in(kind, text) is not Words.OWN:
        return False
    return isinstance(command_in(kind, text), Human) or asks_for_person(text)


def asks_for_person(text: str) -> bool:
    """Say whether the text explicitly asks for a human being. A negated wish ("不用转人工") is none."""
    plain = fold(unicodedata.normalize("NFKC", text[:_READ]).casefold())
    plain = _STRETCHED.sub(r"\1", _INVISIBLE.sub("", plain))
    plain = words.MISSPELT.sub(lambda found: str(found.lastgroup), plain)
    if _ONLY_THAT.fullmatch(plain):
        return True
    return any(_wishes(_SPACED.sub("", _AROUND.sub("", clause))) for clause in words.CLAUSE_ENDS.split(plain) if clause)


def _wishes(clause: str) -> bool:
    if _NO_MACHINE.search(clause):
        return True
    if not _WISH.search(clause) or _DENIAL.search(clause):
        return False
    return not _MENTION.search(clause) or bool(words.INSISTENCE.search(_MENTION.sub(" ", clause)))
