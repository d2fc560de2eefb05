"""Tell how a customer feels from their words: -2 furious, -1 unhappy, 0 neutral, +1 content, +2 delighted.

Words are weighed one by one; a negation turns a good word around, an intensifier or exclamation marks add weight. Rough,
but the same text always gets the same number, and every number can be explained by the words that made it.
"""

import re
from typing import Final

from bot.domain.script import fold


def _words(chinese: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"{chinese}|\b(?:{english})\b", re.IGNORECASE)


_FURIOUS: Final = _words(
    r"气死|愤怒|垃圾|骗子|忍无可忍|恶心|混蛋|滚|火大|太过分|离谱|超扯|再也不|差评|投诉|曝光|受够",
    r"furious|disgust\w*|worst|outrageous|unacceptable|appalling|scam\w*|terrible|awful|horrible|fed up|never again|useless",
)
_UNHAPPY: Final = _words(
    r"失望|不满(?!意)|生气|难过|糟|烂|差劲|太差|真差|太慢|好慢|坏了|破了|烦|郁闷|无语|敷衍|没人理|不理我|着急|怎么还没|麻烦死|坑|不好",
    r"disappoint\w*|unhappy|annoy\w*|angry|upset|poor|bad|slow|broken|damaged|wrong|late|rude|frustrat\w*|ridiculous|worried|missing",
)
_CONTENT: Final = _words(
    r"谢谢|感谢|多谢|满意|不错|挺好|很好|喜欢|好用|快捷|贴心|靠谱|开心|高兴|可以的|赞",
    r"thanks?|thank you|thx|good|nice|happy|pleased|satisfied|helpful|(?<!'d )(?<!would )like|lovely|glad|appreciate\w*|cheers",
)
_DELIGHTED: Final = _words(
    r"太棒|超赞|完美|太好了|非常满意|最好的|爱死|惊喜|五星|满分|点赞|厉害",
    r"amazing|excellent|perfect|awesome|fantastic|wonderful|brilliant|love(?:d|ly)? (?:it|this)|great|best|outstanding|delighted",
)
_NEGATION: Final = re.compile(
    r"(?:不(?:太|是很|怎么|够)?|没(?:有)?|别|未|\bnot (?:very |so |at all )?|n't (?:very |so )?|\bnever |\bno )$",
    re.IGNORECASE,
)
_LOUD: Final = re.compile(r"[!！]{2,}|[A-Z]{4,}(?:\s+[A-Z]{3,})+")
_SMILES: Final = re.compile(r"[😊😀😁😄🥰😍👍❤🎉🙏]")
_FROWNS: Final = re.compile(r"[😡🤬😠👎💢😤]")


def sentiment_of(text: str) -> int:
    """Return the feeling of a text, -2 to +2."""
    folded = fold(text)[:2_000]
    bad = 2 * len(_FURIOUS.findall(folded)) + len(_UNHAPPY.findall(folded)) + len(_FROWNS.findall(folded))
    good = len(_SMILES.findall(folded))
    for pattern, weight in ((_DELIGHTED, 2), (_CONTENT, 1)):
        for match in pattern.finditer(folded):
            if _NEGATION.search(folded[: match.start()]):
                bad += 1
            else:
                good += weight
    if bad and _LOUD.search(folded):
        bad += 1
    # Thanks in a complaint is politeness, not content.
    balance = -bad if bad else good
    return max(-2, min(2, balance))
