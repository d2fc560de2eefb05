"""Hold the words by which preferences are heard, simplified Chinese and English; ``hearing`` says how they are used."""

import re
from typing import Final

from bot.domain.preferences import Polarity


def _either(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


CLAUSE: Final = re.compile(
    r"(?:(?!\bbut\b|\bthough\b|但是|不过|可是)[^。！？!?；;，,\n.]|\.(?=\d))+[。！？!?；;，,.]*|but\b|though\b|但是|不过|可是", re.IGNORECASE
)
QUESTION: Final = _either(
    r"[?？]", r"吗|有没有|是不是|能不能|可不可以|什么|怎么|哪|多少|为啥|咋|几[点个时]", r"呢$",
    r"^\W*(?:do|does|did|can|could|is|are|was|what|which|where|why|how|who|when|will|would|should|may|have|has)\b",
)  # fmt: skip
NOT_STATED: Final = _either(
    r"如果|要是|假如|假设|万一|倘若|的话", r"以前|曾经|小时候|本来|原来|之前.{0,4}(?:喜欢|爱|用|穿|吃|喝)|过去(?:很|都|一直|喜)",
    r"不是说|没说|说我|听说|据说|谁说|不代表|不是不", r"\bif\b|\bsuppose|\bwhat if|\bused to\b|\bpreviously\b|\bback then\b|\bin the past\b|\bas a (?:child|kid)\b",
    r"\bnot that i\b|\b(?:didn't|never|not) (?:say|said|saying|mean)\b|\bwould(?:n't)? (?:have|like to know|say)\b|\bonce (?:liked|loved)\b",
)  # fmt: skip
NOT_ABOUT_SPEAKER: Final = _either(
    r"我(?:的)?(?:妈|爸|老婆|老公|太太|先生|女儿|儿子|孩子|宝宝|朋友|同事|妹|姐|弟|哥|奶奶|爷爷|女友|男友|女朋友|男朋友|室友|老板|家人)|[他她它]|别人|大家|有人|人家|你们?(?:喜欢|讨厌|爱)",
    r"\b(?:he|she|they|everyone|everybody|people|someone|nobody)\b", r"\b(?:my|his|her|their|our) (?:\w+ )?(?:mum|mom|mother|dad|father|wife|husband|partner|son|daughter|kids?|"
    r"child(?:ren)?|baby|friends?|sister|brother|boss|colleagues?|girlfriend|boyfriend|roommate|flatmate|parents?|family)\b", r"\byou (?:like|love|hate|prefer)\b",
)  # fmt: skip
HEDGE: Final = _either(r"可能|好像|也许|大概|有点|似乎|应该", r"\bmaybe\b|\bperhaps\b|\bkind of\b|\bsort of\b|\bi think\b|\bprobably\b|\ba bit\b")
LEADING: Final = re.compile(r"^(?:\s|的|了|着|用|是|把|please\b|to\b|the\b|a\b|an\b|any\b|that\b)+", re.IGNORECASE)
TRAILING: Final = re.compile(
    r"(?:\s|的|了|啊|呀|吧|哦|呢|哈|嘛|啦|喔|耶|就好|就行|就可以|就可以了|都行|记一下|谢谢|please|thanks|thank you|pls|at all|very much|so much|"
    r"a lot|really)*$",
    re.IGNORECASE,
)
EMPTY_OBJECT: Final = _either(
    r"[你您我]们?|这[个些样种]?|那[个些样种]?|别的|其他的?|东西|它们?|一?[点个些]", r"(?:it|this|that|them|these|those|you|your?s|him|her|one|some|things?|stuff)"
)
FAR_FROM_TASTE: Final = _either(
    r"退款|退货|退钱|投诉|人工|真人|客服|订单|查|问|知道|解释|赔|取消|你们|您们|这么|这样|等(?:了|这么|太)|说话|帮|服务|态度",
    r"\b(?:refund|complain\w*|agent|human|order|know|ask|speak|talk|explanation|cancel|return|help|wait(?:ing)?|your (?:service|shop|company|staff)|"
    r"being|be treated|how you|the way you|see|find|hear|track)\b",
)

_DEGREE: Final = r"(?:真的|真|很|最|特别|非常|超级?|比较|更|都|一直|就|还是|其实|一向|平时|一般|通常|向来|从来|只|好|挺|蛮|太|也|又|还)*"
_ADVERB: Final = r"(?:(?:really|just|absolutely|especially|particularly|always|usually|much|also|generally|only|truly|actually|definitely|quite|so|do|still) )*"
_I: Final = r"\b(?:i|we)"

PATTERNS: Final[tuple[tuple[Polarity, re.Pattern[str]], ...]] = (
    (Polarity.AVOID, _either(rf"对(?P<object>[^我]{{1,30}}?){_DEGREE}(?:严重)?(?:过敏|敏感)")),
    (Polarity.AVOID, re.compile(r"(?P<object>乳糖|麸质|酒精|咖啡因|牛奶|蛋白)不耐受?")),
    (Polarity.AVOID, re.compile(r"(?<!不)(?P<object>花生|坚果|海鲜|牛奶|羊毛|芒果|酒精|鸡蛋|乳胶|香精|花粉)过敏")),
    (Polarity.DISLIKE, re.compile(rf"{_DEGREE}(?:不(?:是)?{_DEGREE}(?:怎么)?(?:喜欢|爱|习惯|偏好|感冒)(?:吃|喝|穿|用|买)?|讨厌|反感|受不了|嫌弃|不想再?要)(?P<object>.+)")),
    (Polarity.AVOID, re.compile(r"(?:以后|今后|下次|每次|请|麻烦|平时|晚上|中午|周末|工作日|早上)?(?:都|就|也)?(?:请)?(?P<object>(?:别|不要|不用|勿|不必|不需要)(?:再)?(?:给我)?(?:打电话|打我|联系|打扰|电话|送|放|寄|发|用|叫|找我|塑料|粉|纸质).*)")),
    (Polarity.AVOID, re.compile(rf"我?{_DEGREE}(?:不(?:能|会|可以|敢|方便)?(?:吃|喝|穿|碰|沾|接|买|抽)|忌|戒(?:了)?|从不买?)(?P<object>.+)")),
    (Polarity.AVOID, re.compile(r"(?:给我|我|请)?(?:不要|不想要|别要)(?P<object>.{1,20}?的)")),
    (Polarity.WANT, re.compile(rf"我?{_DEGREE}(?P<object>吃(?:全)?素|(?:是)?(?:素食|清真|蛋奶素)(?:者|的)?|吃清真)")),
    (Polarity.WANT, re.compile(r"(?:以后|今后|从现在起|每次|下次起)(?:请|都|就|给我|跟我|我|还是|麻烦|尽量|最好|安排|送货|要)*(?P<object>.{2,40})")),
    (Polarity.WANT, re.compile(r"我(?:的)?(?:一般|平时|都|通常|总是|习惯|一直|只|永远|衣服|鞋子|裤子|鞋码|尺码|腰围)+(?:吃|喝|用|穿|买|要|选|是)?(?P<object>.{1,30})")),
    (Polarity.WANT, re.compile(r"(?:鞋子?|衣服|裤子|我)(?:一般)?穿(?P<object>[smlxSMLX0-9]{1,3}(?:码|号)?)(?![0-9])")),
    (Polarity.WANT, re.compile(r"^(?P<object>(?:上午|下午|晚上|中午|周末|工作日|早上|白天)[^,]{0,6}(?:送|联系|打电话)[^,]{0,6})(?:最好|比较好|就行|吧)")),
    (Polarity.WANT, re.compile(r"(?:最好|尽量|希望|习惯)(?P<object>.{0,12}(?:送|联系|打电话|发短信|发微信|邮件|支付|付款|放门口|电子发票).{0,12})")),
    (Polarity.LIKE, re.compile(rf"我?{_DEGREE}(?:喜欢|偏爱|偏好|钟爱|热爱|最爱|爱|迷|习惯用?|爱用)(?:上)?(?:吃|喝|穿|买)?(?!不)(?P<object>.+)")),
    (Polarity.LIKE, re.compile(r"我是(?P<object>.{1,10}?)(?:粉|控|党)$")),
    (Polarity.AVOID, _either(rf"{_I}(?:'m|'re| am| are) {_ADVERB}(?:severely |very |highly |deathly )?(?:allergic|intolerant|sensitive) to (?P<object>.+)")),
    (Polarity.AVOID, _either(rf"{_I}(?:'m| am) (?P<object>[a-z]+)[- ](?:intolerant|allergic)\b")),
    (Polarity.AVOID, _either(rf"{_I} (?:can't|cannot|can not|never|don't|do not|won't) {_ADVERB}(?:eat|drink|wear|use|buy|have|take|answer|pick up|touch|smoke) (?P<object>.+)")),
    (Polarity.DISLIKE, _either(rf"{_I} {_ADVERB}(?:don't|do not|never) {_ADVERB}(?:like|love|enjoy|care for|want|fancy|prefer) (?P<object>.+)")),
    (Polarity.DISLIKE, _either(rf"{_I} {_ADVERB}(?:hate|dislike|detest|loathe|can't stand|cannot stand|can't bear) (?P<object>.+)|\bnot (?:a|much of a|really a) (?:big )?fan of (?P<also>.+)")),
    (Polarity.AVOID, _either(rf"{_I} {_ADVERB}avoid (?P<object>.+)")),
    (Polarity.AVOID, _either(r"^(?:please |pls |and )?(?P<object>(?:don't|do not|never|stop|no) (?:ever |more )?(?:call|calls|calling|phone|ring|ringing|contact|text|texting|deliver|leave|send|email|emailing|message|plastic)\b.*)")),
    (Polarity.WANT, _either(r"(?:from now on|in (?:the )?future|going forward|every time|each time),? ?(?:please |always |i'd like |i want |just )*(?P<object>.{3,60})")),
    (Polarity.WANT, _either(r"^(?:please |pls |just )*(?:always|only) (?P<object>(?:call|text|email|message|contact|deliver|send|leave|use|ring|wrap).{2,50})")),
    (Polarity.WANT, _either(rf"{_I}(?:'m| am) (?:a |an )?(?:strict )?(?P<object>vegan|vegetarian|pescatarian|muslim|coeliac|celiac|diabetic)\b")),
    (Polarity.WANT, _either(rf"{_I} (?:always|only|usually|normally|mostly|generally) (?:eat|drink|wear|use|buy|pay (?:with|by)|want|take|order) (?P<object>.+)")),
    (Polarity.WANT, _either(rf"(?:{_I} (?:wear|take)|my (?:shoe |dress |shirt )?size is|size for me is) (?:a )?(?:size )?(?P<object>(?:size )?(?:[0-9]{{1,2}}(?:\.5)?|xx?s|s|m|l|x{{1,3}}l|small|medium|large))\b")),
    (Polarity.LIKE, _either(rf"{_I}(?:'d| would)? {_ADVERB}(?:like|love|prefer|enjoy|adore|favou?r) (?P<object>.+)")),
    (Polarity.LIKE, _either(r"\bmy favou?rite(?: \w+){0,2} (?:is|are) (?P<object>.+)|^(?P<also>.+) (?:is|are) my favou?rite")),
    (Polarity.LIKE, _either(rf"{_I}(?:'m| am) (?:a )?(?:big |huge )?(?:fan of|into|fond of|partial to) (?P<object>.+)")),
)  # fmt: skip
"""Read in this order; the first that fits decides. ``object`` is what it is about."""

KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("invoice", _either(r"发票|抬头", r"\binvoices?\b|\breceipts?\b")),
    ("contact_time", _either(
        r"(?:[点晚早]|上午|下午|中午|周末|白天|夜里).{0,8}(?:联系|打扰|找我|电话|打给)|(?:联系|打扰|找我|电话).{0,8}(?:[点晚早]|上午|下午|中午|周末)",
        r"\b(?:call|contact|ring|phone|text|message|disturb)\b.*\b(?:morning|evening|afternoon|night|weekends?|after|before|am|pm|lunch)\b")),
    ("contact_channel", _either(
        r"电话|短信|微信(?!付|支)|简讯|邮件|邮箱|联系|打扰|叫我|跟我说|繁体|telegram|line", r"\b(?:phone|call|calls|calling|text|texts|sms|e-?mails?|wechat|telegram|contact|ring|message)\b")),
    ("delivery", _either(r"送|快递|驿站|门口|配送|包裹|包装|礼盒|上楼|宅配|超商|塑料袋", r"\b(?:deliver\w*|courier|parcels?|doorstep|porch|locker|packag\w+|neighbou?r|door)\b")),
    ("payment", _either(r"支付|付款|信用卡|花呗|刷卡|转账|货到付", r"\b(?:pay|paypal|card|visa|alipay|cash)\b")),
    ("dietary", _either(
        r"过敏|敏感|吃|喝|辣|糖|素|清真|牛奶|花生|坚果|乳糖|麸质|咖啡|茶|甜|酸|苦|咸|烘|口味|香菜|拿铁|忌",
        r"\b(?:allerg\w+|intoleran\w+|eat|drink|vegan|vegetarian|pescatarian|muslim|halal|kosher|gluten|sugar|nuts?|peanuts?|spicy|coffee|tea|milk|dairy|roasts?|decaf|sweet|meat|coeliac|celiac|diabetic|lactose)\b")),
    ("brand", _either(r"品牌|牌子|国产|苹果|华为|小米|耐克|阿迪|李宁|索尼|果粉", r"\bbrands?\b|\b(?:apple|nike|adidas|huawei|xiaomi|sony|samsung)\b")),
    ("attribute", _either(
        r"[红蓝绿黑白灰粉紫黄]色?|颜色|色|码|尺寸|款|风格|复古|宽松|紧身|棉|麻|丝|羊毛|材质|环保|塑料|静音|小巧|简约|花里胡哨|穿",
        r"\b(?:colou?rs?|black|white|blue|red|green|gr[ae]y|pink|purple|yellow|size|cotton|linen|wool|silk|leather|fit|loose|tight|style|material|plastic|quiet|small|plain|vintage|wear)\b")),
    ("category", _either(r"衣服|鞋|裤|裙|电子|家电|书|玩具|护肤|香水|豆子|键盘|杯", r"\b(?:clothes|shoes|books?|toys?|gadgets?|perfume|beans|dress(?:es)?|mugs?|keyboards?)\b")),
)  # fmt: skip

