"""Hear that a customer wants a person, by rule, so that it works with everything else broken.

The rule must never miss an explicit wish and never be triggered by its negation. Less direct wishes are the business of
the ``ask_human`` intent.
"""

import re
import unicodedata
from typing import Final

_WISH: Final = re.compile(
    r"转(?:接|到|给|去)?(?:一下)?(?:个|一个)?(?:真人|人工|客服|坐席)|人工(?:客服|服务|坐席|专员|台)|(?:找|要|换|叫|请|接|来|给我)(?:一下)?(?:你们)?(?:的)?(?:一?个|一?位|个)?(?:真人|活人|人工|真人客服|人类|经理|主管)|"
    r"(?:跟|和|同|与)(?:一?个|一?位)?(?:真人|活人|人工|真正的人)(?:客服)?(?:说|聊|讲|谈|沟通|对话|倾)|(?:有|有没有)(?:没有)?(?:真人|活人|人工)|^(?:真人|人工|活人|客服|转人工|人工客服|真人客服)$|搵真人|搵人工|真人同我|"
    r"\b(?:talk|speak|chat|connect|transfer|switch|put|get|give|need|want|reach|call|let|like|have)\b[^.?!]{0,40}\b(?:(?:real|live|actual|human) (?:person|human|being|agent|people|operator|representative|someone|one)|"
    r"humans?|a person|agent|representative|operator|supervisor|manager|somebody real|someone real)\b|"
    r"^(?:human|agent|operator|representative|person|real person|live agent|human agent|customer service)(?: please| pls| now)?$|\bhuman (?:please|pls|now)\b|\b(?:is there|are there) (?:a |an |any )?(?:real |live |actual )?(?:human|person|agent)s?\b",
)
_NEGATED: Final = re.compile(
    r"(?:不用|不要|不必|不想|不需要|别|无需|先不|唔使|没必要|用不着|不是要|不是想)[^,.;!?]{0,6}(?:转|找|要|换|叫|接|人工|真人|活人|客服)|"
    r"\b(?:don'?t|do not|didn'?t|no need|not|never|without|rather not|instead of)\b[^,.;!?]{0,30}\b(?:human|person|agent|representative|operator|manager|supervisor)",
)
_CLAUSE_ENDS: Final = re.compile(
    r"[,;.!?。，；！？、\n~]|\bbut\b|但是|但|不过|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2})"
)
_TO_SIMPLIFIED: Final = str.maketrans("轉個一給請換來們說聊講談與沒搵對話服務專員臺經類", "转个一给请换来们说聊讲谈与没搵对话服务专员台经类")


def asks_for_person(text: str) -> bool:
    """Say whether the text explicitly asks for a human being. A negated wish ("不用转人工") is none."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_TO_SIMPLIFIED).replace("\u2019", "'")
    plain = re.sub(r"[\u200b-\u200f\u2060\ufeff]", "", plain)
    clauses = _CLAUSE_ENDS.split(plain)
    return any(_wish_in(clause.strip()) for clause in clauses)


def _wish_in(clause: str) -> bool:
    compact = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", clause)
    return bool(_WISH.search(compact)) and not _NEGATED.search(compact)
