"""Hold the words by which preferences are heard, simplified Chinese and English; ``hearing`` says how they are used."""

import re
from typing import Final

from bot.domain.preferences import Polarity


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
    r"我(?:的)?(?:妈|爸|老婆|老公|太太|先生|女儿|儿子|孩子|宝宝|朋友|同事|妹|姐|弟|哥|奶奶|爷爷|女友|男友|女朋友|男朋友|室友|老板|家人)|[他她它]|"
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

SPEAKER: Final = _either(r"我|以后|请|别|不|要|希望|最好|只|都|喜欢", r"\b(?:i|i'm|me|my|mine|we|please|don't|prefer|only|always|never|no)\b")

_DEGREE: Final = r"(?:真的|真|很|最|特别|非常|超级?|比较|更|都|一直|就|还是|其实|一向|平时|一般|通常|向来|从来|只|好|挺|蛮|太|也|又|还)*"
_ADVERB: Final = (
    r"(?:(?:really|just|absolutely|especially|particularly|always|usually|much|also|generally|only|truly|actually|"
    r"definitely|quite|so|do|still) )*"
)
_DONT: Final = "别|不要|不用|勿|不必|不需要"
_HOUR: Final = "[0-9一二三四五六七八九十两]{1,3}[点时]半?钟?"
_TIME: Final = rf"(?:(?:早上|上午|中午|下午|晚上|夜里|周末|工作日)(?:{_HOUR})?|{_HOUR})(?:以后|之后|以前|之前|后|前)?"
_I: Final = r"\b(?:i|we)"

