"""Tell what a grievance is about: each word speaks for a topic with a weight, and the heaviest topic wins."""

import re
from typing import Final

from bot.domain.grievances import without_wishes
from bot.domain.script import fold

OTHER: Final = "other"
_COUNTED: Final = 3
_PLAIN: Final = 2
_STRONG: Final = 5
"""Words that leave no doubt: "sent the wrong one" is not about delivery although it was sent."""


def _topic(topic: str, weight: int, chinese: str, english: str) -> tuple[str, int, re.Pattern[str]]:
    return topic, weight, re.compile(rf"{chinese}|\b(?:{english})\b")


_WORDS: Final = (
    _topic(
        "wrong_or_missing", _STRONG,
        r"[发寄送给配拿装做上]错|少[发了寄送给装拿]|漏[发寄了送装单掉]|缺[少件货了]|空[盒包箱]|[颜]色不对|"
        r"[尺码型款]+[号码式]?(?:不对|错)|不是我[要买订点]的|只[收寄送给][到来了]?(?:一|半|[0-9])|"
        r"两只(?:左|右)|货不对板|发成|寄成|没有(?:配件|赠品)|配件(?:没|不全)|数量不[对够]|得返",
        r"wrong (?:item|size|colou?r|one|order|product|address|thing|shoes|model|food|parcel)|(?:sent|delivered|gave|"
        r"got|received) (?:me )?(?:the )?wrong|missing|not what i ordered|only (?:got|received|one)|"
        r"incomplete|forgot|got (?:beef|chicken|pork)|half (?:of )?(?:my|the) order|empty (?:box|parcel|package|"
        r"envelope)|left out|without the|two left|instead of|never included|forgot (?:to include|my)|not included",
    ),
    _topic(
        "product_quality", _PLAIN,
        r"坏|破(?!产)|裂|碎|断(?:了|掉|线|裂)|质量|品质|瑕疵|掉色|褪色|起球|开胶|脱胶|脱线|缩水|发霉|霉味?|异味|变质|"
        r"过期|馊|臭|虫|蟑螂|甲由|头发丝?|异物|拉肚子|吐|划痕|生锈|不耐用|做工|滴水|掉漆|发黑|烧|修了|维修|网络|断线|"
        r"冷气|"
        r"鼓包|冒烟|漏[电水油气]|不制冷|失灵|开不了机|充不进|网速|断网|没信号|难吃|难喝|没熟|生的|冷的|凉的|热水|"
        r"冷气|线头|用[两几一]?[天次]就|洗一次|烂(?:了|的|掉)|薄得|假皮",
        r"broke\w*|break\w*|damaged?|defect\w*|faulty|quality|crack\w*|torn|rip(?:ped|s)?|stain\w*|mou?ld\w*|fell "
        r"apart|falling apart|died|dead|stopped working|doesn'?t (?:work|fit|turn on|charge)|"
        r"not working|leak\w*|scratch\w*|rust\w*|shrank|shrunk|faded|peel\w*|loose|stitching|smell\w*|stank|stale|"
        r"rotten|expired|raw|hair in|cold food|disgusting|cheap(?:ly)?|flimsy|battery|"
        r"sole|seam|zip|burnt?|sparks?|overheat\w*|internet|signal|dirty|filthy|tastes?|sick|broadband|mbps|"
        r"dangerous|food|poison\w*|poor(?:ly)?|shoddy|wobbl\w+|unusable",
    ),
    _topic(
        "delivery", _PLAIN,
        r"快递|物流|[发送派到]货|配送|宅配|包裹|外卖|骑手|外送|[迟延]误|[迟晚]到|[没未][收送]?到|还没到|未到|不到货|"
        r"送货|派件|驿站|运输|压[扁坏]|淋[雨湿]|丢件|快件|签收|卡在|停在|没影|慢得|等了.{1,6}(?:天|周|礼拜|星期)",
        r"parcels?|packages?|deliver\w*|shipping|shipped|shipment|courier|late|arriv\w+|driver|post(?:man|al)|"
        r"tracking|transit|lost|porch|doorstep|"
        r"not (?:come|turned up)|took (?:\w+ )?(?:days|weeks)|dispatch\w*|crushed|on (?:its|the) way|delay(?:ed)? "
        r"(?:parcel|delivery)|my order (?:hasn'?t|has not|still|never)",
    ),
    _topic(
        "refund_policy", _STRONG,
        r"退款|退[货钱费]|不[给让]退|退不了|拒绝退|不到账|没到账|退了?[还半]|七天|规定|不受理|余额|换货|保修|过保|质保",
        r"refund\w*|store credit|returns?|policy|returned|money back|reimburse\w*|warranty|guarantee|exchange\w*|"
        r"refused (?:my|to)",
    ),
    _topic(
        "price_billing", _STRONG,
        r"多[扣收]|[乱重偷][复偷]?[扣收]|扣[款费钱了]|重复|[涨加]价|降价|贵了|太贵|价格|发票|账单|续费|年费|月费|"
        r"手续费|自动扣|结账|标价|收我|[续停]扣|划走|扣钱|礼品卡|降了|停车费|收费|被扣|抢钱|价保",
        r"charg(?:ed?|es|ing)|overcharged?|pric(?:e|es|ey|ing)|invoice|bill(?:ed|ing|s)?|fees?|gift card|fined?|"
        r"voucher|debited|payment|twice|subscription|renew\w*|cost(?:s)?|expensive|rip[- ]?off|deducted",
    ),
    _topic(
        "account_app", _STRONG,
        r"账号|账户|登[录入]|闪退|(?<![a-z])app(?![a-z])|客户端|网站|系统|页面|密码|验证码|卡死|封号|小程序|打不开|更新|软件|下线|改版|"
        r"电子书|增值",
        r"app|log ?in|logged|crash\w*|password|account|website|site|locked out|glitch\w*|otp|verification|checkout|"
        r"page",
    ),
    _topic(
        "misleading", _STRONG,
        r"[骗坑]|欺|虚假|误导|假货|假的|不实|与?描述不符|[图照相]片?.{0,6}(?:不[一符同]|差|两码)|介绍.{0,8}(?:差|"
        r"不符)|文字游戏|套路|忽悠|标榜|无添加|资格|理赔|[说讲]好的?.{0,10}(?:结果|又|却|现在)|说是|不是这样[说讲]|"
        r"宣传|呃人|山寨|货不对|盗版",
        r"mislead\w*|misled|fake|false|scam\w*|lied|lying|lies|con|cheat\w*|fraud\w*|counterfeit|advertis\w+|nothing "
        r"like|not as described|look(?:s|ed)? nothing|bait and switch|deceiv\w*|knock-?off",
    ),
    _topic(
        "privacy", _STRONG + 1,
        r"隐私|泄露|泄漏|个人信息|个资|卖(?:给|我的)|外泄|外洩|我的(?:资料|信息|电话|号码).{0,6}(?:给|卖|泄)|"
        r"诈骗电话|骚扰电话",
        r"privacy|data breach|(?:my )?(?:data|details|address|number|information)\b.{0,20}\b(?:leak\w*|sold|shared|"
        r"gave|given)|leaked (?:my|our|customer|personal)|gave my (?:number|details|data|e-?mail)|gdpr|to a stranger|shared my|without my consent|"
        r"sold my",
    ),
    _topic(
        "spam", _STRONG,
        r"骚扰|广告|推销|短信|简讯|sms|轰炸|promotion|退订|一天发|垃圾短信|营销",
        r"spam\w*|unsubscribe\w*|marketing|newsletters?|offers ten|stop (?:texting|e-?mailing|calling)|promotional|"
        r"promos?|harass\w*|cold calls?",
    ),
    _topic(
        "service", _PLAIN,
        r"态度|客服|服务|不理|敷衍|没人|推来推去|踢皮球|推[卸诿]|骂|挂.{0,2}电话|挂断|给我挂|阴阳怪气|不耐烦|翻白眼|"
        r"口气|语气|店员|师傅|员工|机器人|等了.{1,8}(?:分钟|小时)|接通|排队|店家|门市|柜台|经理|话务|凶|没见人|保安|"
        r"护士|柜姐|水电|前台|柜台|道歉|推了我|小偷|打电话|人影|没车|没来|"
        r"不[回接]|催了|没下文|专员",
        r"rude\w*|service|staff|ignor\w+|nobody|no ?one|agents?|repl(?:y|ied|ies)|hung up|hang up|on hold|attitude|"
        r"unhelpful|support|manager|assistant|colleague|call(?:ed)? back|engineer|bot|chatbot|"
        r"receptionist|waiter|waitress|answer\w*|spoke to|shouted|swore|unprofessional|useless|transferred|picks? up|"
        r"queue|turned up|zero info|contacted|reception\w*|accused|sorry|cleaner|technician",
    ),
)  # fmt: skip


def topic_of(words: str) -> str:
    """Return the topic that the words speak of most; ``other`` where none is named.

    What is asked for tells the topic only where nothing else does: "the cup is cracked, I want a refund" is about the cup.
    """
    folded = fold(words)
    return _heaviest(without_wishes(folded)) or _heaviest(folded) or OTHER


def _heaviest(folded: str) -> str:
    weights: dict[str, int] = {}
    for topic, weight, pattern in _WORDS:
        hits = len(set(pattern.findall(folded)))
        weights[topic] = weights.get(topic, 0) + weight * min(hits, _COUNTED)
    heaviest = max(weights, key=lambda topic: weights[topic])
    return heaviest if weights[heaviest] else ""
