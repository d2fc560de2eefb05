"""Hear that a customer wants a person, by rule, so that it works with everything else broken.

The rule must never miss an explicit wish and never be triggered by its negation. Less direct wishes are the business of
the ``ask_human`` intent.
"""

import re
import unicodedata
from typing import Final

from bot.domain.commands import Human, command_in
from bot.domain.own_words import Words, words_in

_PERSON: Final = "真人客服|人工客服|真人|活人|人工|人类|真正的人"
_SOMEBODY: Final = "(?:一?个|一?位)?"
_WISHES: Final = (
    # to be passed on: 转人工, 转接一下客服
    rf"转(?:接|到|给|去)?(?:一下)?{_SOMEBODY}(?:{_PERSON}|客服|坐席)",
    r"人工(?:客服|服务|坐席|专员|台)",
    # to be given one: 找个真人, 我要人工, 换你们经理来, 给我人工
    rf"(?:找|要|换|叫|请|接|来|给我|想)(?:一下)?(?:你们)?的?{_SOMEBODY}(?:{_PERSON}|经理|主管)",
    # to talk with one: 跟真人说, 同真人倾
    rf"(?:跟|和|同|与){_SOMEBODY}(?:{_PERSON})(?:客服)?(?:说|聊|讲|谈|沟通|对话|倾)",
    # whether there is one: 有活人吗, 有没有人工
    rf"(?:有|有没有)(?:{_PERSON})",
    rf"搵{_SOMEBODY}(?:{_PERSON})|(?:{_PERSON})同我",
    rf"^(?:{_PERSON}|客服|转接)$",
    r"\b(?:talk|speak|chat|connect|transfer|switch|put|get|give|need|want|reach|call|let|like|have)\b[^.?!]{0,40}\b"
    r"(?:(?:real|live|actual|human) (?:person|human|being|agent|people|operator|representative|someone|one)|humans?|"
    r"a person|agent|representative|operator|supervisor|manager|(?:somebody|someone|anybody|anyone) real)\b",
    r"^(?:(?:a )?(?:real|live) )?(?:human|agent|operator|representative|person|customer service)(?: please| pls| now)?$",
    r"\bhuman (?:please|pls|now|agent|support)\b",
    r"\b(?:is there|are there) (?:a |an |any )?(?:real |live |actual )?(?:human|person|people|agent)s?\b",
)
_DENIALS: Final = (
    r"(?:不用|不要|不必|不想|不需要|别|无需|先不|唔使|没必要|用不着|不是要|不是想)[^,.;!?]{0,6}"
    r"(?:转|找|要|换|叫|接|人工|真人|活人|客服)",
    r"\b(?:don'?t|do not|didn'?t|no need|not|never|without|rather not|instead of)\b[^,.;!?]{0,30}\b"
    r"(?:human|person|agent|representative|operator|manager|supervisor)",
)
_WISH: Final = re.compile("|".join(_WISHES))
_DENIAL: Final = re.compile("|".join(_DENIALS))
_CLAUSE_ENDS: Final = re.compile(
    r"[,;.!?。，；！？、\n~]|\bbut\b|但是|但|不过|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2})"
)
_INVISIBLE: Final = re.compile(r"[\u200b-\u200f\u2060\ufeff]")
_TO_SIMPLIFIED: Final = str.maketrans(
    "轉個一給請換來們說聊講談與沒對話服務專員臺經類間", "转个一给请换来们说聊讲谈与没对话服务专员台经类间"
)


def wishes_for_person(kind: str, text: str) -> bool:
    """Say whether a message explicitly asks for a human being, by words of the customer's own or by our command."""
    if words_in(kind, text) is not Words.OWN:
        return False
    return isinstance(command_in(kind, text), Human) or asks_for_person(text)


def asks_for_person(text: str) -> bool:
    """Say whether the text explicitly asks for a human being. A negated wish ("不用转人工") is none."""
    plain = unicodedata.normalize("NFKC", text[:4_000]).casefold().translate(_TO_SIMPLIFIED).replace("\u2019", "'")
    clauses = _CLAUSE_ENDS.split(_INVISIBLE.sub("", plain))
    return any(_wish_in(clause.strip()) for clause in clauses)


def _wish_in(clause: str) -> bool:
    compact = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", clause)
    return bool(_WISH.search(compact)) and not _DENIAL.search(compact)