PATTERNS: Final[tuple[tuple[Polarity, re.Pattern[str]], ...]] = (
    (Polarity.AVOID, _either(rf"对(?P<object>[^我]{{1,30}}?){_DEGREE}(?:严重)?(?:过敏|敏感)")),
    (Polarity.AVOID, re.compile(r"(?P<object>乳糖|麸质|酒精|咖啡因|牛奶|蛋白)不耐受?")),
    (Polarity.AVOID, re.compile(r"(?<!不)(?P<object>花生|坚果|海鲜|牛奶|羊毛|芒果|酒精|鸡蛋|乳胶|香精|花粉)过敏")),
    (
        Polarity.DISLIKE,
        re.compile(
            rf"{_DEGREE}(?:不(?:是)?{_DEGREE}(?:怎么)?(?:喜欢|爱|习惯|偏好|感冒)(?:吃|喝|穿|用|买)?|讨厌|反感|受不了|嫌弃|"
            rf"不想再?要)(?P<object>.+)"
        ),
    ),
    (Polarity.AVOID, re.compile(rf"(?P<object>{_TIME}).{{0,4}}(?:{_DONT}).{{0,3}}(?:联系|打扰|找|打|送)")),
    (
        Polarity.AVOID,
        re.compile(rf"(?:{_DONT})(?:再)?(?:给我)?(?P<object>(?:打电话|打我|联系|打扰|电话|送|放|寄|发|用|叫|找我).*)"),
    ),
    (
        Polarity.AVOID,
        re.compile(
            rf"我?{_DEGREE}(?:不(?:能|会|可以|敢|方便)?(?:吃|喝|穿|碰|沾|接|买|抽)|忌|戒(?:了)?|从不买?)(?P<object>.+)"
        ),
    ),
    (Polarity.AVOID, re.compile(r"(?:给我|我|请)?(?:不要|不想要|别要)(?:给我)?(?P<object>.{1,20}?的)")),
    (Polarity.WANT, re.compile(rf"我?{_DEGREE}(?P<object>吃(?:全)?素|(?:是)?(?:素食|清真|蛋奶素)(?:者|的)?|吃清真)")),
    (
        Polarity.WANT,
        re.compile(
            r"(?:以后|今后|从现在起|每次|下次起)(?:请|都|就|给我|跟我|我|还是|麻烦|尽量|最好|安排|送货|要)*(?P<object>.{2,40})"
        ),
    ),
    (
        Polarity.WANT,
        re.compile(
            r"我(?:的)?(?:一般|平时|都|通常|总是|习惯|一直|只|永远|衣服|鞋子|裤子|鞋码|尺码|腰围)+(?:吃|喝|用|穿|买|要|选|"
            r"是)?(?P<object>.{1,30})"
        ),
    ),
    (Polarity.WANT, re.compile(r"(?:鞋子?|衣服|裤子|我)(?:一般)?穿(?P<object>[smlxSMLX0-9]{1,3}(?:码|号)?)(?![0-9])")),
    (
        Polarity.WANT,
        re.compile(
            r"^(?P<object>(?:上午|下午|晚上|中午|周末|工作日|早上|白天)[^,]{0,6}(?:送|联系|打电话)[^,]{0,6})(?:最好|比较好|"
            r"就行|吧)"
        ),
    ),
    (
        Polarity.WANT,
        re.compile(
            r"(?:最好|尽量|希望|习惯)(?P<object>.{0,12}(?:送|联系|打电话|发短信|发微信|邮件|支付|付款|放门口|电子发票).{0,12})"
        ),
    ),
    (
        Polarity.LIKE,
        re.compile(
            rf"我?{_DEGREE}(?:喜欢|偏爱|偏好|钟爱|热爱|最爱|爱|迷|习惯用?|爱用)(?:上)?(?:吃|喝|穿|买)?(?!不)(?P<object>.+)"
        ),
    ),
    (Polarity.LIKE, re.compile(r"我是(?P<object>.{1,10}?(?:粉|控|党))$")),
    (
        Polarity.AVOID,
        _either(
            rf"{_I}(?:'m|'re| am| are) {_ADVERB}(?:severely |very |highly |deathly )?(?:allergic|intolerant|"
            rf"sensitive) to (?P<object>.+)"
        ),
    ),
    (Polarity.AVOID, _either(rf"{_I}(?:'m| am) (?P<object>[a-z]+)[- ](?:intolerant|allergic)\b")),
    (
        Polarity.AVOID,
        _either(
            rf"{_I} (?:can't|cannot|can not|never|don't|do not|won't) {_ADVERB}(?:eat|drink|wear|use|buy|have|take|answer|pick up|"
            rf"touch|smoke) (?P<object>.+)"
        ),
    ),
    (
        Polarity.DISLIKE,
        _either(
            rf"{_I} {_ADVERB}(?:don't|do not|never) {_ADVERB}(?:like|love|enjoy|care for|want|fancy|prefer) (?P<object>.+)"
        ),
    ),
    (
        Polarity.DISLIKE,
        _either(
            rf"{_I} {_ADVERB}(?:hate|dislike|detest|loathe|can't stand|cannot stand|can't bear) (?P<object>.+)|\bnot (?:a|"
            rf"much of a|really a) (?:big )?fan of (?P<also>.+)"
        ),
    ),
    (Polarity.AVOID, _either(rf"{_I} {_ADVERB}avoid (?P<object>.+)")),
    (
        Polarity.AVOID,
        _either(
            r"^(?:please |pls |and )?(?:don't|do not|never|stop|no) (?:ever |more )?(?P<object>(?:call|calls|calling|phone|ring|"
            r"ringing|contact|text|texting|deliver|leave|send|email|emailing|message|plastic)\b.*)"
        ),
    ),
    (
        Polarity.WANT,
        _either(
            r"(?:from now on|in (?:the )?future|going forward|every time|each time),? ?(?:please |always |i'd like |i want |"
            r"just )*(?P<object>.{3,60})"
        ),
    ),
    (
        Polarity.WANT,
        _either(
            r"^(?:please |pls |just )*(?:always|only) (?P<object>(?:call|text|email|message|contact|deliver|send|leave|use|ring|"
            r"wrap).{2,50})"
        ),
    ),
    (
        Polarity.WANT,
        _either(
            rf"{_I}(?:'m| am) (?:a |an )?(?:strict )?(?P<object>vegan|vegetarian|pescatarian|muslim|coeliac|celiac|diabetic)\b"
        ),
    ),
    (
        Polarity.WANT,
        _either(
            rf"{_I} (?:always|only|usually|normally|mostly|generally) (?:eat|drink|wear|use|buy|pay (?:with|by)|want|take|"
            rf"order) (?P<object>.+)"
        ),
    ),
    (
        Polarity.WANT,
        _either(
            rf"(?:{_I} (?:wear|take)|my (?:shoe |dress |shirt )?size is|"
            rf"size for me is) (?:a )?(?:size )?(?P<object>(?:size )?(?:[0-9]{{1,2}}(?:\.5)?|xx?s|s|m|l|x{{1,3}}l|small|medium|large))\b"
        ),
    ),
    (Polarity.LIKE, _either(rf"{_I}(?:'d| would)? {_ADVERB}(?:like|love|prefer|enjoy|adore|favou?r) (?P<object>.+)")),
    (
        Polarity.LIKE,
        _either(r"\bmy favou?rite(?: \w+){0,2} (?:is|are) (?P<object>.+)|^(?P<also>.+) (?:is|are) my favou?rite"),
    ),
    (
        Polarity.LIKE,
        _either(rf"{_I}(?:'m| am) (?:a )?(?:big |huge )?(?:fan of|into|fond of|partial to) (?P<object>.+)"),
    ),
)
"""Read in this order; the first that fits decides. ``object`` is what it is about."""
