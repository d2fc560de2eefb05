"""Tell whose preference a clause states: the customer's, that of somebody named, or nobody's that we know."""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.preferences import CUSTOMER

_KIN_ZH: Final = (
    r"(?:妈妈?|老妈|爸爸?|老爸|母亲|父亲|爸妈|父母|老婆|老公|太太|先生|妻子|丈夫|媳妇|爱人|对象|男友|女友|男朋友|"
    r"女朋友|女儿|儿子|闺女|孩子们?|小孩子?|小朋友|娃|宝宝|宝贝|孙子|孙女|外孙|囡囡|"
    r"仔仔|阿仔|阿女|婆婆|公公|岳母|岳父|丈母娘|奶奶|爷爷|外婆|外公|姥姥|姥爷|阿嬷|阿公|阿妈|阿爸|老人家?|长辈|姐姐?|"
    r"妹妹?|哥哥?|弟弟?|姑姑|阿姨|舅舅|叔叔|侄子|侄女|"
    r"朋友|闺蜜|同事|室友|同学|领导|老板|客户|老师|邻居|家人|家里人|狗狗?|猫猫?(?!控)|主子|毛孩子?|另一半)"
)
_KIN_EN: Final = (
    r"(?:mum|mom|mother|mummy|dad|father|parents?|wife|husband|hubby|partner|fianc[eé]e?|son|daughter|kids?|"
    r"child(?:ren)?|boys?|girls?|baby|toddler|"
    r"twins?|teenagers?|grandson|granddaughter|grandkids|grandchild(?:ren)?|friends?|mate|sister|brother|sibling|"
    r"boss|colleagues?|girlfriend|boyfriend|"
    r"roommate|flatmate|housemate|family|nan|nana|gran|grandma|grandmother|grandad|grandpa|grandfather|grandparents|"
    r"aunt|auntie|uncle|niece|nephew|"
    r"cousin|cat|dog|puppy|kitten|missus|other half|in-?laws?|mother-in-law|father-in-law|neighbou?r|client|guests?|"
    r"little one)"
)
_NAMED_ZH: Final = rf"(?:我们?家?的?|咱家?的?|俺|家里?的?|家有)?(?:小|大|老|两个|几个)?{_KIN_ZH}"
_NAMED_EN: Final = rf"\b(?:(?:my|our|the) (?:[\w-]+ ){{0,2}}?{_KIN_EN}|hubby|mum|mom|dad|nan|grandma|grandad|kids)\b"
_BEFORE_ZH: Final = re.compile(
    rf"(?P<joint>我们?(?:和|跟|与|同){_NAMED_ZH}|{_NAMED_ZH}(?:和|跟|与|同)我)|(?P<named>{_NAMED_ZH})|"
    rf"(?P<nobody>[你您]们?|大家|别人|有人|人们|人家|很多人|谁|客服|商家|卖家|网友|"
    r"现在的人|年轻人|顾客|所有人|人人|买家)|(?P<pronoun>[他她它佢]们?)|(?P<customer>我|咱|俺|本人|偶|自己)"
)
_BEFORE_EN: Final = re.compile(
    rf"(?:(?P<customer>\b(?:i|we|me|us|i'?ve|we'?ve|ive|i'?m|im|i am|we'?re|we are|i'?d|i'?ll|my (?:skin|stomach|"
    rf"body|tummy|hair|doctor says i|feet|eyes))(?: both| all)?)|"
    rf"(?P<named>{_NAMED_EN})(?:'s|s)?|(?P<pronoun>\b(?:he|she|they|he'?s|she'?s|they'?re|it))|"
    rf"(?P<nobody>[\w'\"£$%)]+))$"
)
_ADVERBS_EN: Final = re.compile(
    r"(?:^|\s)(?:really|just|absolutely|especially|particularly|always|usually|much|also|generally|only|truly|"
    r"actually|definitely|quite|so|do|does|did|still|"
    r"have|has|has been|very|totally|simply|honestly|mostly|kinda|kind of|sort of|literally|am|is|are|was|'?s|been|a|"
    r"an|tend to|would|both|all|too|now|even|severely|"
    r"highly|deathly|normally|personally|must|can|will|'ll|personally|obviously|sadly|unfortunately|being|rather|"
    r"such|strictly|please|currently|to|got|not|"
    r"big|huge|more of|lifelong|long-?time)$"
)
_OPENERS_EN: Final = re.compile(
    r"^(?:(?:and|but|so|well|oh|ok(?:ay)?|btw|by the way|fyi|for the record|hi|hey|hello|plus|note|nb|remember|"
    r"remembering|please note|please|just so you know|also|"
    r"since|because|as|cos|cause|honestly|personally|sorry|yes|no|yeah|nah|ugh|lol|thanks|that|though|fun fact|tbh|"
    r"ngl|however|actually|pls|my preference|"
    r"keep in mind|bear in mind|reminder|note that|remember that|yep|anyway|still|only|actually)\b[,: ]*)+"
)
_FOR_ZH: Final = re.compile(rf"(?:给|帮|替|送|买给)({_NAMED_ZH})|({_NAMED_ZH})(?:用|穿|吃|喝|过生日|戴|玩)")
_FOR_EN: Final = re.compile(rf"\bfor ({_NAMED_EN[2:]})")
_THIRD_PERSON: Final = re.compile(
    r"^(?:likes|loves|hates|prefers|enjoys|adores|dislikes|detests|wears|needs|doesn'?t|is |has |eats|drinks|uses|"
    r"avoids|fancies)"
)


