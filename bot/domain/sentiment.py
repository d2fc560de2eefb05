"""Tell how a customer feels from their words: -2 furious, -1 unhappy, 0 neutral, +1 content, +2 delighted.

Every feeling word has a weight; what stands right before it turns it round (a negation) or makes it weigh more (an
intensifier). Any plain displeasure outweighs politeness: thanks in a complaint is manners. Rough, but the same text always
gets the same number, and every number can be explained by the words that made it.
"""

import re
from collections.abc import Sequence
from typing import Final

from bot.domain.grievance_signs import denies_grievance, mentions_grievance
from bot.domain.script import fold

_READ: Final = 2_000
_ANGRY: Final = -2
_FALL: Final = 2
"""By how much a mood falls fast, within the last messages that are looked at."""
LOOKED_AT: Final = 3


def _words(chinese: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"{chinese}|\b(?:{english})\b")


_FURIOUS: Final = _words(
    r"气死|气炸(?!锅)|气得|愤怒|垃圾(?![桶袋车箱分])|骗子|忍无可忍|恶心|混蛋|王八|滚(?=[,.!开蛋出远]|$)|火大|太过分|"
    r"离谱|超扯|再也不|曝光|受够|傻逼|傻b|妈的|他妈|特么|尼玛|去死|智障|脑残|白[痴癡]|黑心|奸商|坑爹|烂透|烦死|"
    r"不要脸|起诉|12315|1950|报警|律师|抢钱|耍[我人]|骂[我人]|嬲|火滚|畜生|狗屁|什么玩意|无耻|呃人|诈骗",
    r"furious|disgust\w*|worst|outrag\w*|unacceptable|appalling|atrocious|scam\w*|horrendous|fed up|never again|"
    r"livid|pissed|fuck\w*|shit\w*|bullshit|wtf|ffs|idiots?|morons?|thieves|crooks|pathetic|shambles|disgrace\w*|"
    r"infuriat\w*|fuming|solicitor|lawyer|sue you|trading standards|hate (?:you|this (?:company|shop|app))|joke of a|"
    r"total con|piss off|go to hell|shame on|ombudsman|dangerous",
)
_UNHAPPY: Final = _words(
    r"失望|不满(?!意)|生气|难过|糟|烂|差劲|太差|真差|很差|超差|好差|太慢|好慢|坏|破(?!壁|产)|碎|裂了?|"
    r"(?<!麻)烦(?!请)|郁闷|无语|敷衍|没人理|不理我|着急|还没(?:到|发|收|退|有人)|麻烦死|坑|难吃|难用|难喝|没用(?!过)|"
    r"送错|搞错|发错|寄错|少发|少寄|漏发|多扣|乱扣|重复扣|不好用|差评|投诉|崩溃|心累|傻眼|有够|搞什么|怎么搞|"
    r"什么态度|顶不顺|搞错|不爽|心痛|过期|发霉|虫|蟑螂|臭|冷掉|闪退|卡死|丢了|没收到|迟到|晚到|敷衍|推卸|呵呵|服了|"
    r"醉了|真行|不会再|后悔|白[花等跑交]|一般般?(?=,|$)",
    r"disappoint\w*|unhappy|annoy\w*|angry|upset|poor(?:ly)?|bad|slow|broken?|damaged|wrong(?! (?:number|chat|phone|"
    r"person|window))|(?<!too )late|rude|frustrat\w*|ridiculous|worried|missing|terrible|awful|horrible|useless|"
    r"hopeless|rubbish|crap\w*|garbage|trash|stupid|faulty|lost|cracked|torn|smashed|crushed|leak\w*|dirty|stale|"
    r"overcharged?|cheated?|ripped off|rip-?off|waste(?:d)?|regret|sick of|ignored|hung up|nobody|no one (?:answers|"
    r"replies|cares|helped)|stank|mess|nightmare|not impressed|not working|doesn'?t work|complaint(?!s dep)|con|lied|"
    r"mislead\w*|misled|"
    r"crash(?:es|ed|ing)?|burnt|died|delayed|unhelpful|sad|shocking|let down|fell apart|harassment|died",
)
_CONTENT: Final = _words(
    r"谢谢|感谢|多谢|谢啦|唔该|辛苦了?|满意|不错|挺好|很好|(?:很|好|挺|真|非常|真的|都)喜欢|喜欢你们|谢了|不该(?=晒|"
    r"你|,|!|\s|$)|帮了?大忙|3q|优秀|好用|好吃|好喝|好看|快捷|贴心|靠谱|开心|高兴|可以的|赞|给力|放心|舒服|好评|热情|"
    r"耐心|细心|周到|nice|方便多|值得|支持你|爱了|推荐给|完好",
    r"thanks?|thank you|thx|thnx|tysm|ty|ta|good(?! (?:morning|evening|afternoon|day|night|luck|for calls|with))|"
    r"nice|happy|pleased|satisfied|helpful|(?:really |do )?like (?:it|this|them) ?(?:very much|a lot)?(?=$|[,.!])|"
    r"(?<!have a )lovely|glad|appreciate\w*|cheers|pleasant|friendly|kind|fast|quick|easy to|well (?:done|made|"
    r"packed)|(?:would |will |highly |definitely )recommend|enjoy\w*|comfy|comfortable|smooth|works? (?:well|fine)|"
    r"(?<!be )grateful|sorted",
)
_DELIGHTED: Final = _words(
    r"太棒|超赞|完美|太好了|非常满意|最好的|爱死|惊喜|五星|满分|点赞|厉害|超爱你们|超喜欢|五颗星?|满五颗|超级?满意|"
    r"很满意|十分满意|绝了|yyds|无可挑剔|棒极了|没得说|好到|感动|太贴心|太给力|好评如潮|一百分|超好",
    r"amazing|excellent|perfect(?:ly)?|awesome|fantastic|wonderful|brilliant|superb|(?:absolutely |really |just |"
    r"totally )?love(?:d|ly)? (?:it|this|these|them|you guys)|great|(?:the|simply|very) best (?:shop|service|ever|"
    r"purchase|thing|experience|customer)|best (?:ever|service)|outstanding|delighted|thrilled|over the moon|5 stars|"
    r"five stars?|10/10|stunning|flawless|made my day|blown away|exceptional|chuffed|top notch|can't fault",
)
_NEGATION: Final = re.compile(
    r"(?:不(?:太|是很|是|怎么|够|算|能|会|再|觉得)?|没(?:有)?(?:那么|多|觉得)?|别|未|并非|谈不上|毫不|哪里|\b(?:not|"
    r"isn'?t|wasn'?t|aren'?t|don'?t|didn'?t|doesn'?t|never|no|hardly|nothing|without|cannot|can'?t|far from|less "
    r"than) (?:very |so |at all |really |that |a |the |any |exactly |particularly |to be |feel |been )*)$"
)
_STRONGLY: Final = re.compile(
    r"(?:太|非常|特别|超级?|极其?|真的?|好|十分|实在|有够|完全|彻底|\b(?:very|so|really|extremely|absolutely|totally|"
    r"completely|utterly|bloody|incredibly|such a|beyond|deeply|seriously) (?:a )?)$"
)
_MANNERS: Final = re.compile(r"谢|多谢|感谢|不该|辛苦|可以的|放心|thank|thx|ty|cheers")
_MOCKING: Final = re.compile(
    r"呵呵|真行啊|真厉害|真棒啊|可真(?:行|好|棒|快)|好样的|服了你?们?|谢谢你们?(?:啊)?[,，]?(?:让我|把|毁)|"
    r"多谢(?:你们)?(?:让|把|毁)|长见识|真会玩|佩服|🙄|🙃|\b(?:oh (?:great|wonderful|brilliant|lovely|joy|fantastic)|"
    r"just (?:great|perfect|brilliant|what i needed)|thanks for nothing|cheers for (?:that|nothing)|well done (?:for|"
    r"on|you lot)|great job (?:losing|breaking|ruining)|slow clap|nice one|yeah right|bravo|classy|so much for|"
    r"thanks a lot for)\b"
)
_LOUD: Final = re.compile(r"[!！]{2,}|(?:\b[A-Z]{2,}\b\W+){2,}\b[A-Z]{2,}\b")
_SMILES: Final = re.compile(r"[😊😀😁😄🥰😍👍❤🎉🙏🤩😘💕💖🌹]")
_FROWNS: Final = re.compile(r"[😡🤬😠👎💢😤🖕💩😞😢😭😒]")


