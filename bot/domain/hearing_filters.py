"""Hold the words that decide whether a clause counts, simplified Chinese and English, and those around an object."""

import re
from typing import Final


def _either(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


CLAUSE: Final = re.compile(
    r"(?:(?!\bbut\b|\bthough\b|但是|不过|可是)[^。！？!?；;，,\n.]|\.(?=\d))+[。！？!?；;，,.]*|but\b|though\b|但是|不过|可是",
    re.IGNORECASE,
)
QUESTION: Final = _either(
    r"[?？]",
    r"吗|有没有|是不是|能不能|可不可以|什么|怎么|哪|多少|为啥|咋|几[点个时]",
    r"呢$",
    r"^\W*(?:do|does|did|can|could|is|are|was|what|which|where|why|how|who|when|will|would|should|may|have|has)\b",
)
NOT_STATED: Final = _either(
    r"如果|要是|假如|假设|万一|倘若|的话",
    r"以前|曾经|小时候|本来|原来|之前.{0,4}(?:喜欢|爱|用|穿|吃|喝)|过去(?:很|都|一直|喜)",
    r"不是说|没说|说我|听说|据说|谁说|不代表|不是不",
    r"\bif\b|\bsuppose|\bwhat if|\bused to\b|\bpreviously\b|\bback then\b|\bin the past\b|"
    r"\bas a (?:child|kid)\b",
    r"\bnot that i\b|\b(?:didn't|never|not) (?:say|said|saying|mean)\b|\bwould(?:n't)? (?:have|like to know|say)\b|\bonce (?:liked|loved)\b",
)
NOT_ABOUT_SPEAKER: Final = _either(
    r"我(?:的)?(?:妈|爸|老婆|老公|太太|先生|女儿|儿子|孩子|宝宝|朋友|同事|妹|姐|弟|哥|奶奶|爷爷|女友|男友|女朋友|男朋友|室友|老板|家人)|[他她它]|我家.{0,2}[猫狗]|"
    r"别人|大家|有人|人家|你们?(?:喜欢|讨厌|爱)",
    r"\b(?:he|she|they|everyone|everybody|people|someone|nobody)\b",
    r"\b(?:my|his|her|their|our) (?:\w+ )?(?:mum|mom|mother|dad|father|wife|"
    r"husband|partner|son|daughter|kids?|"
    r"child(?:ren)?|baby|friends?|sister|brother|boss|colleagues?|girlfriend|boyfriend|roommate|flatmate|parents?|family)\b",
    r"\byou (?:like|love|"
    r"hate|prefer)\b",
)
HEDGE: Final = _either(
    r"可能|好像|也许|大概|有点|似乎|应该",
    r"\bmaybe\b|\bperhaps\b|\bkind of\b|\bsort of\b|\bi think\b|\bprobably\b|\ba bit\b",
)
LEADING: Final = re.compile(r"^(?:\s|的|了|着|用|是|把|please\b|to\b|the\b|a\b|an\b|any\b|that\b)+", re.IGNORECASE)
TRAILING: Final = re.compile(
    r"(?:\s|的|了|啊|呀|吧|哦|呢|哈|嘛|啦|喔|耶|就好|就行|就可以|就可以了|都行|记一下|谢谢|please|thanks|thank you|pls|at all|very much|so much|"
    r"a lot|really)*$",
    re.IGNORECASE,
)
EMPTY_OBJECT: Final = _either(
    r"[你您我]们?|这[个些样种]?|那[个些样种]?|别的|其他的?|东西|它们?|一?[点个些]",
    r"(?:it|this|that|them|these|those|you|your?s|him|her|one|some|"
    r"things?|stuff)",
)
FAR_FROM_TASTE: Final = _either(
    r"退款|退货|退钱|投诉|人工|真人|客服|订单|查|问|知道|解释|赔|取消|你们|您们|这么|这样|等(?:了|这么|太)|说话|帮|服务|态度",
    r"\b(?:refund|complain\w*|agent|human|order|know|ask|speak|talk|explanation|cancel|return|help|wait(?:ing)?|your|"
    r"being|be treated|how you|the way you|see|find|hear|track)\b",
)

SPEAKER: Final = _either(
    r"我|以后|请|别|不|要|希望|最好|只|都|喜欢", r"\b(?:i|i'm|me|my|mine|we|please|don't|prefer|only|always|never|no)\b"
)
