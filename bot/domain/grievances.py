"""Weigh a grievance: how grave it is, how angry its writer, and what they want of us."""

import re
from typing import Final

from bot.domain.complaints import Severity
from bot.domain.script import fold


def _words(chinese: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"{chinese}|\b(?:{english})\b")


_GRAVE: Final = _words(
    r"12315|12345|1950|消[协保委]|消费者(?:权益|协会|保护)|律师|起诉|告你|告上|法院|法律|工商|市监局?|市场监管|曝光|"
    r"媒体|记者|黑猫投诉|报警|警察|公安|银保监|食药监|卫生局|食物中毒|拉肚子|上吐下泻|"
    r"一直吐|住院|急诊|受伤|划伤|割伤|烫伤|过敏送|着火|起火|爆炸|冒烟|鼓包|触电|漏电|烧起来|中毒|异物|虫|蟑螂|玻璃渣|"
    r"铁丝|变质|盗刷|骂[我人他她]|推了我|搜包|当小偷|辱骂|打人|动手|歧视|威胁我|羞辱|发黑|砸到|烧焦|差点(?:出事|烧|"
    r"没命)",
    r"lawyers?|solicitors?|attorney|sue|suing|legal(?: action)?|court|police|ombudsman|trading standards|bbb|"
    r"regulator|watchdog|ftc|consumer (?:court|rights|protection)|chargeback|small claims|"
    r"press|newspapers?|media|injur\w+|unsafe|dangerous|hazard|caught fire|on fire|burn(?:ed|t)|electric shock|"
    r"electrocuted|hospital|food poisoning|poisoned|explod\w+|smoke (?:came|coming) out|"
    r"(?:bug|insect|cockroach|maggot|worm|glass|plastic|metal)s? in (?:my|the)|found an? .{1,20} in (?:my|the)|swore "
    r"at|shouted at|insulted|racist|sexist|threatened|assault\w*|accused of|"
    r"identity theft|got cut|allergic reaction|choked?|bleed\w*|cut (?:my|his|her)",
)
_REPEATED: Final = _words(
    r"第[二三四五六七八九十几n0-9][次回趟遍]|[三四五六七八九十几]番[五几两]次|好几次|[三四五六七八九十][次回遍](?:了|"
    r"都|没|还)|(?:每|次)次都|一而再|又双叒|催了.{0,2}[三四五六七八九十几]|要打几次|屡次|多次|"
    r"[两二三四五][次回].{0,3}(?:还是|仍|都仲|仲)|(?:两|三|四|五|六)[遍次回]了?(?:还|照)",
    r"(?:second|third|fourth|fifth|sixth|2nd|3rd|4th|5th|umpteenth|nth) (?:time|replacement|engineer|one|attempt|"
    r"call|complaint)|third engineer|time and (?:time )?again|over and over|(?:three|five|six|several|many|[3-9]) "
    r"times|"
    r"(?:isn'?t|not) the first time|every single time|keeps? (?:happening|crashing|breaking|sending)|again and again|"
    r"repeatedly",
)
_ANGRY: Final = _words(
    r"垃圾|骗[子人]|气死|气炸|忍无可忍|太差|真差|差劲|什么玩意|什么东西|什么破|混蛋|王八|傻逼|傻b|妈的|他妈|特么|tmd|"
    r"尼玛|卧槽|我靠|靠北|靠夭|去死|智障|白[痴癡]|脑残|死全家|再也不|无语|差评|火大|离谱|超扯|很扯|太扯|"
    r"过分|受够|(?<![别不没])生气|愤怒|恶心|滚(?!筒|动|烫|轮)|太?欺负人|恼火|没完没了|烂透|爛|烂死|烦死|有够烦|坑人|"
    r"黑心|奸商|抢钱|耍[我人]|玩我|搞笑吗|有病|不要脸|丢人|傻眼|顶不顺|搞错呀|火滚|嬲|服了|真行啊|呵呵|"
    r"😡|🤬|😤|💢|🖕|👎|给个说法|谁赔|!{2,}",
    r"furious|disgust\w*|ridiculous|unacceptable|worst|terrible|awful|appalling|atrocious|scam\w*|never again|fed up|"
    r"angry|mad at|livid|pissed|outrageous|outraged|shameful|shame on|shambles|disgrace\w*|"
    r"sick of|joke of a|a joke|useless|hopeless|horrible|horrendous|pathetic|incompetent|clowns?|idiots?|morons?|wtf|"
    r"ffs|fuck\w*|shit\w*|crap\w*|bloody|damn|bullshit|rubbish|garbage|trash|"
    r"stupid|rip[- ]?off|thieves|crooks|con artists|total con|stank|infuriat\w*|enraged|fuming|harassment|how dare|"
    r"sort it out|not impressed",
)
_LOUD: Final = re.compile(r"(?:\b[A-Z]{2,}\b\W+){2,}\b[A-Z]{2,}\b")
_SLIGHT: Final = _words(
    r"有点|有些|稍微|(?<!不)一般般?|不太|略|小(?:问题|瑕疵|毛病)|略微|美中不足|闹心|踢下线|跳回|希望(?:改进|改善)|"
    r"建议|一颗星|面都烂|机器人|机器|当我透明",
    r"slightly|a bit|a little|somewhat|not great|could be better|disappoint\w*|bit slow|not ideal|minor|meh|would "
    r"not buy again|so[- ]so|underwhelm\w*|annoying|bot",
)
_HARM: Final = _words(
    r"坏|破(?!产)|裂|碎|断|错|漏|少[发了寄]|没[收到]|没人|不理|骗|坑|扣|迟|晚|退|湿|烂(?!面)|霉|脏|空|假|丢|缩水|"
    r"开胶|白交|赔",
    r"broke\w*|damag\w*|wrong|missing|late|never|lost|charged|refund|smashed|crushed|torn|died|apart|empty|rude|"
    r"nobody|ignored|cold|leak\w*|cheated|weeks?|days",
)
REMEDIES: Final = ("refund", "replacement", "compensation", "apology", "explanation", "fix")
"""What a customer may want of us, in the order in which it is kept."""
_WANTED: Final = {
    "refund": _words(
        r"(?:要|给我|想|申请|必须|赶紧|马上|快|请|全额|得|能|可以|帮我|立刻)[^,.!?不没]{0,5}(?:退[款钱货费]|退了|"
        r"退掉|退给|退回)|退钱[!来吧]|把钱退|还我钱|还钱|不给退就|不退.{0,4}就|全退|退一赔|(?:钱|款|费用?)(?:退|还|"
        r"刷退|退还)(?:给)?我?|把.{1,6}(?:还|退)(?:给)?我|(?:^|[,.!])退[款费钱](?:[,.!]|$)",
        r"(?:want|need|demand|get|give|like|expect|request\w*|have|issue|process)\b[^.?!]{0,25}\b(?:refund(?:ed)?|"
        r"money back|reimburse\w*)|refund (?:me|my|this|it|now|please|and)|(?:want|give|need) (?:my )?[£$€]?[0-9.]+ "
        r"back|money back(?: please| now)|reimburse me|full refund",
    ),
    "replacement": _words(
        r"(?:给我|要|想|帮我|请|重新|得|必须|能|赶紧|马上)[^,.!?不没]{0,3}(?:换(?!人|个人|真人|客服|句|言|主管|经理)|"
        r"补[发寄]|重[发寄])|换(?:一?[个件双支台只新条款]|货|新的?)(?!人|真|客服|地址|颜色吗)|补[发寄](?:给我|一)|"
        r"重新(?:发|寄|做)|再[发寄]一",
        r"(?:want|need|send|give|like|get|demand|expect|have|require)\b[^.?!]{0,20}\b(?:a |the )?(?:replacement|"
        r"fresh one|new one|another one|correct (?:one|item)|right (?:one|item|size)|exchange)|replace (?:it|this|"
        r"them|the)|resend|send (?:it )?again|re-?send|exchange (?:it|this|them)",
    ),
    "compensation": _words(
        r"赔(?!钱货|本|礼|不是)(?<!理赔)|补偿|减免|谁来?负责|损失|误工费|精神损失|给点(?:补偿|说法费)|给(?:张|个)券|"
        r"假一赔",
        r"compensat\w*|for my (?:trouble|time|inconvenience)|goodwill|make (?:it )?up (?:for|to)|pay for (?:the|my|"
        r"this)|reimburse my|damages|(?:off|credit on|credit for) my bill|discount for|voucher for|who(?:'s| is) "
        r"(?:going to )?pay\w*",
    ),
    "apology": _words(
        r"道歉|赔礼|赔不是|一句对不起|说(?:声|句)?对不起|认错",
        r"apolog\w+|say(?:ing)? sorry|a sorry",
    ),
    "explanation": _words(
        r"给个?(?:说法|解释|交代|理由)|(?:要|请|必须|麻烦|需要|给我)[^,.!?]{0,4}(?:解释|说明|交代)|解释(?:一下|清楚)|"
        r"讲清楚|说清楚|什么情况|怎么回事|凭什么|为什么(?:要|会|多|扣|收)|搞什么|点解|(?:解释|说明)(?:一?下|原因|"
        r"情况)|理由呢|请说明|情况说明|麻烦解释|憑咩|凭咩|(?:^|,)解释下",
        r"explain\w*|explanation|why (?:was|were|am|is|did|has|have|do|does) (?:i|it|my|you|this|the|there)|"
        r"what(?:'s| is) going on|letter of explanation|proper answer|clarif\w+|tell me why|some answers",
    ),
    "fix": _words(
        r"(?:给我|赶紧|尽快|马上|立刻|必须|快|请|帮我|要|何时|什么时候|怎么)[^,.!?不没]{0,5}(?:解决|处理(?!我就)|"
        r"修(?:好|理|一下)?|整好|查(?:一下|清)|恢复|弄好|搞定|安排)|修好|赶紧修|上门(?:修|维修)|维修",
        r"(?:fix|sort|repair|resolve|rectify|correct)(?:ed|ing)? (?:it|this|that|my|the|out|them|asap|now|by)|"
        r"(?:isn'?t|not|be|get|gets?|needs?|want (?:it|this)|get this|get it) (?:fixed|sorted|resolved|repaired)|put "
        r"(?:it|this) right|"
        r"do something|deal with (?:it|this)|look into (?:it|this)|unsubscribe me|unblock|restore",
    ),
}
_NOT_WANTED: Final = _words(
    r"不(?:要|想|用|需要|接受)(?:你们?)?(?:退款|退钱|换|赔|道歉|解释|"
    r"补偿)",
    r"(?:don'?t|do not|didn'?t|not) (?:want|need|asking for|after) (?:a |an |any |your )*(?:refund|apology|"
    r"replacement|compensation|explanation)",
)


def severity_of(words: str) -> Severity:
    """Grade a grievance: law, safety, abuse and repetition are high, a slight displeasure is low, all else is medium."""
    folded = fold(words)
    if _GRAVE.search(folded) or _REPEATED.search(folded):
        return Severity.HIGH
    return Severity.LOW if _SLIGHT.search(folded) and not _HARM.search(folded) else Severity.MEDIUM


def is_angry(words: str) -> bool:
    """Say whether the customer is visibly angry or threatens consequences: a person is owed."""
    folded = fold(words)
    return bool(_ANGRY.search(folded) or _GRAVE.search(folded) or _LOUD.search(words))


def wants_of(words: str) -> list[str]:
    """Return what the words ask for, in the order of ``REMEDIES``; empty where they ask for nothing yet."""
    folded = _NOT_WANTED.sub(" ", fold(words))
    return [remedy for remedy in REMEDIES if _WANTED[remedy].search(folded)]


def without_wishes(folded: str) -> str:
    """Return folded words with what they ask for blanked."""
    for wanted in _WANTED.values():
        folded = wanted.sub(lambda found: " " * len(found[0]), folded)
    return folded
