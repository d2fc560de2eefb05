"""Hold the words that tell what kind of thing a preference is about, and those about promotion."""

import re
from typing import Final


def _either(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts), re.IGNORECASE)


KINDS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    ("invoice", _either(r"发票|抬头", r"\binvoices?\b|\breceipts?\b")),
    (
        "contact_time",
        _either(
            r"(?:[点晚早]|上午|下午|中午|周末|白天|夜里).{0,8}(?:联系|打扰|找我|电话|打给)|(?:联系|打扰|找我|电话).{0,8}(?:[点晚早]|上午|下午|中午|"
            r"周末)",
            r"\b(?:call|contact|ring|phone|text|message|disturb)\b.*\b(?:morning|evening|afternoon|night|weekends?|after|before|am|pm|lunch)\b",
        ),
    ),
    (
        "contact_channel",
        _either(
            r"电话|短信|微信(?!付|支)|简讯|邮件|邮箱|联系|打扰|叫我|跟我说|繁体|telegram|line",
            r"\b(?:phone|call|calls|calling|texts?|texting|sms|"
            r"e-?mails?|emailing|wechat|telegram|contact|ring|messages?)\b",
        ),
    ),
    (
        "delivery",
        _either(
            r"送|快递|驿站|门口|配送|包裹|包装|礼盒|上楼|宅配|超商|塑料袋",
            r"\b(?:deliver\w*|courier|parcels?|doorstep|porch|locker|"
            r"packag\w+|neighbou?r|door)\b",
        ),
    ),
    ("payment", _either(r"支付|付款|信用卡|花呗|刷卡|转账|货到付", r"\b(?:pay|paypal|card|visa|alipay|cash)\b")),
    (
        "dietary",
        _either(
            r"过敏|敏感|吃|喝|辣|糖|素|清真|牛奶|花生|坚果|乳糖|麸质|咖啡|茶|甜|酸|苦|咸|烘|口味|香菜|拿铁|忌",
            r"\b(?:allerg\w+|intoleran\w+|eat|drink|vegan|vegetarian|pescatarian|muslim|halal|kosher|gluten|sugar|nuts?|peanuts?|spicy|coffee|tea|"
            r"milk|"
            r"dairy|roasts?|decaf|sweet|meat|coeliac|celiac|diabetic|lactose)\b",
        ),
    ),
    (
        "brand",
        _either(
            r"品牌|牌子|国产|苹果|华为|小米|耐克|阿迪|李宁|索尼|果粉",
            r"\bbrands?\b|\b(?:apple|nike|adidas|huawei|xiaomi|sony|"
            r"samsung)\b",
        ),
    ),
    (
        "attribute",
        _either(
            r"[红蓝绿黑白灰粉紫黄]色?|颜色|色|码|尺寸|款|风格|复古|宽松|紧身|棉|麻|丝|羊毛|材质|环保|塑料|静音|小巧|简约|花里胡哨|穿",
            r"\b(?:colou?rs?|black|white|blue|red|green|gr[ae]y|pink|purple|yellow|size|cotton|linen|wool|silk|leather|fit|loose|tight|style|"
            r"material|"
            r"plastic|quiet|small|plain|vintage|wear)\b",
        ),
    ),
    (
        "category",
        _either(
            r"衣服|鞋|裤|裙|电子|家电|书|玩具|护肤|香水|豆子|键盘|杯",
            r"\b(?:clothes|shoes|books?|toys?|gadgets?|perfume|beans|"
            r"dress(?:es)?|mugs?|keyboards?)\b",
        ),
    ),
)
"""Read in this order; what fits none is of the kind ``other``."""

_PROMOTION_ZH: Final = (
    r"(?:广告|促销|营销|推销|推广|优惠(?!券)|推送|活动(?:信息|通知|短信)?|上新|新品|打折(?:信息)?|减价|电子报|宣传)"
)
_PROMOTION_EN: Final = (
    r"(?:ads?|adverts?|advertising|marketing|promos?|promotion(?:s|al)?|newsletters?|offers|deals|discounts|spam|news|"
    r"new arrivals)"
)
CONSENT_NO: Final = _either(
    rf"(?:别|不要|不想|不愿|停止|停掉|取消|拒绝|不用|不许|不准|少)(?:再)?.{{0,8}}{_PROMOTION_ZH}|退订(?!\s*(?:tj|订单|单))|取消订阅|^td$|"
    rf"{_PROMOTION_ZH}.{{0,4}}(?:别|不要|"
    rf"不用)(?:再)?(?:发|推|给我)",
    rf"\bunsubscribe\b|\bopt(?:ing)? (?:me )?out\b|\b(?:don't|do not|stop|no|no more|never|not want)\b.{{0,30}}\b{_PROMOTION_EN}\b",
)
CONSENT_YES: Final = _either(
    rf"(?:可以|愿意|同意|欢迎|希望|想|请|麻烦|记得).{{0,8}}(?:发|收到?|接收|订阅|推送|通知|告诉).{{0,8}}{_PROMOTION_ZH}|{_PROMOTION_ZH}.{{0,"
    rf"6}}(?:(?:可以|请|记得|欢迎)(?:发|告诉|通知|推送?)|(?:叫|告诉|通知|喊|话)我)",
    rf"\b(?:subscribe me|sign me up|opt(?:ing)? (?:me )?in)\b|\b(?:you can|you may|please|feel free to|happy to|i'd like to|i want to|"
    rf"i would like to|ok to|"
    rf"i agree to)\b.{{0,12}}\b(?:send|receive|get|email|message)\b.{{0,25}}\b{_PROMOTION_EN}\b",
    rf"\b(?:let me know (?:about|of|when)|tell me when|keep me posted on)\b.{{0,20}}\b(?:{_PROMOTION_EN}|sales?|new stuff)\b",
)
