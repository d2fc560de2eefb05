"""Hear a yes or no to promotion: a consent that decides what may be sent, and a preference with its proof."""

import re
from typing import Final

from bot.domain.preferences import Polarity

_WORD_ZH: Final = (
    r"(?:广告(?:短信|简讯|邮件)?|促销(?:短信|信息|邮件|活动)?|营销(?:短信|信息)?|行销(?:简讯|讯息)?|推销|推广(?:名单|"
    r"短信|信息)?|优惠(?!券)(?:信息|活动|通知|短信|讯息)?|推送|活动(?:信息|通知|短信|讯息)?|上新|新品|新货|"
    r"打折(?:信息)?|特价|减价|降价|折扣(?:信息)?|电子报|宣传|会员日|电话推销|promotion|newsletter|edm|promo|推销)"
)
_WORD_EN: Final = (
    r"(?:ads?|adverts?|advertising|advertisements?|marketing(?: (?:list|e-?mails?|messages?|texts?|stuff|material))?|"
    r"promos?|promotion(?:s|al (?:\w+)|al)?|newsletters?|offers|deals|discounts|spam|news|(?:sale|price|deal) "
    r"alerts?|new arrivals|mailing list|sales e-?mails?|vouchers|catalogues?|mailers?|junk(?: mail)?)"
)
_NO_ZH: Final = (
    r"(?:别|不要|不想|不愿意?|停止|停掉|取消|拒绝|不用|不许|不准|不好|不需要|少|勿|请勿|不收|不接收|不再|莫|去掉|"
    r"去除|移除|屏蔽|不感兴趣)"
)
_SEND_EN: Final = (
    r"(?:send|receive|get|e-?mail|message|text|hear about|hear of|have|be sent|know about|notify|want|updates? on|"
    r"alert)"
)
NO: Final = re.compile(
    rf"{_NO_ZH}.{{0,10}}?({_WORD_ZH})|退订(?!\s*(?:tj|订单|单))|取消(?:订阅|关注推送)|^td$|"
    rf"({_WORD_ZH}).{{0,8}}?(?:{_NO_ZH}(?:再|给|掉)*(?:发|推|给我|传|寄|了|吧|$)|去掉|太多|删掉|关掉|停了|(?:就|都|"
    rf"也)?免|我?很?(?:反感|烦))|(?:把我)?从({_WORD_ZH}).{{0,4}}(?:去|移|删|拿|踢)|\bunsubscrib\w+\b|\bopt(?:ing|"
    rf"ed)? (?:me )?out\b(?! of (?:data|ai|the data|profiling|tracking|cookies))|\bupsell(?:ing)?\b|\b(?:don'?t|do "
    rf"not|stop|stopping|no|no more|never|not want(?:ing)?|without|fewer|less|too (?:many|much)|not interested in|"
    rf"off|leave off|sick of|remove (?:me )?from|take me off|enough)\b[^,.]{{0,30}}?\b({_WORD_EN})\b|\b(?:take|"
    rf"remove|keep) (?:me|my \w+) (?:off|from|out of) (?:the|your|any) ([\w ]{{0,15}}list)"
)
YES: Final = re.compile(
    rf"(?:可以|愿意|同意|欢迎|希望|想|请|麻烦|记得|乐意|接受|喜欢).{{0,8}}(?:发|收到?|接收|订阅|推送|通知|告诉|"
    rf"看).{{0,8}}?({_WORD_ZH})|({_WORD_ZH}).{{0,8}}?(?:(?:可以|请|记得|欢迎|要|一定)(?:再)?(?:发|告诉|通知|推送?|"
    rf"提醒|叫)|(?:叫|告诉|通知|喊|话|提醒|发给)我|(?:倒|也)?(?:是)?可以(?:收|发)?$|叫我一声|叫一声)|"
    rf"订阅(?:一下)?({_WORD_ZH})|有([^,吗]{{1,8}}?)(?:再|请|记得|就|麻烦|的话|了)*(?:通知|告诉|提醒|敲|推给?|跟我说|"
    rf"叫)我|\b(?:subscribe me|sign me up|opt(?:ing)? (?:me )?in|add me)\b(?:[^,.]{{0,25}}?\b({_WORD_EN})\b)?|"
    rf"\b(?:you can|you may|please|feel free to|happy to|i'd like to|i want to|i would like to|ok to|okay to|love to|"
    rf"keen to|i agree to|fine to|i'd like|i want|i like|i love|do) ?(?:\w+ "
    rf"){{0,3}}?(?:{_SEND_EN})\b[^,.]{{0,25}}?\b({_WORD_EN})\b|\b(?:i want|i'd like|i like) ({_WORD_EN})\b|\b(?:let "
    rf"me know|tell me|keep me (?:posted|updated|informed)|drop me a line|notify me|alert me|ping me|text me|e-?mail "
    rf"me)\b (?:about |of |when |on |if |whenever )?[^,.]{{0,20}}?\b({_WORD_EN}|sales?|new stuff|new products?|back "
    rf"in stock|launch\w*|restock\w*|new \w+|on offer|(?:\w+ ){{1,3}}(?:is|are) back)\b"
)


def promotion_in(folded: str) -> tuple[Polarity, tuple[int, int]] | None:
    """Return how a statement stands to promotion and where its object is; a no beats a yes in the same clause."""
    for polarity, pattern in ((Polarity.AVOID, NO), (Polarity.WANT, YES)):
        found = pattern.search(folded)
        if found:
            return polarity, found.span(found.lastindex or 0)
    return None
