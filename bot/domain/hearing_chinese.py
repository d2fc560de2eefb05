"""Hold the ways in which a preference is said in Chinese; written as simplified characters, see ``script.fold``."""

import re
from typing import Final

from bot.domain.preferences import Polarity

_DEGREE: Final = r"(?:真的|真|很|最|特别|非常|超级?|比较|更|都|一直|就|还是|其实|一向|平时|一般|通常|向来|从来|只|好|挺|蛮|太|也|又|还)*"
_LIKES: Final = r"喜欢|偏爱|偏好|钟爱|钟意|中意|热爱|最爱|爱(?![答理])|习惯用?|爱用"
_DONT: Final = r"别|不要|不用|勿|不必|不需要|不使|不好"
_REACH: Final = r"打电话|打给?我|联系|联络|打扰|电话|找我?|按门铃|敲门|发短信|发讯息|传讯息"
_GIVE: Final = r"送|放|寄|发|用|给|叫|包装|塑料|纸质"
_LASTING: Final = r"以后|今后|从现在起|下次起|每次|平时|一律|永远|工作日|周末"
_HOUR: Final = r"[0-9一二三四五六七八九十两]{1,3}[点时]半?钟?"
_PART_OF_DAY: Final = r"早上|上午|中午|下午|傍晚|晚上|夜里|周末|工作日|白天|平日"
_TIME: Final = rf"(?:(?:{_PART_OF_DAY})(?:{_HOUR})?|{_HOUR})(?:以后|之后|以前|之前|后|前)?"
_MEANS: Final = r"短信|微信|邮件|邮箱|简讯|讯息|电邮|line|whatsapp|telegram|e-?mail"
_EAT: Final = r"吃|喝|食|饮"
_ALLERGENS: Final = r"花生|坚果|海鲜|牛奶|羊毛|芒果|酒精|鸡蛋|乳胶|香精|花粉|虾|尘螨"


def _said(polarity: Polarity, *ways: str) -> tuple[Polarity, re.Pattern[str]]:
    return polarity, re.compile("|".join(ways), re.IGNORECASE)


PATTERNS: Final = (
    _said(
        Polarity.AVOID,
        rf"对(?P<object>[^我]{{1,30}}?){_DEGREE}(?:严重)?(?:过敏|敏感)",
        rf"(?<!不)(?P<also>{_ALLERGENS})过敏",
    ),
    _said(Polarity.AVOID, r"(?P<object>乳糖|麸质|酒精|咖啡因|牛奶|蛋白)不耐"),
    _said(Polarity.DISLIKE, r"对(?P<object>[^我]{1,20}?)(?:没有?|不感|无)兴趣"),
    _said(
        Polarity.DISLIKE,
        rf"不(?:是)?{_DEGREE}(?:怎么)?(?:{_LIKES}|感冒)(?:{_EAT}|穿|用|买)?(?P<object>.+)",
        r"(?:讨厌|反感|受不了|嫌弃|憎|不想再?要)(?P<also>.+)",
    ),
    _said(Polarity.AVOID, rf"(?P<object>{_TIME}).{{0,4}}(?:{_DONT}).{{0,3}}(?:联系|联络|打扰|吵|找|打|送)"),
    _said(Polarity.AVOID, rf"(?:{_DONT})(?:你们?)?(?:再)?(?:给我)?(?P<object>(?:{_REACH}).*)"),
    _said(Polarity.AVOID, rf"(?:{_LASTING}).{{0,6}}(?:{_DONT})(?:再)?(?:给我)?(?P<object>(?:{_GIVE}).*)"),
    _said(
        Polarity.AVOID,
        rf"我?{_DEGREE}不(?:能|会|可以|敢|方便)?(?:{_EAT}|穿|碰|沾|接|买|抽)(?P<object>.+)",
        r"我?(?:忌|戒(?:了)?|从不买?)(?P<also>.+)",
    ),
    _said(
        Polarity.AVOID,
        r"(?:不要|不想要|别要)(?:给我)?(?P<object>.{1,20}?的)$",
        r"(?:不要|不想要)给我(?P<also>.{1,12})$",
    ),
    _said(Polarity.WANT, rf"我?{_DEGREE}(?P<object>[吃食](?:全)?素|(?:是)?(?:素食|清真|蛋奶素)(?:者|的)?|吃清真)"),
    _said(
        Polarity.WANT,
        rf"(?P<object>(?:用|发|以|寄|请用)?\s*(?:{_MEANS})\s*(?:给我|联系|联络|找我|通知|沟通)我?)",
        rf"(?:联系|联络|通知)我?(?:请)?用\s*(?P<also>{_MEANS})",
        rf"(?P<third>{_TIME})再?(?:联系|联络|找)我?(?:$|就行|就好|最好|比较好|吧)",
    ),
    _said(
        Polarity.WANT,
        r"(?:以后|今后|从现在起|下次起)(?:请|都|就|给我|帮我|跟我|我|还是|麻烦|尽量|最好|安排|送货|要)*(?P<object>.{2,40})",
        r"每次(?:都)?(?:请|麻烦|给我|帮我)(?P<also>.{2,40})",
    ),
    _said(
        Polarity.WANT,
        rf"我(?:的)?(?:一般|平时|通常|总是|习惯|只|永远|衣服|鞋子|裤子|鞋码|尺码|尺寸|腰围)+(?:{_EAT}|用|穿|买|要|选|是)?(?P<object>.{{1,30}})",
    ),
    _said(Polarity.WANT, r"(?:鞋子?|衣服|裤子|我)(?:一般)?[穿着](?P<object>[smlx0-9]{1,3}(?:码|号)?)(?![0-9])"),
    _said(
        Polarity.WANT,
        rf"^(?P<object>(?:{_PART_OF_DAY})[^,]{{0,6}}(?:送|联系|打电话|收货)[^,]{{0,6}})(?:最好|比较好|就行|吧|$)",
    ),
    _said(
        Polarity.WANT,
        r"(?:最好|尽量|希望|习惯)(?P<object>.{0,12}(?:送|联系|打电话|发短信|发微信|邮件|支付|付款|放门口|电子发票).{0,12})",
    ),
    _said(Polarity.LIKE, rf"(?:{_LIKES})(?:上)?(?:{_EAT}|穿|买)?(?!不)(?P<object>.+)"),
    _said(Polarity.LIKE, r"我是(?P<object>.{1,10}?(?:粉|控|党))$"),
)
"""Read in this order; the first that fits decides, and its named group is what it is about."""
