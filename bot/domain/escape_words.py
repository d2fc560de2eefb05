"""Hold the words with which a person is asked for: misspellings, wishes, denials and mere mentions; for folded text."""

import re
from typing import Final

MISSPELT: Final = re.compile(
    r"(?P<人工>\bren ?gong\b|(?<!责)任工(?![作程会厂具])|人公(?![司里园斤交分众告主寓])|人攻(?!击)|人宫|仁工|壬工|"
    r"人エ)|(?P<真人>\bzhen ?ren\b|真认|(?<=[转找要换接请])[针镇珍贞]人(?!民)|^[针镇珍贞]人$|正人(?=客服)|"
    r"人肉(?=客服))|(?P<转>\bzhuan\b|[砖传赚](?=人工|真人|客服|接人))|(?P<转接>\bzhuan ?jie\b|转[街结届阶]|"
    r"驳(?=[去线到返])|转驳)|(?P<客服>\bke ?fu\b|客 ?fu|客付|可服|客伏|客户服务|客户主任|客服主任|客服人员|"
    r"客服小姐姐?|客服妹子|客服姐姐)|(?P<专员>专[原圆园]|转员)|(?P<human>\b(?:hum[ae]?n+|humna|huamn|hooman|humen|"
    r"hyman|hman|humman|uman)\b)|(?P<agent>\b(?:agnet|agant|aget|agennt|ajent|agen|aagent)\b)|"
    r"(?P<representative>\b(?:rep(?!resentative\b)r?[aei]?s[aei]?n?t[aei]?t[ai]?v?e?|repersentative|"
    r"represent[ai]tive?|reps?)\b)|(?P<person>\b(?:reel person|persn|preson|peron|perosn|persson|prson|parson)\b)|"
    r"(?P<customer>\b(?:custmer|costumer|custumer|cutomer|custome|cust)\b)|(?P<service>\b(?:servis|sevice|servce|"
    r"serivce|servic|srvice)\b)|(?P<talk>\b(?:tlk|tok|tallk|tak|takl)\b)|(?P<speak>\b(?:speek|spek|spk|speack|speka|"
    r"sepak)\b)|(?P<someone>\b(?:somone|sum1|some1|sombody|somebdy|someome|smeone|any1)\b)|(?P<operator>\b(?:opertor|"
    r"oprator|operater)\b)|(?P<connect>\b(?:conect|connct|conncet)\b)|(?P<transfer>\b(?:transfr|tranfer|trasnfer|"
    r"transfere)\b)|(?P<manager>\b(?:manger|maneger|manageer|mgr)\b)"
)
_PERSON: Final = (
    r"(?:真人客服|人工客服|真人|大?活人|人工|人类|真正的人|活生生的人|有血有肉的人|活的|会?喘气[儿]?的|会说人话的|"
    r"真的人|真实的人|human ?agent|human|agent|operator|real ?person)"
)
_STAFF: Final = (
    r"(?:客服|坐席|座席|专员|经理|主管|领导|负责人|负责的|工作人员|服务人员|店长|店员|职员|同事|同仁|老板|主任|"
    r"接线员|话务员|管事的|上级|高层|技术人员|导购|顾问|理专|行员|窗口|专人|管理员|值班的?|懂行?的人?|能做主的人?|"
    r"能拍板的人?|部门)"
)
_ONE: Final = (
    r"(?:一下|你们?那?|您们|贵公司|的|那?个|一个|一位|位|名|返个?|返|售后|在线|上级|部门|公司|那边|直接|马上|立刻|"
    r"赶紧|快|懂.{1,6}的|会讲.{1,4}的|能.{1,6}的)*"
)
_DO: Final = r"(?:说|聊(?!天)|讲|谈|沟通|对话|倾|通话|通电话|对接|交流|唠|反映|反应|解释|咨询|问)"
_BEFORE_END: Final = (
    r"(?=$|来|跟|和|同|与|说|讲|问|帮|接|聊|回|理|出|吧|啦|呀|嘛|呢|行|好|吗|谈|处理|给|打|联系|服务|谢)"
)

