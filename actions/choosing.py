"""Hear which of several things somebody means: "the second one", "2", "最后一个", "the kettle", "那个壶"."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.brain.nlu.normal_form import fold, simplified

_HAN: Final = "\u3400-\u9fff"
_LEAD: Final = re.compile(
    r"^(?:那么|那就|那|就|还有|呃|嗯|我说的是|我是说|是|(?:and|then|so|what about|how about|i mean|it'?s|for)\b)[\s,，]*"
)
_TAIL: Final = re.compile(r"(?:的?(?:呢|吧|啊|呀|吗|么)|\s*please)?[\s?？!！.。~]*$")
_COUNTED: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_ENGLISH: Final = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "fifth": 5,
    "last": -1,
}
_ORDINAL: Final = re.compile(
    r"第\s*([一二两三四五1-5])\s*(?:个|单|件|笔|条|张|份|项)?|"
    r"(最后)(?:那|这)?(?:一)?(?:个|单|件|笔|条|张|份|项)|"
    r"\b(first|second|third|fourth|fifth|last|1st|2nd|3rd)\b(?! name)"
)
_NUMBER: Final = re.compile(r"(?:no\.?|number|#)?\s*([1-5])\s*(?:号|个)?")
_LONGEST: Final = 10
_WORD: Final = re.compile(rf"[{_HAN}]+|[a-z]{{3,}}")
_FILLER: Final = re.compile(
    r"[的那这个一单件只条笔款子我是要买]|订单|包裹|\b(?:the|my|that|this|one|order|parcel|with|of|a|i|mean)s?\b|[^\w]"
)


def is_short(text: str) -> bool:
    """Say whether a text is so short that it leans on what was said before; a word counts as two characters of Chinese."""
    plain = core_of(text)
    weight = sum(2 if piece.isascii() else len(piece) for piece in re.findall(rf"[{_HAN}]|[^\W{_HAN}]+", plain))
    return weight <= _LONGEST


def core_of(text: str) -> str:
    """Return a text without what only ties it to the talk: "那退货呢？" is about "退货", "and to Taiwan?" about "to taiwan"."""
    plain = _plain(text).strip()
    return _TAIL.sub("", _LEAD.sub("", plain)).strip()


def chosen_of(text: str, names: Sequence[str]) -> int | None:
    """Return the place of the one thing that a short text names, or None; a text that says more names nothing."""
    if not names or not is_short(text):
        return None
    plain = core_of(text)
    place = _place_in(plain)
    if place is not None:
        place = len(names) if place < 0 else place
        return place - 1 if place <= len(names) else None
    at = named_in(plain, names)
    return at if at is not None and _says_nothing_else(plain, names[at]) else None


def named_in(text: str, names: Sequence[str]) -> int | None:
    """Return the place of the one name that shares a word with the text which no other name has, or None."""
    said = _plain(text)
    words = [set(_words(name)) for name in names]
    own = [own_words.difference(*(words[:at] + words[at + 1 :])) for at, own_words in enumerate(words)]
    meant = [at for at, distinct in enumerate(own) if any(_says(said, word) for word in distinct)]
    return meant[0] if len(meant) == 1 else None


def _place_in(plain: str) -> int | None:
    if number := _NUMBER.fullmatch(plain):
        return int(number[1])
    found = _ORDINAL.search(plain)
    if found is None:
        return None
    counted, last, english = found.groups()
    if last:
        return -1
    return _ENGLISH[english] if english else _COUNTED.get(counted) or int(counted)


def _says_nothing_else(plain: str, name: str) -> bool:
    """Tell "the kettle" from "what does the kettle cost"."""
    rest = plain
    for word in sorted(_words(name), key=len, reverse=True):
        rest = re.sub(rf"\b{word}s?\b" if word.isascii() else word, "", rest)
    return not _FILLER.sub("", rest)


def _words(name: str) -> Iterator[str]:
    """Give the words of a name: in Chinese every pair, and the last character, which says what kind of thing it is."""
    for word in _WORD.findall(_plain(name)):
        if word.isascii():
            yield word.removesuffix("s")
            continue
        yield from (word[at : at + 2] for at in range(len(word) - 1))
        yield word[-1]


def _says(said: str, word: str) -> bool:
    return re.search(rf"\b{word}s?\b", said) is not None if word.isascii() else word in said


def _plain(text: str) -> str:
    return simplified(fold(text).text)