@dataclass(frozen=True)
class Context:
    """Be whom the talk has been about: the last person named, and whether that was in the clause just before."""

    last_named: str = ""
    is_fresh: bool = False


def is_chinese(folded: str) -> bool:
    """Say whether a clause is read by the Chinese tables."""
    return any("\u3400" <= character <= "\u9fff" for character in folded)


def named_in(folded: str, written: str) -> str:
    """Return the person whom a clause names or buys for, in its own words; empty without one."""
    found = re.search(_NAMED_ZH if is_chinese(folded) else _NAMED_EN, folded)
    return written[found.start() : found.end()].strip() if found else ""


def meant_for(folded: str, written: str) -> str:
    """Return for whom a thing is said to be ("给我妈买的", "for my son"), in the words of the clause."""
    found = (_FOR_ZH if is_chinese(folded) else _FOR_EN).search(folded)
    if found is None:
        return ""
    start, end = found.span(found.lastindex or 0)
    return written[start:end].strip()


def subject_of(written: str, folded: str, cue: int, context: Context) -> str | None:
    """Return who feels what the cue at this place says: CUSTOMER, a person in the clause's words, or None for nobody known."""
    if is_chinese(folded):
        return _chinese_subject(written, folded[:cue], context)
    return _english_subject(written, folded, cue, context)


def _chinese_subject(written: str, before: str, context: Context) -> str | None:
    mentions = list(_BEFORE_ZH.finditer(before))
    if not mentions:
        return context.last_named if context.is_fresh else CUSTOMER
    last = mentions[-1]
    match last.lastgroup:
        case "named":
            return written[last.start() : last.end()]
        case "pronoun":
            return context.last_named or None
        case "nobody":
            return None
    return CUSTOMER


def _english_subject(written: str, folded: str, cue: int, context: Context) -> str | None:
    before = folded[:cue].rstrip(" ,:")
    while shorter := _ADVERBS_EN.search(before):
        before = before[: shorter.start()].rstrip(" ,")
    opener = _OPENERS_EN.match(before + " ")
    bare = before[opener.end() :] if opener else before
    if not bare.strip():
        return _unsaid_subject(folded[cue:], context)
    found = _BEFORE_EN.search(before)
    if found is None:
        return CUSTOMER
    match found.lastgroup:
        case "named":
            return written[found.start("named") : found.end("named")]
        case "pronoun":
            return context.last_named or None
        case "nobody":
            return None
    return CUSTOMER


def _unsaid_subject(rest: str, context: Context) -> str | None:
    """Read "loves dinosaurs" as the person just named and "love dinosaurs" as the customer."""
    if _THIRD_PERSON.match(rest):
        return context.last_named or None
    return None if re.match(r"(?:like|enjoy|favou?r|into|pay|after|not)\b", rest) else CUSTOMER