WISHES: Final = (
    # to be passed on, to be given one
    rf"(?:转|转接|接|接通|驳|转去|切|切换)(?:接|到|给|去|至|成|入|回|不了|不到|我|一下|帮我)*{_ONE}(?:{_PERSON}|"
    rf"{_STAFF}|人{_BEFORE_END}|[^,]{{0,5}}部门?(?:的人)?$)",
    rf"(?:找|要|换|叫|请|让|来|给我|想|喊|派|安排|约|出|整|摇|求|呼叫|联系|连线|上|需要|等|接受)(?:帮我|给我|"
    rf"我)?{_ONE}{_PERSON}(?!智能|成本|费用?|种植|草坪|养殖|湖|降雨|受孕|授精|耳蜗|皮|泪液|智慧|合成)",
    rf"(?:找|换|叫|请|让|喊|派|安排|麻烦|呼叫|连线|转|驳|需要|约|来|接)(?:帮我|给我|我)?{_ONE}{_STAFF}(?:们|"
    rf"人员)?(?:的?人)?(?:$|来|出来|出面|跟|和|同|与|回|打|联系|联络|接|加|给我|处理|服务|吧|谢|一下|说|讲|谈|帮|听|"
    rf"跟进|协助|介入|过来|负责|沟通|,)",
    rf"(?:找|换|叫|请|来|喊|派|安排|摇|整|搵|给我|让){_ONE}(?<!别)人(?:$|来(?!不|自)|跟我|和我|同我|与我|说|讲|聊|谈|"
    rf"回我|理我|出来|吧|啦|帮我|帮忙|处理|给我(?:打|回)|打(?:给我|电话)|接(?!单)|联系我|联络我|过来|覆我|问(?!题))",
    r"我要[^,]{1,4}部的?人",
    rf"(?:我要|我想|想|要|帮我|直接)(?:找|联系|联络|接|转)(?:一下|你们|下)*(?:的)?{_STAFF}",
    # to talk with one
    rf"(?:跟|和|同|与)(?:你们?|您们?|贵司|贵公司|贵行)?[^,不机器]{{0,8}}?(?:{_PERSON}|{_STAFF}|"
    rf"(?<![别机])人)(?:人员)?(?:直接|"
    rf"当面|亲自|好好|再|来|单独)*{_DO}",
    # whether there is one
    rf"(?:有|有没有|有冇|有无|还有|冇|没有?|有木有|就没个){_ONE}{_PERSON}",
    rf"(?:{_PERSON}|人工)(?:客服)?(?:在吗|在不在|在哪|呢|出来|快|能不能|可以吗|有吗|有没|到底|怎么(?:找|接|转)|滴有)",
    rf"(?:怎么|如何|怎样|点样)(?:才能)?(?:找|接通|转|联系|接|出)(?:到)?(?:{_PERSON}|客服)",
    rf"{_PERSON}同我|{_PERSON}(?:帮我|回复|回我|接|处理一下|来处理|介入|回拨|协助|查询)",
    r"人工(?:客服|服务|坐席|座席|专员|台)(?:$|[,!谢吧啊呀请])|^(?:请|要|找|我要|麻烦|快)?(?:真人|活人|人工|专员|转接|"
    r"真人客服|人工客服|转人工|专人服务|人工服务)+(?:服务|一下|啊|呀|吧|啦|呢|谢谢|谢了|please|pls|!)*$",
    # to be called back
    rf"(?:让|请|叫|安排|麻烦|派|找|能不能|可以|可不可以|能有|可以有){_ONE}(?:{_STAFF}|人|师傅|小伙子?|姑娘|"
    rf"少年仔)(?:直接|尽快|先|能)?(?:跟|和|同|与|给|加)?我?(?:联系|联络|回|打|来|致电|覆)(?:个)?(?:我|电话|微信|电|"
    rf"给我|过来)*",
    rf"(?:让|请|叫|麻烦|安排)[^,不没]{{1,8}}?{_STAFF}(?:跟|和|同|与|给|加|覆)我(?:联系|联络|联繫|回|打|电话|微信|通话)",
    r"(?:请|麻烦|能不能|可以|可不可以|尽快|马上|给我|能)(?:给我|你们)*(?:回电|回个?电话|打个?电话给我|回拨)(?:给我|"
    r"我)?(?:$|吧|吗|谢|一下|好吗)",
    r"^.{0,3}(?:人工|真人)(?!智能|智慧|成本|费|草|种|牛|湖|受|授|耳|皮|泪|合|降|器|发|工|材|肉)(?:服务|"
    r"客服)?(?![很太真]|专业|不错|没用|差|好)[^,吗几多]{0,3}$|(?:人工|真人)(?:服务|客服)?(?:在哪|怎么联系|来一下|"
    r"处理|核实|审核|入口)",
    r"^(?:在线|你们)?客服(?:呢|快?出来|快来|在哪|去哪|人呢|请出来)|(?:我要|我要的是|直接找)人(?:$|了)|^来人(?:啊|呀|$)",
    r"(?:转|转接|接通|转给)(?:一下|给我|我|到)*售后|升级(?:到|给)?(?:你们?|上级|处理)|^(?:请|麻烦)?给我(?:打|"
    r"回)个?电话(?:吧|嘛|谢谢)?$",
    r"(?:让|请|叫|找)[^,不没别给]{1,10}的人(?:来(?!的)|出来|覆|联系|跟我|和我|接|回|直接)|"
    r"(?<!没)有(?:没有)?[^,不没]{0,8}(?:客服|职员|专人|专员|服务人员|管事的|值班的)(?:人员)?(?:吗|可以|能|没$|冇$|接)",
    r"(?:跟|和|同)(?:你们)?(?:的)?(?:sales|technician|hr|cs|理赔员|承办人|经手)[^,]{0,3}(?:说|聊|讲|谈|倾|对)",
    # English
    r"\b(?:talk|speak|chat|converse|deal|explain (?:it|this|things))(?:ing)? (?:directly |live )?(?:to|with|2) "
    r"(?:(?:a|an|the|your|any|some|one|of|another|with|proper|real|live|actual|human|senior|my|in|different|"
    r"qualified|whoever)\W+)*(?:\w+ (?:of )?)?(?:humans?|person|people|agents?|representatives?|operator|supervisor|"
    r"manager|advis[eo]rs?|staff|member of staff|employees?|colleagues?|boss|specialist|executive|someone|somebody|"
    r"anyone|anybody|customer (?:service|care|support)|support|expert|department|team|line manager|is in charge|"
    r"consultant|engineer)\b",
    r"\b(?:want|wanna|need|get|give|require|prefer|send|find|have|bring|fetch|connect|transfer|switch|put|reach|call|"
    r"see|contact|like)(?: me| us| to| you| with| through| thru| on| onto| over| hold of| in touch with| 2| back)* "
    r"(?:(?:a|an|the|your|ur|any|some|another|with|to|thru|proper|real|live|actual|human|senior|different|please|"
    r"alive|speak|talk|one of your|customer service|customer care|customer support|support)\W+)*(?:humans?|real one|"
    r"person|(?<!travel )(?<!estate )(?<!cleaning )(?<!user )agents?|representatives?|operator|supervisor|manager|"
    r"advis[eo]r|staff|member of staff|employee|colleague|boss|specialist|executive|customer (?:service|care|"
    r"support)|(?:someone|somebody|anybody|anyone|people)(?: (?:real|human|alive|else(?!')|senior|with a (?:pulse|"
    r"brain)|from your|on the (?:phone|line)|who (?:understands|can|knows|works)|in (?:charge|person|the "
    r"team))))\b(?! (?:account|app|software|id|size))",
    r"\b(?:put|pass|hand|transfer|connect|direct|forward|switch|move) me (?:through|over|on|onto|up|to|with|back|now|"
    r"please|pls|$)|^(?:transfer|connect|escalate)(?: me)?(?: please| pls| now| asap)*$|\bescalate (?:this|it|me|my|"
    r"to)\b",
    r"^(?:a |an |the |just |get me |your )?(?:(?:real|live|actual|human) )?(?:human(?: being)?|agent|operator|"
    r"representative|person|people|manager|advis[eo]r|customer (?:service|support|care)|support|supervisor|live "
    r"(?:chat|agent|support|help)|staff)(?:\W+(?:please|pls|plz|now|asap|thanks|human|agent|representative|needed|"
    r"number|support|person|here|there))*$",
    r"\b(?:can|could|would|may|let|have|please|is it possible for) (?:a|an|one of|some|your|another|any|actual|real|"
    r"\w+)* ?(?:\w+ )?(?:person|human|staff|agent|representative|expert|advis[eo]r|colleague|employee|operator|"
    r"member of (?:your )?(?:staff|team)|supervisor|specialist)"
    r" (?:step in|take over|takeover|read|answer|help|join|look|reply|handle|decide|call|ring|phone|contact|get in "
    r"touch|come|talk|speak)\b",
    r"\b(?:get|find|put|give|send|bring|fetch) (?:me )?(?:someone|somebody)(?: on| please| now| else)*$|\b(?:i "
    r")?(?:just )?(?:need|want) (?:someone|somebody)(?: please| now| real| else)*$|\bhelp from a (?:person|human)\b",
    r"\b(?:explain|discuss|forward|pass|hand|transfer|refer|give)(?:ing)? (?:(?:it|this|that|things|everything|my|"
    r"the|over|case|message|question|issue|request|matter|me) ){0,3}(?:to|with) (?:(?:a|an|the|your|one of your|any|"
    r"some|real|another) )*(?:human|person|someone|somebody|staff|colleague|agent|member of (?:your )?(?:staff|team)|"
    r"manager|supervisor|employees?)\b",
    r"\btransfer (?:this|the|my) (?:chat|conversation|call)\b|\b(?:please )?connect me$|\bwait(?:ing)? for (?:a|an|"
    r"the)(?: real| live)? (?:person|human|agent|representative|advis[eo]r|operator)\b|\bis there an? (?:person|"
    r"human|agent|representative)\b",
    r"^(?:customer |service |sales |support |team leader|duty |shift |line )*(?:representative|agent|team leader|"
    r"manager|supervisor)(?: please| pls| now)*$|\bescalation please\b|\bany (?:agents?|advis[eo]rs?|staff|"
    r"humans?)(?: \w+)? (?:online|home|around|available|there)\b",
    r"\blive chat with (?:a|an|your)\b|\b(?:want|need|like|have) to (?:speak|talk) (?:to|with) (?:the |your "
    r")?(?:owner|billing|sales|accounts|technical|complaints|concerned|relevant)\b|^who(?:'s| is) your (?:supervisor|"
    r"manager|boss)",
    r"\b(?:human|live) (?:please|pls|now|agent|support|assistance|help|person|operator|representative|advisor|chat "
    r"with)\b",
    r"\b(?:is there|are there|got|any|have you(?: got)?|do(?:n'?t)? you(?: not)? have|wheres?|where'?s|where are|"
    r"anyone|anybody|someone|somebody) (?:truly |no |not |any |a |an |the |all the |one |there )*(?:real|live|actual|"
    r"human|living|flesh)(?: \w+)? ?(?:humans?|person|people|agents?|beings?|advisor|staff|here|there|around|online|"
    r"available|assistant|working)?\b|\b(?:someone|somebody|anyone|anybody|person) (?:real|human|alive|there in "
    r"person)\b|\breal (?:person|human|people|agent|advis[eo]r)\b(?= (?:please|pls|or not|now|here|available)|\W*$)",
    r"\bwho(?: else)? (?:can|could|do|should) i (?:talk|speak)\b|\b(?:one|member) of (?:your|the|my)? "
    r"?(?:colleagues?|staff|team) (?:could |can |to |i may |please )*(?:call|ring|phone|give|contact|take|talk|look|"
    r"help)",
    r"\b(?:can|could|may|would|please|pls|kindly|have|get|let|arrange for|ask|is it possible for) (?:you |your |a |"
    r"an |some|the |one of (?:you|your colleagues) |have )*(?:someone|somebody|one|colleague|human|person|advis[eo]r|"
    r"manager|specialist|agent|member of (?:your )?staff)\b[^.?!]{0,25}?\b(?:call|ring|phone|contact|help|take over|"
    r"look|get back|give me a (?:ring|call)|talk|speak|reach out|answer|reply)",
    r"^(?:can (?:you|u) |could you |please |pls |kindly |just )*(?:call|phone|ring) me(?: back)?(?: please| pls| "
    r"asap| now| today|,? a person)*$|\b(?:request|arrange|want|need|like|book|schedule)\b[^.?!]{0,12}\b(?:a "
    r")?(?:call ?back|phone call|return call)\b",
)  # fmt: skip
"""Ways of wanting a person; a clause that also denies it (``DENIALS``) or only speaks of one (``MENTIONS``) does not count."""
NO_MACHINE: Final = (
    r"(?:不|别|唔|再)(?:要|想|愿意?|用|好|能)?(?:再)?(?:跟|和|同|与|拿)?(?:你这个?|这个?)?(?:机器人?|机械人|ai|bot|"
    r"程序|系统|自动回复|智能客服)(?:$|说|聊|讲|谈|对话|沟通|糊弄|回|来|了|嘥|打发|敷衍|那种|的)|跳过机器人|"
    r"(?:机器人|机械人|ai|bot)(?:走开|退下|滚|别闹|闭嘴)|别让(?:机器人|ai)|(?:总是|都是|又是|全是|还是)(?:机器人?|"
    r"机械人|ai)(?:在)?(?:回|答|$)",
    r"(?<!扫地)(?<!拖地)(?<!擦窗)(?<!炒菜)(?:机器人|机械人|智能客服|ai客服)(?:根本|完全|都|真的|也|就是|就|太|好|真|"
    r"实在)*(?:听不懂|看不懂|没用|没有用|不懂|解决不了|帮不[了到]|笨|蠢|答非所问|搞不定|不行)",
    r"\b(?:not|no|don'?t want|do not want|stop|without|enough|skip|bypass|sick of|tired of|fed up with|hate|rather "
    r"than|instead of|isn'?t working with|anything but)(?: to)?(?: (?:a|an|the|any|this|these|your|more|another|"
    r"talk(?:ing)?|speak(?:ing)?|chat(?:ting)?|deal(?:ing)?|to|with|by|2))* (?:chat ?bots?|bots?|robots?|machines?|"
    r"ai|automated (?:\w+)|automation|computers?)\b(?! (?:vacuum|mop|cleaner|lawn|toy|hoover))",
    r"\b(?:bot|chatbot|robot|machine|ai)(?: is| does| can| keeps?|'s)? ?(?:so |just |really |totally |completely |"
    r"not |n'?t )*(?:useless|stupid|understand(?:ing)?|help(?:ing|ful)?|hopeless|dumb|getting it)\b(?<!bot help)|"
    r"\btoo (?:complicated|complex) for (?:a|this) (?:bot|robot|machine|chatbot)\b|\b(?:hand|give) (?:me |this |it "
    r")?over to\b|\bhuman eyes\b|\bget off the line\b",
)  # fmt: skip
"""Ways of wanting anybody but a machine; their "not" denies no person."""
DENIALS: Final = (
    r"(?:不用|不要|不必|不想|不需要|别|无需|先不|不使|没必要|用不着|不是要|不是想|没有?(?:要|说要|想|打算)|没说|不找|"
    r"暂时不|莫|不好|免|谢绝|拒绝|取消)[^,.;!?]{0,6}(?:转|找|要|换|叫|接|人工|真人|活人|客服|打|联系|回电|派|专员|驳)",
    r"(?<!why )\b(?:don'?t|do not|didn'?t|no need|not|never|without|rather not|instead of|no)\b(?! you(?: not)? "
    r"have)(?! only)[^,.;!?]{0,30}\b(?:humans?|person|people|agents?|representatives?|operator|manager|supervisor|"
    r"transfer|connect|call|phone|ring|someone|somebody|anybody|anyone|staff|advis[eo]r|escalate|colleague)\b",
    r"\b(?:agent|human|person|manager)s? (?:is |are )?(?:not|n'?t|isn'?t|aren'?t) (?:needed|necessary|required)\b",
)
MENTIONS: Final = (
    r"(?:晚上|夜间|周末|节假日|凌晨|半夜|春节|国庆|假日|平时)[^,]{0,4}有[^,]{0,4}(?:客服|值班|人工)(?:的)?吗",
    # when they work, what they cost
    r"(?:人工|客服|坐席|真人|专员|店长|经理)[^,]{0,8}?(?:几点|几时|时间|上班|下班|营业|到几|什么时候|多久|收费|要钱|"
    r"工作日|周末|节假日|在线吗$)|(?:几点|什么时候|几时|多久)[^,]{0,8}?(?:人工|客服|真人)[^,]{0,4}(?:上班|下班|在|"
    r"服务|上线)|\b(?:what time|when|hours?|opening|until when|how long)\b[^,]{0,30}\b(?:agents?|humans?|staff|"
    r"representatives?|customer service)\b[^,]{0,20}\b(?:available|work|open|online|start|finish|close)?",
    # what they said and did
    r"(?:让我|叫我|要我|喊我)(?:去)?(?:找|联系|问)[^,]{0,3}(?:客服|人工|经理)|(?:找|联系)了?(?:客服|人工)(?:说|都|也|"
    r"没|不|好几|[0-9一两三四五])|(?:刚才|刚刚|昨天|昨日|琴日|上次|之前|前天|早上|上周|你们的?|那个|有个|今早|"
    r"上午)[^,]{0,6}(?:人工|客服|真人|专员|经理|店长|店员|主管)[^,]{0,4}(?:说|讲|告诉|答应|让我|叫我|回复|跟我|给我|"
    r"已经|态度|承诺|帮我|没|不|处理|挂)|(?:人工|客服|专员|经理|店长|主管)(?:小姐|人员|妹子|们)?(?:说|讲|告诉|答应|"
    r"承诺|让我|叫我|态度|已经|跟我说|很|太|真|也|都|却|居然|一直|挂|骂)|(?:刚才|刚刚|昨天|上次|之前|前天|"
    r"早上)[^,]{0,4}(?:转|找|联系|打|问|跟)[^,]{0,4}(?:人工|客服|真人|经理|专员)[^,]{0,3}(?:了|过|说|讲|聊|谈)",
    r"\b(?:agents?|representatives?|manager|person|supervisor|operator|staff|advis[eo]r|someone|somebody|colleague|"
    r"human)\b(?: (?:\w+ ){0,4}?)?(?:i|we) (?:talked|spoke|chatted|dealt)\b|\b(?:talked|spoke|chatted|spoken|was "
    r"told by|been told by|chat with|connected)\b[^,.]{0,25}\b(?:agents?|representatives?|manager|person|supervisor|"
    r"operator|someone|somebody|human|staff)\b|\b(?:your|the|an|that|one) (?:\w+ )?(?:agents?|representatives?|"
    r"manager|operator|supervisor|colleague|staff)(?: member)? (?:said|told|promised|was|were|hung|has|had|kept|did|"
    r"didn'?t|never|refused|already|yesterday|is (?:so )?rude|who)\b|\bare you (?:a |an )?(?:real|human|bot|robot|"
    r"person)\b",
)
INSISTENCE: Final = re.compile(
    r"转|我要|我想|给我|换|叫|找|让|请|接|搵|等|求|必须|\b(?:want|need|please|pls|can i|could i|let me|now|get me|"
    r"give me|put me|transfer|connect|like to|wanna|may i|can you|could you)\b"
)
CLAUSE_ENDS: Final = re.compile(
    r"[,;.!?\n~，、]|\bbut\b|但是|但|不过|还是(?=转|找|叫|让|给我)|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2})|"
    r"(?<=人)要(?=人工|真人)"
)
