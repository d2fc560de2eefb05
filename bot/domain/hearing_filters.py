"""Hold the words that decide whether a clause counts, for folded text of both languages, and those around an object."""

import re
from typing import Final


def _either(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


QUESTION: Final = _either(
    r"\?",
    r"吗|(?<!没)有没有|有冇|是不是|系咪|能不能|可不可以|可不可|会不会|要不要|好不好|需不需要|什么(?!都|也)|乜|"
    r"(?<!不)怎么|怎样|点样|如何|(?<!无论)哪(?!怕)|多少|为啥|为何|咋|几[点个时天号]|谁|是否|能否|"
    r"([\u4e00-\u9fff])[不没]\1|(?<=[\u4e00-\u9fff])不\W*$",
    r"[呢么嘛](?:\W|$)",
    r"^\W*(?:does|did|can|could|is|are|was|were|what'?s?|which|where'?s?|why|how|who|when(?= (?:do|does|did|will|is|"
    r"are|can)\b)|will|would|should|shall|have (?:you|they|u)|has|do(?= (?:you|u|i|we|they)\b)|any (?:chance|idea|"
    r"recommend)|got any|anyone|anybody)\b",
    r"\b(?:wondering|curious|can i|could i|may i|do you|does it|have you got|is there|are there|not sure (?:if|"
    r"whether)|whether|recommend)\b",
)
ASKED_POLITELY: Final = re.compile(
    r"^\W*(?:(?:can|could|would|will) (?:you|u|i|we)(?: please| pls| kindly| just| be so kind as to)*(?= (?:not|stop|"
    r"always|only|never|make sure|use|leave|call|text|e-?mail|deliver|write|speak|reply|send|contact|message)\b)|"
    r"(?:请问)?(?:你们)?(?:能不能|可不可以|可以|能|能否|可否)(?:请|麻烦|帮我|以后|你们|都|给我)*(?=别|不要|不用|不好|"
    r"以后|每次|下次|放|用|晚|早|改|发))"
)
"""A wish that only has the shape of a question: "could you please not call me"."""
FOR_GOOD: Final = _either(
    r"以后|今后|往后|每次|次次|永远|一律|从现在",
    r"\b(?:always|from now on|in (?:the )?future|(?:next|every) time|ever again|going forward)\b",
)
LASTS: Final = _either(
    r"以后|今后|每次|下次|别|不要|不好|一律|都|从现在",
    r"\b(?:not|stop|always|only|never|from now on|in future|in the future|next time|every time)\b",
)
IF_POSSIBLE: Final = _either(
    r"(?:如果|要是)?(?:可以|方便|可能|行)的话|如果(?:可以|方便|可能|行)|有可能的话|若可以",
    r"\bif (?:possible|you can|you could|that'?s? (?:ok(?:ay)?|possible|fine|alright)|it'?s (?:ok(?:ay)?|possible|"
    r"not too much trouble)|available|poss|you don'?t mind)\b",
)
IF_NOBODY_HOME: Final = _either(
    r"(?:如果|要是|万一|若)?(?:我|家里)?(?:没人|不在家?|没有人|无人)(?:在家?|接|应|签收|的话|时|的时候)*",
    r"\bif (?:i'?m|we'?re|nobody'?s?|no one'?s?|no-one|there'?s no ?one|i am|nobody is|i don'?t)\b.{0,12}?\b(?:home|"
    r"in|out|answer\w*|there|about)\b",
)
SUPPOSED: Final = _either(
    r"如果|要是|假如|假设|万一|倘若|若是|(?:喜欢|要|想|有|能|可以|买|用|收|吃|喝|退|换|是|不)[^,]{0,6}的话|比如说?我|"
    r"就算|即使|要不是|除非",
    r"\bif\b|\bsuppose|\bwhat if\b|\bimagine\b|\bunless\b|\beven though i may\b|\bmight (?:like|prefer|want)\b|"
    r"\blet'?s say\b|\bsay i\b|\bassuming\b|\bin case i\b|\bwould have\b",
)
PAST: Final = _either(
    r"(?:^|[我咱俺家人她他孩子儿女妈爸,])们?(?:以前|曾经|小时候|从前|过去|年轻时|那时候?|当年|之前)|曾经|小时候|本来|"
    r"原来|原本|当初|寻日|昨日|细细个|年轻的?时候?|那会儿(?=喜|爱)|(?:之前|以前|上次|去年).{0,4}(?:喜欢|爱|用|穿|吃|"
    r"喝|钟意|想要)|不再(?:是|喜欢了)?那么|早就不|过去(?:很|都|一直|喜)",
    r"\b(?:used to|previously|back then|in the past|as a (?:child|kid|boy|girl|student|teenager)|when i was|before i|"
    r"years ago|once (?:liked|loved|preferred)|last (?:year|time|week|month) i|formerly|in my (?:youth|twenties)|no "
    r"longer (?:like|love|prefer|need|want)|grew up|at the time|back in)\b",
)
STILL: Final = _either(r"现在|至今|到现在|如今|而家", r"\b(?:now|still|nowadays|these days|today)\b")
NOT_SAID: Final = _either(
    r"不是说|没说|没讲|听说|据说|谁说|不代表|不是不|并不是(?:我)?|不等于|不见得|未必|不一定|开玩笑|假装|"
    r"不是我(?:不)?(?:喜欢|爱)",
    r"\bnot that (?:i|we)\b|\b(?:didn'?t|never|not) (?:say|said|saying|mean|meant)\b|\bwould(?:n'?t)? (?:like to "
    r"know|love to know|say)\b|\bdoesn'?t mean\b|\bjust kidding\b|\bpretend\b|\bit'?s not (?:that|like) i\b|\bwho "
    r"said\b|\bnot necessarily\b",
)
SOMEBODY_SAID: Final = _either(
    r"(?:他们?|她们?|客服|商家|卖家|店家|店员|你们?|您|网上|页面|详情页?|说明书?|广告|包装上|人家|朋友|同事|评论|"
    r"评价|别人|大家|有人|导购|主播|小编)(?:都|里|上|家|总|老|一直|还|成日)*(?:说|话(?!费|题)|写|讲|推荐|宣传|号称|"
    r"介绍|以为|觉得|认为|问)",
    r"\b(?:he|she|they|people|everyone|somebody|someone|reviews?|reviewers?|site|website|listing|label|box|"
    r"description|seller|agent|advert|ad|page|article|friend|colleague|assistant|it|you|some|others|doctors?) "
    r"(?:said|says|say|told|tells|claims?|claimed|wrote|mentioned|reads|thinks?|assume[sd]?)\b(?! i (?:can'?t|must|"
    r"should|have))",
)
NOBODY_IN_PARTICULAR: Final = _either(
    r"大家都|别人都|很多人|人人|谁不|每个人|女生都|男生都|所有人|一般人|大多数人|现在的?年轻人",
    r"\b(?:most|some|many|few) (?:people|customers|women|men|kids|folk)\b|\b(?:everyone|everybody|people|someone|"
    r"nobody|anyone|who doesn'?t|who) (?:likes?|loves?|hates?|prefers?|wants?)\b|\byou (?:like|love|hate|prefer|"
    r"want)\b",
)
NEWS: Final = _either(
    r"明明|来的是|寄来|收到|订的是|备注|永远收|没[有人给收到打来送接]?|未到|错|漏|坏|破(?!壁)|烂|丢|骗|居然|竟然|"
    r"结果|到现在|还没|少[了发寄]|显示|换成|换个|换大|换小|换过|换一|改成|改到|改寄|改送|改为|想换|想改|转去|约好|"
    r"约了|说好|查|明天|今天|后天|多久|还是.{1,6}寄|不知|霉|湿|被|失踪|[行寄派送名发]不$|几多|忙线|占线|先到|才到|"
    r"通电话|回个?电话|打个电话|负责人|同事|职员|专人|安排个人",
    r"\b(?:swap|change|changed|switch|exchange|instead of|came|arrived|delivered|was|were|didn'?t|hasn'?t|never "
    r"(?:came|arrived|got)|missing|broken|still|fails?|failed|late|wrong|asks?|keeps|threw|shouted|tomorrow|today|"
    r"this (?:morning|afternoon)|promised|sent|got|gave|cut|dropped|phone me|somebody|someone|need to ring|call back|"
    r"no one|nobody|one'?s|cancel|bought)\b",
)
"""What tells of something that happened or of one order tells no lasting wish."""
HEDGE: Final = _either(
    r"可能|好像|也许|大概|似乎|应该|不太确定|说不定|或许",
    r"\bmaybe\b|\bperhaps\b|\bi think\b|\bi guess\b|\bprobably\b|\bpossibly\b|\bnot sure\b|\bmight\b",
)
MILD: Final = _either(
    r"有点|比较|还行|稍微|略|偏|不太|不怎么|一点",
    r"\b(?:kind of|kinda|sort of|a bit|quite|don'?t mind|rather|slightly|not really|not much of|fairly)\b",
)
STRONG: Final = _either(
    r"超|最|特别|非常|绝对|千万|一定|必须|从不|从来不|只[要用吃喝穿买认]|死|严重|极|巨|狂|永远|坚决|一律|务必|讨厌|"
    r"憎|痛恨|受不了|过敏|每次|真的很",
    r"\b(?:love|loves|hates?|loathe|detest|adore|always|never|only|absolutely|really|severely|severe|deathly|can'?t "
    r"stand|cannot stand|must|strictly|strict|favou?rite|definitely|obsessed|addicted|allergic|any circumstances|"
    r"massive|huge|totally|ever)\b",
)
CUT_ENGLISH: Final = re.compile(
    r"\s*(?:[,;:(]|\s-+\s)|\s+(?:because|cause|cos|coz|since|so(?= (?:i|we|please|don'?t|can|could|if|that|pls|no|"
    r"it))|when(?:ever)?(?= (?:i|we|it|you))|if|unless|as (?:i|it|they|we)|which|although|while|where|and (?:i|"
    r"please|my|don'?t|it|that|they|he|she|we|never|not|no|hate|love|only|always|can|also|is|it'?s|there|so|then|"
    r"would|am)|but|though|than|rather than|instead(?: of)?|due to|thanks|thank you|thx|ty|please|pls|plz|btw|lol|"
    r"haha|tbh|for (?:health|religious|medical|ethical) reasons|even|except|unlike|xx?|mate)\b.*$"
)
CUT_PREFERRED_TO: Final = re.compile(r"(?<=\w) (?:to|over|above) \w.*$")
CUT_CHINESE: Final = re.compile(
    r"(?:因为|所以|由于|不然|否则|,|;|:|这样|会比较|谢谢|麻烦|(?<=.{2})(?:就好|就行|就可以|就得|即可|更好|最好|"
    r"比较好|为主|优先|都行|都可以|也行|可以吗)|(?<=..)[,\s]*(?:记一下|记住|备注一下|帮我记)|而不是|胜过|多过|多于).*$"
)
LEADING: Final = re.compile(
    r"^(?:[\s\"'*:,-]|给我(?=.)|的(?!士)|了|着|是|把|(?:东西|快递|包裹)(?=[放寄送])|那种|这种|一[点些](?=.)|please\b|"
    r"to\b|the\b|an?\b(?!\w)|any(?:thing)?(?: with)?\b|that(?: i)?\b|some(?:thing)?\b|all\b|my\b|your\b|for\b|with\b|"
    r"it when\b|you(?: guys)?\b|to be\b|be\b|being\b|getting\b|having\b|it if\b|of\b|your lot\b)+"
)
TRAILING: Final = re.compile(
    r"(?:[\s\"'*~!-]|的|了|啊|呀|吧|哦|呢|哈|嘛|啦|喔|耶|喽|咯|哟|噢|啰|嘞|诶|欸|㗎|滴|就好|就行|就可以|就可以了|"
    r"都行|记一下|谢谢|谢啦|哈哈|拜托|多|\b(?:please|thanks|thank you|thx|pls|plz|at all|very much|so much|a lot|really|"
    r"anymore|any more|ever|ever again|again|tho|though|much|the most|the best|best|most|too|either|as well|always|"
    r"personally|only|instead|for me|any|more|lol|ok|okay|guys|and|or|but|plus))*$"
)
EMPTY_OBJECT: Final = _either(
    r"[你您我他她它]们?|这[个些样种次边里]?|那[个些样种边里]?|还|又.*|就.*|他们?.*|别的|其他的?|东西|什么|"
    r"一?[点个些下]|[吃喝用穿买看]|上|去|来|得|到|过|死|极|自己|多|好|行|有|这么.*|那么.*|一样|差不多|随便|都|人|钱|"
    r"时间",
    r"(?:it|this|that|them|these|those|you|your?s|him|her|one|ones|some|things?|stuff|me|us|so|to|too|what|all|both|"
    r"either|everything|anything|nothing|something|people|more|less|better|not|yes|no|ok|okay|much|way|how|here|"
    r"there|now|sure|do|be|a|the|and|or)",
)
FAR_FROM_TASTE: Final = _either(
    r"^(?:一|一[吃喝碰].*|受|口|飞|据|着|多少|这个点|都是.*|打|打来|这个|那位.*|等)$|礼物|收到|送人|改|退款|退货|"
    r"退钱|退换|换货|退费|投诉|人工|真人|活人|客服|订单|查|问|知道|解释|赔|取消|你们(?![家的个])|您们|这么|这样|"
    r"等(?:了|这么|太|你)|说话|帮忙|帮我|服务(?!人员)|态度|给个说法|道歉|道理|处理(?!的)|解决|密码|账号|登录|确认|催|"
    r"补发|补寄|申请|注销|改地址|修改|转接|评价|好评|差评|质检|欺骗|骗|忽悠|浪费|麻烦|生活|星期[一二三四五六日]上班|"
    r"等待|排队|加班|上学|考试|老师布置|天气|下雨|说明|教程|活动吗|报价|怎么|拿回|钱还|发货|到货|催单|好运|开心|聊天|"
    r"笑话|故事|唱歌|机器|死人|死你|不及|告白|女生|男生|那[个位]人|流程|营业|额度|^包装|^包裹[^放]",
    r"\b(?:refund\w*|complain\w*|complaints?|agent|human|representative|order(?:s|ed)?(?! from)|know|ask|speak|talk|"
    r"explanation|cancel\w*|return(?:s|ed|ing)?|help|wait(?:ed|ing)?|treated|how you|the way you|see|find|track\w*|"
    r"money back|exchange|replac\w+|compensat\w+|apolog\w+|manager|supervisor|customer service|your service|service|"
    r"answers?|someone|somebody|question|update|password|account|login|issue|problem|fix\w*|resolved?|sorted|weather|"
    r"joke|monday\w*|this (?:app|site|bot|company)|robots?|bots?|explain\w*|confirm\w*|check|change my|close my|"
    r"reset|review|feedback|you|idiots?|scam\w*|lies|liars?|time|life|job|school|play(?:ing)?|fun|music lessons|"
    r"wasting|being|story|song|discuss|report|swap|send back|bother|excuses|nuisance|day|evening off|boss|teacher|"
    r"homework|traffic|girl|brother|questions?|wrong|right|tables?|flight|letter|didn'?t|not to|learn|dye|sell|your "
    r"name|whole thing|fine|alright|enough|ok|okay)\b",
)