_PROMOTION_ZH: Final = r"(?:广告|促销|营销|推销|推广|优惠(?!券)|推送|活动(?:信息|通知|短信)?|上新|新品|打折(?:信息)?)"
_PROMOTION_EN: Final = r"(?:ads?|adverts?|advertising|marketing|promos?|promotion(?:s|al)?|newsletters?|offers|deals|discounts|spam|news|new arrivals)"
CONSENT_NO: Final = _either(
    rf"(?:别|不要|不想|不愿|停止|停掉|取消|拒绝|不用|不许|不准|少)(?:再)?.{{0,8}}{_PROMOTION_ZH}|退订|{_PROMOTION_ZH}.{{0,4}}(?:别|不要|不用)(?:再)?(?:发|推|给我)",
    rf"\bunsubscribe\b|\bopt(?:ing)? out\b|\b(?:don't|do not|stop|no more|never|not want)\b.{{0,30}}\b{_PROMOTION_EN}\b",
)
CONSENT_YES: Final = _either(
    rf"(?:可以|愿意|同意|欢迎|希望|想|请|麻烦|记得).{{0,8}}(?:发|收到?|接收|订阅|推送|通知|告诉).{{0,8}}{_PROMOTION_ZH}|{_PROMOTION_ZH}.{{0,6}}(?:可以|请|记得|欢迎)(?:发|告诉|通知|推送?)",
    rf"\b(?:subscribe me|sign me up|opt(?:ing)? in)\b|\b(?:you can|you may|please|feel free to|happy to|i'd like to|i want to|i would like to|ok to|i agree to)\b.{{0,12}}\b(?:send|receive|get|email|message)\b.{{0,25}}\b{_PROMOTION_EN}\b",
)
