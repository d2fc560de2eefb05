"""Recognise a grievance from what is told, without the word: by rule, and only where there is hardly a doubt.

The understanding model finds many more; this rule catches the plain ones with everything else broken, and knows a
denial ("I'm not here to complain") when it reads one.
"""

import re
from typing import Final

from bot.domain.hearing_clauses import clauses_in
from bot.domain.hearing_filters import IF_NOBODY_HOME, SUPPOSED
from bot.domain.script import fold

ENOUGH: Final = 2
_SPAN: Final = r"(?:[0-9一二两三四五六七八九十几好半多]+(?:多)?(?:个)?(?:天|周|星期|礼拜|月|小时|钟头|分钟|年))"


def _sign(weight: int, chinese: str, english: str) -> tuple[int, re.Pattern[str]]:
    return weight, re.compile(rf"{chinese}|\b(?:{english})\b")


_SIGNS: Final = (
    # wrong, missing, false
    _sign(
        2,
        r"[发寄送配装]错(?!地址怎|了不好意思)|少[发寄]了?|漏[发寄]|寄[来个]*空|空(?:盒子?|包裹|箱子?)|货不对板|假货|"
        r"山寨|[图照]片?.{0,8}(?:不一样|不符|两码|差[太很好]?[远多])|(?:描述|宣传|介绍)(?:的)?(?:完全)?不[符实]|"
        r"广告不实|虚假",
        r"(?:sent|delivered|gave|got|received|shipped) (?:me |us )?(?:the |a |an )?(?:completely |totally )?wrong|"
        r"not what i (?:ordered|paid for)|nothing like (?:the|what)|empty (?:box|parcel|package|envelope)|counterfeit|"
        r"not as (?:described|advertised)|two left (?:shoes|feet)|(?:was|were|is|are) missing|came without|arrived "
        r"without",
    ),
    # broken, spoilt
    _sign(
        2,
        r"(?:就|都|全|已经|又|是|竟然|居然|还没.{1,4}就)(?:坏|破|裂|碎|断|烂|湿|漏|掉|开胶|褪色|缩水|起球|散架|报废|"
        r"发霉|变质|馊|压扁)(?:了|的|掉|成|得)?|(?:开胶|脱胶|掉色|褪色|发霉|变质|馊了|散架|鼓包|冒烟|漏电|爆炸|起火)|"
        r"[碎破裂烂断]了(?:一|两|三|好|几|个|,|!|$)|有(?:虫|蟑螂|甲由|头发|异味|霉|划痕|裂)|吃出|喝出|质量(?:真|太|"
        r"很|好|非常|极|超|这么)?(?:差|烂|次|垃圾|不行|堪忧)|品质(?:很|太|好|真)?(?:差|烂|不好)",
        r"(?:fell|falling|came|fallen) (?:apart|off)|stopped working|broke (?:after|within|in|the|on|down|straight)|"
        r"(?:arrived|came|was|were|is|are|got|turned up|completely|already|it's) (?:all )?(?:broken|damaged|smashed|"
        r"crushed|cracked|torn|"
        r"ripped|shattered|soaked|mouldy|moldy|rotten|stale|faulty|defective|filthy|ruined|burnt|freezing cold|stone "
        r"cold|cold)|died after|hair in (?:my|the)|(?:poor|terrible|awful|bad|shoddy|shocking|appalling) quality|"
        r"food poisoning|"
        r"burnt my|leaked all|caught fire|doesn'?t even work|already broken|broken (?:again|on arrival|in half)",
    ),
    # too late, too often, never
    _sign(
        2,
        rf"(?:等了|都|已经|过了|拖了|说好|超过|快|整整){_SPAN}.{{0,6}}(?:还|都|也|仍|才|没|未|不)|"
        rf"{_SPAN}了(?:,)?(?:还|都|也|仍)?(?:没|未|不)(?:到|发|收|动|见|退|处理|回|给|有|解决|影|来)|"
        rf"等咗.{{1,6}}(?:未|没)|"
        r"第[二三四五六七八九十几n0-9][次回趟遍]了?|又(?:晚到|迟到|坏|错|漏|没送|没到|延误|闪退|断|少)|(?:次次|"
        r"每次)都(?:错|晚|迟|慢|坏|漏|发错|少)|一而再|三番[五几两]次|催了.{0,3}[次遍回]",
        r"(?:second|third|fourth|fifth|2nd|3rd|4th|nth|umpteenth) (?:time|replacement|engineer|complaint|attempt)|"
        r"(?:been )?waiting (?:for )?(?:over |more than |nearly |almost )?(?:\d+|two|three|four|five|six|ten|a|"
        r"several) (?:weeks?|days?|months?|hours?)|"
        r"(?:days|weeks|hours|months|an hour|hour) late|still (?:hasn'?t|haven'?t|not|no|waiting|nothing)|never "
        r"(?:arrived|turned up|came|showed up|received|got it|delivered|called)|late again|late once again|nobody "
        r"(?:came|turned up|showed)|"
        r"hasn'?t turned up|no[- ]show|not the first time|every single time|yet again|(?:weeks?|months?) and "
        r"(?:still|nothing|no)",
    ),
    # how people treated them
    _sign(
        2,
        r"态度(?:真|太|很|好|非常|极其?|超|这么|十分|特别|有够)?(?:差|恶劣|不好|烂|敷衍|嚣张|冷淡|糟)|什么态度|"
        r"不理[我人睬]|没人[理管回应]|爱[答搭]不理|踢皮球|推来推去|推[卸诿]|骂[我人]|挂(?:了|断|掉|我).{0,2}(?:电话|"
        r"线)|给我挂|"
        r"阴阳怪气|不耐烦|翻白眼|口气(?:很|超|真)?差|敷衍|欺负|瞧不起|看不起|睇低|当我透明|把我当|恶劣|没礼貌|太不上心",
        r"(?:so |very |extremely |really |was |were |incredibly |downright |is )rude|hung up on|hang up on|ignored "
        r"(?:me|my|us)|ignoring (?:me|my)|no ?(?:one|body) (?:seems to care|cares|answers|replies|picks? up|replied|"
        r"answered|helped)|"
        r"swore at|shouted at|laughed at|talked down|spoke to (?:my|me) (?:like|wife|as if)|attitude (?:was|is|of)|"
        r"unhelpful|unprofessional|fobbed off|passed (?:around|from)|couldn'?t care less about|treated (?:me|us|like)",
    ),
    # money
    _sign(
        2,
        r"多[扣收]了?(?:我|钱|[0-9一两三四五六七八九十])|重复(?:扣|收)|[乱偷][偷]?[扣收](?:费|钱|款)|"
        r"被(?:自动)?(?:续费|扣款|扣费|多扣|坑|骗)|坑(?:人|钱|爹|我|消费者)|骗(?:子|钱|人|我|局)|呃人|抢钱|白交|黑心|"
        r"奸商|割韭菜|套路|忽悠|不[给让]退|退款.{0,10}(?:没|未|不)(?:到|给|下|收)",
        r"charged (?:me )?(?:twice|double|two times|again|extra)|double[- ]charged|overcharged?|(?:total|complete|"
        r"utter|a|what a) (?:con|scam|rip[- ]?off|swindle)|ripped off|scam(?:med|mers?)?|(?:feel|felt|been) cheated|"
        r"refus(?:ed|ing) (?:to )?(?:my |a |give |any )?(?:refund|return|pay)|refund (?:still )?(?:hasn'?t|never|"
        r"not)|took (?:my )?money|waste of money|daylight robbery|stole",
    ),
    # verdicts and threats
    _sign(
        2,
        r"垃圾(?!桶|袋|车|箱|分类|短信)|差评|差劲|烂透|太烂|烂死|恶心(?!的感觉吗)|气死|气炸|忍无可忍|离谱|太过分|"
        r"很过分|坑爹|无语了?[,!. 了]|什么玩意|什么破|再也不(?:买|来|会|在|信|用)|不会再(?:买|来|光顾|用|下单)|受够|"
        r"火大|烦死|"
        r"搞笑吗|耍[我人]|太失望|很失望|非常失望|超失望|好失望|有点失望|12315|1950|消[协保委]|黑猫投诉|曝光你|找律师|"
        r"起诉|走法律|报警|要?投诉你|我要投诉|投诉到底|丢人|不要脸|傻眼|超扯|有够(?:烦|扯|夸张)|一颗星|一星|智障|"
        r"脑残|顶不顺|搞错呀",
        r"disgust(?:ed|ing)|ridiculous|unacceptable|worst \w+|terrible (?:service|experience|quality|company)|awful "
        r"(?:service|experience)|appalling|never again|fed up|livid|furious|outrageous|shambles|disgrace\w*|"
        r"(?:complete|total|bloody|absolute|what a|such a|is a) joke|"
        r"absolute(?:ly)? (?:joke|shambles|rubbish|useless|appalling)|so disappointed|very disappointed|really "
        r"disappointed|disappointed (?:with|in|by)|not impressed|not happy (?:about|with)|not good enough|pathetic|"
        r"solicitor|lawyer|"
        r"trading standards|ombudsman|small claims|sue you|report you|take (?:this|it) further|i want to complain|"
        r"making a complaint|lodge a complaint|formal complaint|horrible experience|useless|shame on you|sort it out|"
        r"wouldn'?t recommend|"
        r"would not (?:buy|recommend)|avoid this|stay away from|one star|1 star|zero stars|wtf|ffs|harassment",
    ),
    _sign(
        1,
        r"坏了|破了|裂了|碎了|不好用|没法用|用不了|不能用|慢死|太慢|好慢|还没到|没收到|失望|不满意|难吃|难用|划痕|脏|"
        r"异味|闪退|卡死|断线|无语|服了|呵呵|真行|厉害了|!{2,}|不负责|不上心|拖|没人|没提醒|没通知|根本没|说好的?|"
        r"结果|居然|竟然|到底",
        r"broken|damaged|faulty|late|missing|wrong|slow|cold|dirty|rude|disappoint\w*|annoy\w*|frustrat\w*|unhappy|"
        r"not (?:working|happy|good)|doesn'?t work|crash(?:es|ed|ing)?|lost|nobody|no one|again|typical|promised|but "
        r"(?:you|it|nobody)|supposed to",
    ),
    _sign(1, r"😡|🤬|😤|💢|🙄|👎|🖕|😠|💩", r"(?:!{2,})"),
)  # fmt: skip
_QUESTION: Final = re.compile(
    r"(?:吗|么|呢|嘛)?\?|吗(?:\W|$)|怎么(?:办|退|换|处理|弄|申请)|可以(?:退|换)|能(?:退|换)|会不会|是否|有没有|"
    r"容易.{0,4}吗|"
    r"^\W*(?:do|does|can|could|is|are|what|how|if|will|would|when|which|should)\b"
)
_RHETORICAL: Final = re.compile(
    r"(?:搞笑|有病|色盲|玩我|耍我|眼瞎|瞎|骗|良心|还想|好意思|当.{1,3}傻)|\b(?:joke|"
    r"kidding|serious(?:ly)?|blind|stupid|wtf)\b|凭什么|谁赔|is that legal"
)
_DENIED: Final = re.compile(
    r"不是(?:来|要|想|在|故意|为了)?(?:找你们|跟你们|跟你)?(?:投诉|抱怨|吐槽|找茬|挑刺|闹事|找麻烦|告状|怪[你谁]|"
    r"发火)|(?:不想|不打算|没想|没打算|不准备|无意|不会|没要|没有要|不用|别)(?:要|去|再)?(?:投诉|抱怨|吐槽|给差评)|"
    r"(?:没有?(?:什么|任何|啥)?|无)(?:毛病|问题|意见|不满|怨言|可(?:挑剔|抱怨|投诉)|好(?:抱怨|投诉|挑剔)的?|投诉)|"
    r"(?:毛病|问题|瑕疵|不满)(?:都|也)?没有?|无可挑剔|挑不出|没(?:得|啥|什么)(?:好)?(?:挑|说的|抱怨|投诉)|(?:不算|"
    r"并非|不属于|没到)投诉|没(?:坏|破|碎|裂|生气|失望)|"
    r"一点(?:都|也)?不(?:差|慢|贵|坏|失望)|完好(?:无损)?|从(?:来)?没(?:有)?(?:失望|出过?问题|让我失望)|"
    r"(?:\bnot|n'?t|\bnever) (?:here |trying |going |calling |writing |really |wanting |want |wish |mean |about |"
    r"looking |actually )*(?:to )?(?:complain(?:ing)?|moan(?:ing)?|a complaint|making a complaint|having a go|"
    r"blam(?:e|ing))\b|"
    r"\bno(?:t a single| real| major)? (?:complaints?|issues?|problems?|faults?|damage|regrets)\b|\b(?:nothing|never "
    r"anything|can'?t find anything) (?:to complain|wrong|bad to say)\b|\bnot complaining\b|\bcan'?t (?:complain|"
    r"fault)\b|\bcouldn'?t fault\b|"
    r"\bwithout (?:a hitch|any (?:issues?|problems?)|complaint)\b|\bnever (?:disappoints?|let me down|had (?:a|any) "
    r"(?:problem|issue|complaint))\b|\bnot (?:at all )?(?:disappointed|broken|damaged|bad at all|rude)\b|\bzero "
    r"complaints\b|\bin perfect condition\b"
)
_BUT: Final = re.compile(r"但是?|可是|不过|然而|就是|只是|\b(?:but|however|except|though)\b")


def mentions_grievance(text: str) -> bool:
    """Say whether a text plainly tells of something that went wrong for its writer; asking or supposing is not telling."""
    if denies_grievance(text):
        return False
    weight = 0
    for clause in clauses_in(text):
        folded = clause.folded
        asked = _QUESTION.search(folded) and not _RHETORICAL.search(folded)
        supposed = SUPPOSED.search(folded) and not IF_NOBODY_HOME.search(folded)
        if asked or supposed:
            continue
        weight += sum(weight for weight, sign in _SIGNS if sign.search(folded))
        if weight >= ENOUGH:
            return True
    return False


def denies_grievance(text: str) -> bool:
    """Say whether a text says that nothing is wrong or that it is no complaint, and takes nothing of it back.

    "Not here to complain, but the box was empty" denies nothing: what follows the "but" counts.
    """
    folded = fold(text)[:2_000]
    denied = _DENIED.search(folded)
    if denied is None:
        return False
    rest = folded[denied.end() :]
    turn = _BUT.search(rest)
    told_after = rest[turn.end() :] if turn else ""
    return not any(weight >= ENOUGH and sign.search(told_after) for weight, sign in _SIGNS)