def sentiment_of(text: str) -> int:
    """Return the feeling of a text, -2 to +2."""
    folded = fold(text[:_READ])
    if denies_grievance(folded):
        return min(2, 1 + _weight(_DELIGHTED, folded))
    bad = 2 * _weight(_FURIOUS, folded) + _weight(_UNHAPPY, folded) + len(_FROWNS.findall(folded))
    mocks = bool(_MOCKING.search(folded))
    if bad or mocks:
        loud = bool(_LOUD.search(text[:_READ])) and bad > 0
        return -2 if loud or _is_furious(folded, bad) else -1
    if _is_turned(_CONTENT, folded) or _is_turned(_DELIGHTED, folded) or mentions_grievance(folded):
        return -1
    good = 2 * _weight(_DELIGHTED, folded) + _weight(_CONTENT, folded) + len(_SMILES.findall(folded))
    return min(2, good)


def falls_fast(feelings: Sequence[int]) -> bool:
    """Say whether a mood, oldest message first, has fallen so that a person should come.

    That is by two or more to below zero within the last three messages, or two angry ones among them.
    """
    last = list(feelings[-LOOKED_AT:])
    if not last or last[-1] >= 0:
        return False
    return max(last) - last[-1] >= _FALL or last.count(_ANGRY) >= _FALL


def _is_furious(folded: str, bad: int) -> bool:
    return bad >= 2 and (bool(_FURIOUS.search(folded)) or bad >= 4)


def _weight(pattern: re.Pattern[str], folded: str) -> int:
    """Count the words that are not turned round, an intensified one twice."""
    weight = 0
    for match in pattern.finditer(folded):
        before = folded[max(0, match.start() - 24) : match.start()]
        if not _NEGATION.search(before):
            weight += 2 if _STRONGLY.search(before) else 1
    return weight


def _is_turned(pattern: re.Pattern[str], folded: str) -> bool:
    """Say whether a negation turns a good word round; "no thanks" is manners and no displeasure."""
    return any(
        _NEGATION.search(folded[max(0, match.start() - 24) : match.start()]) and not _MANNERS.match(match[0])
        for match in pattern.finditer(folded)
    )
