"""Hold the words that tell what kind of thing a preference is about: patterns for folded text, both languages in a row."""

import re
from dataclasses import dataclass
from typing import Final

OTHER: Final = "other"
MARKETING: Final = "marketing"


@dataclass(frozen=True)
class Kind:
    """Be what a preference may be about; ``aspect`` narrows it, or is empty."""

    name: str
    aspect: str
    chinese: re.Pattern[str]
    english: re.Pattern[str]

    def is_named_in(self, folded: str) -> bool:
        """Say whether the words speak of this kind of thing."""
        return bool(self.chinese.search(folded) or self.english.search(folded))


def _kind(name: str, aspect: str, chinese: str, english: str) -> Kind:
    return Kind(name, aspect, re.compile(chinese), re.compile(rf"\b(?:{english})\b"))


_REACH_ZH: Final = r"联系|联络|打扰|找我|电话|打给|来电|打来|call|吵我|叫我|短信|简讯|微信|发消息|传讯息"
_REACH_EN: Final = (
    r"call(?:s|ing|ed)?|contact(?:ed|ing)?|ring(?:ing)?|phon(?:e|ed|ing)|texts?|messages?|disturb|sms|reach"
)
_WHEN_ZH: Final = r"[点晚早午夜]|周末|周[一二三四五六日]|工作日|白天|平日|上班|假日|星期|礼拜|返工|睡"
_WHEN_EN: Final = (
    r"mornings?|evenings?|afternoons?|nights?|weekends?|weekdays?|noon|midday|lunch\w*|dinner|before \w+|after \w+|"
    r"between|at work|working hours|[0-9]+ ?(?:am|pm)|late|early|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
)
KINDS: Final = (
    _kind("invoice", "", r"发票|抬头|载具|收据|税号|"
        r"小票", r"(?:e-?)?invoices?|receipts?|vat|bills?|statements?|paperless"),
    _kind(
        "dietary", "allergy", r"过敏|敏感(?!肌)|不耐|起疹|起红疹|拉肚子|喝不了|吃不得",
        r"allerg\w+|intoleran\w+|coeliac|celiac|anaphyla\w+|hives|rash|epipen|makes? me (?:ill|sick|itch|swell)|"
        r"sensitive to",
    ),
    _kind(
        "language", "",
        r"中文|英文|英语|普通话|国语|粤语|广东话|台语|闽南语|客家话|温州话|上海话|四川话|印尼话|潮汕话|日语|日文|"
        r"韩语|法语|德语|西班牙语|繁体|简体|双语|方言",
        r"in (?:english|chinese|german|french|spanish|hindi|arabic|polish|welsh|urdu|turkish|portuguese|russian)|"
        r"english|chinese|mandarin|cantonese|hindi|spanish|french|german|polish|arabic|welsh|urdu|punjabi|bengali|"
        r"portuguese|italian|language|subtitles?|simplified|traditional characters",
    ),
    _kind(
        "price", "",
        r"预算|便宜|实惠|平价|性价比|价位|(?:[0-9]{2,}|[一二三四五六七八九两几]?[百千万十][一二三四五六七八九十百]*) "
        r"?(?:块|元|刀|蚊|港币|台币)|[0-9百千万十]+ ?(?:以内|以下|左右|上下)|百元|平靓正|省钱",
        r"budget|cheap\w*|affordable|inexpensive|expensive|pric\w+|value for money|bargains?|(?:under|over|below|"
        r"above|max|up to|around|about|less than|more than) ?[£$€]?[0-9]+(?: ?(?:quid|pounds?|dollars?|euros?|"
        r"bucks?))?|[0-9]+ ?(?:quid|pounds|dollars|euros|bucks)",
    ),
    _kind(
        "contact_time", "", rf"(?:{_WHEN_ZH}).{{0,10}}(?:{_REACH_ZH}|别打|不要打|不好打)|"
            rf"(?:{_REACH_ZH}).{{0,10}}(?:{_WHEN_ZH})",
        rf"(?:{_REACH_EN})\b.*\b(?:{_WHEN_EN})|(?:{_WHEN_EN})\b.*\b(?:{_REACH_EN})",
    ),
    _kind(
        "delivery", "time",
        rf"(?:{_WHEN_ZH}|以后再|[0-9]后).{{0,8}}(?:送|派件|配送|派送|到货|收货|收件|取件|送达)|(?:送货|配送|送|收货|"
        rf"收件).{{0,6}}(?:{_WHEN_ZH})|送货时间",
        rf"(?:deliver\w*|parcels?|courier|packages?|drop\w*|shipments?)\b.*\b(?:{_WHEN_EN})|"
        rf"(?:{_WHEN_EN})\b.*\b(?:deliver\w*|parcels?|slots?|packages?)|(?:same|next)[- ]day",
    ),
    _kind(
        "delivery", "carrier",
        r"顺丰|京东(?:快递|物流)?|圆通|中通|申通|韵达|极兔|邮政|ems|菜鸟|黑猫|新竹物流|宅急便|宅配通|德邦|快递公司|"
        r"[用发走换]快递",
        r"dhl|ups|fedex|dpd|hermes|evri|royal mail|yodel|usps|gls|couriers?|carriers?|tnt|amazon logistics",
    ),
    _kind(
        "delivery", "place",
        r"门口|驿站|超商|便利店|丰巢|快递柜|自提|物业|管理室|门卫|传达室|前台|楼下|上楼|收发室|信箱|代收点?|保安|"
        r"柜子|邻居|全家|7-?11|店取|寄到?公司|送到?家|放低",
        r"door(?:step|way)?|porch|locker|neighbou?rs?|reception|concierge|shed|garage|mailbox|letterbox|safe place|"
        r"pick-?up(?: points?)?|collect\w*|click and collect|outside|back gate|gate|bin|work address|office|lobby|"
        r"caretaker|front desk|drop[- ]?off",
    ),
    _kind(
        "delivery", "method",
        r"包装|礼盒|纸箱|纸袋|塑料袋|胶袋|塑胶袋|泡沫|气泡|宅配|快递|配送|包裹|送货|派送|按门铃|门铃|电铃|按铃|门钟|"
        r"敲门|冷链|寄[出来到]|空运|海运|环保袋|餐具|打包|签收|填充|胶带|价格单|面单",
        r"deliver\w*|shipp\w*|parcels?|packag\w+|packaging|wrapp?\w*|bubble wrap|gift[- ]?wrap\w*|boxes|cardboard|"
        r"doorbell|bell|knock\w*|express|recorded|tracked|signature|plastic bags?|paper bags?|cutlery|carrier bags?",
    ),
    _kind(
        "payment", "",
        r"支付|付款|付钱|信用卡|花呗|刷卡|转账|货到付|分期|微信付|现金|银行卡|储蓄卡|八达通|转数快|街口|畀钱|给钱|"
        r"结账|买单|白条",
        r"pay(?:s|ing|ment)?|paypal|cards?(?! ?board)|visa|mastercard|alipay|cash|bank transfer|direct debit|klarna|"
        r"instal\w+|cheque|apple pay|google pay|credit|debit|venmo|cod",
    ),
    _kind(
        "contact_channel", "",
        r"电话|短信|微信|简讯|邮件|邮箱|联系|联络|打扰|来电|打给|找我|寄信|信件|烦我|私信|语音|打字|文字|讯息|telegram|"
        r"line|whatsapp|e-?mail|call|text",
        r"phone|calls?|calling|texts?|texting|sms|e-?mails?|emailing|emailed|wechat|telegram|contact\w*|ring|"
        r"messages?|messaging|messaged|whatsapp|voicemails?|letters?|post|line|write to|writing|chat|phoning|in "
        r"writing|dms?|video calls?|facebook|instagram|signal",
    ),
    _kind(
        "dietary", "",
        r"素食|吃素|全素|蛋奶素|食斋|吃斋|清真|回民|穆斯林|荤|忌口|戒糖|控糖|低糖|无糖|少糖|半糖|微糖|去糖|少油|少盐|"
        r"低脂|低卡|减肥|糖尿|痛风|孕妇|怀孕|备孕|哺乳|[不少免去走][要放加吃喝食饮碰]*(?:辣|香菜|洋?葱|蒜|姜|糖|冰|"
        r"盐|油|味精|猪|牛|羊|肉|酒|奶|蛋|海鲜|咖啡因)|[微中重特变超少]辣|吃辣|香菜|洋葱|海鲜|花生|坚果|榴[莲梿]|"
        r"麸质|乳糖|添加剂|防腐剂|生酮|忌",
        r"vegans?|vegetarians?|pescatarian|muslim|halal|kosher|hindu|jain|gluten\w*|sugar(?:[- ]free)?|spicy|spice|"
        r"diabet\w+|pregnan\w+|breastfeed\w+|lactose|dairy|keto|low[- ](?:carb|fat|salt|sodium|sugar|cal\w*)|pork|"
        r"beef|meat|seafood|shellfish|peanuts?|nuts?|eggs?|soya?|caffeine|alcohol|decaf|coriander|cilantro|msg|salt|"
        r"fish|diet|eats?|eating|onions?|garlic|mushrooms?|olives?|milk|cream|sweeteners?|plant[- ]based|organic "
        r"food|preservatives|additives",
    ),
    _kind(
        "brand", "",
        r"品牌|牌子|[湾本国]制|国产|国货|进口|日系|苹果|华为|小米|三星|耐克|阿迪|李宁|索尼|安踏|优衣库|无印|大牌|"
        r"海尔|美的|格力|"
        r"戴森|vivo|oppo|nike|adidas|sony|apple|果粉",
        r"brands?|apple|nike|adidas|huawei|xiaomi|sony|samsung|lg|puma|uniqlo|zara|dyson|bosch|philips|lego|clarks|"
        r"levi'?s?|gucci|ikea|asus|dell|lenovo|canon|nikon|nespresso|lavazza|made in \w+|own[- ]brand|designer",
    ),
    _kind(
        "attribute", "size",
        r"[0-9一二三四五六七八九十]+ ?[码号](?!码|线)|(?<![a-z])(?:[sml]|x{1,4}[sl]|[2-6]xl)(?![a-z])|尺码|尺寸|码数|"
        r"偏[大小]|[大小](?:号|码)|身高|体重|腰围|脚(?:宽|大|长)|鞋码|大一点|小一点|大一些|大点|小点|加大|迷你|小巧|"
        r"大字|字要?大|大的|小的|高个",
        r"sizes?|small|medium|large|x{1,3}l|petite|tall|plus[- ]size|wide|narrow|waist|bigger|smaller|larger|longer|"
        r"shorter|long sleeves?|short sleeves?|compact|tiny|huge|big|mini|large print|inside leg|feet",
    ),
    _kind(
        "attribute", "colour",
        r"[红蓝绿黑白灰粉紫黄棕米橙橘青]色?(?:系|的|$|(?=[款衣裙鞋]))|颜色|色系|素色|深色|浅色|亮色|纯色|"
        r"[红蓝绿黑白灰粉紫黄棕米橙橘]色|彩色|莫兰迪",
        r"colou?rs?|black|white|blue|red|green|gr[ae]y|pink|purple|yellow|orange|brown|beige|navy|teal|pastels?|"
        r"neutrals?|coloured|colou?rful|dark ones?|bright ones?|monochrome|silver|gold",
    ),
    _kind(
        "attribute", "material",
        r"棉|麻|丝|羊毛|羊绒|皮(?:质|革)|真皮|材质|塑料|塑胶|玻璃|不锈钢|陶瓷|木质|竹|环保|聚酯|化纤|金属|纯棉|合成",
        r"cotton|linen|wool|silk|leather|suede|polyester|plastic|material|fabrics?|glass|steel|wood(?:en)?|bamboo|"
        r"ceramic|synthetics?|nylon|fleece|fur|denim|recycled|metal|latex|organic",
    ),
    _kind(
        "attribute", "flavour",
        r"[甜辣酸苦咸淡](?:的|味|口|一?点|$)|烘|焙|口味|味道|香味|[^气意]味(?:的|$)|原味|清淡|重口|浓郁|奶精|无香|"
        r"果香|花香|拿铁|美式",
        r"sweet\w*|sour|bitter|salty|flavou?r\w*|(?:dark|light|medium) roasts?|roasts?|scent(?:ed|s)?|unscented|"
        r"fragrance\w*|perfumed|strong|mild|fruity|nutty|floral|smok[ey]\w*|lavender|vanilla|mint|hot|peaty|lemon|"
        r"tastes?|smells?",
    ),
    _kind(
        "attribute", "",
        r"款式?|风格|版型|复古|宽松|紧身|修身|静音|安静|简约|简单|花里胡哨|穿|厚|薄|轻便|软|硬|楼层|靠窗|靠走道|座位|"
        r"位子|房间|柔和|带盖|设计|耐用|质量|结实|防水|保暖|透气|低调|奢华|可爱|新鲜|二手|花纹|图案|格子|条纹|蕾丝|"
        r"logo|type-?c",
        r"fit|fitted|loose|tight|styles?|plain|vintage|wear|quiet|soft|firm|light(?:weight)?|heavy|thick|thin|"
        r"patterns?|stripes?|striped|checked|floral|lace|logos?|seats?|aisle|window|rooms?|floors?|quality|simple|"
        r"classic|modern|waterproof|warm|cosy|eco\w*|sustainable|second[- ]hand|refurbished|handmade|cruelty[- ]free|"
        r"matte|shiny|glossy|minimal\w*|fancy|bright|dark|usb-?c|wireless|anything with",
    ),
    _kind(
        "category", "",
        r"衣服|鞋|裤|裙|电子产品|家电|书|小说|玩具|护肤|香水|豆子|键盘|杯|咖啡|茶|零食|家居|用品|数码|3c|首饰|化妆|"
        r"化妆品|运动|户外|游戏|电影|音乐|烘焙用具|点心|甜点|面膜|酒|水果|宠物|猫粮|狗粮|手工|园艺|餐具|家具|植物|花束",
        r"clothes|clothing|shoes|trainers|sneakers|boots|books?|novels?|toys?|gadgets?|perfumes?|beans|dress(?:es)?|"
        r"skirts?|jeans|mugs?|keyboards?|coffees?|teas?|snacks?|jewell?ery|make-?up|skincare|electronics|games?|"
        r"movies|films|music|sports?|plants?|flowers|furniture|kitchen\w*|bakes?|baking|chocolates?|wines?|beers?|"
        r"cats? stuff|pets?|dinosaurs|puzzles|stationery|lamps?",
    ),
    _kind(
        "product", "", r"你们?家?的|这[款种]|[^的]{1,6}(?:套装|系列)",
        r"your|this|the (?:\w+ )?(?:range|series|line|one|set|bundle|collection|blend)",
    ),
)  # fmt: skip
"""Read in this order; what fits none is of the kind ``other``, and promotion is told apart before (``hearing_promotion``)."""

NAMES: Final = tuple(dict.fromkeys([*(kind.name for kind in KINDS), MARKETING, OTHER]))
"""Every kind once, for lists to choose from."""


_BARE_TIME: Final = Kind(
    "contact_time", "", re.compile(rf"^[0-9 到至:-]*(?:{_WHEN_ZH})"), re.compile(rf"^(?:\w+ ){{0,2}}(?:{_WHEN_EN})\b")
)
_TOLD_BY_CLAUSE: Final = frozenset(
    {"dietary", "contact_time", "contact_channel", "delivery", "invoice", "payment", "language", "price"}
)


def kind_of(thing: str, clause: str) -> tuple[str, str]:
    """Return kind and aspect of a folded object said in a folded clause: the object itself tells most.

    What only the clause tells is when and how to call or to deliver; a colour elsewhere in it says nothing of the object.
    """
    named = next((kind for kind in KINDS if kind.is_named_in(thing)), None)
    if named is None:
        named = next((kind for kind in KINDS if kind.name in _TOLD_BY_CLAUSE and kind.is_named_in(clause)), None)
    if named is None and _BARE_TIME.is_named_in(thing):
        named = _BARE_TIME
    return (named.name, named.aspect) if named else (OTHER, "")
