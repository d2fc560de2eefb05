"""Say what a complaint is: a case with a number, an owner and a due time, closed only with an outcome."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from bot.domain.ids import ComplaintId, ConversationId, CustomerId, MessageId, UserId


class Severity(StrEnum):
    """Grade a complaint; a high one always brings a person."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class ComplaintState(StrEnum):
    """Tell where a case stands."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"


PROMISED_WITHIN: Final = {
    Severity.LOW: timedelta(hours=48),
    Severity.MEDIUM: timedelta(hours=24),
    Severity.HIGH: timedelta(hours=4),
}
"""How soon we promise a first real answer, by severity."""


@dataclass(eq=False)
class Complaint:
    """Be one grievance with the customer's own words. ``message_id`` is the message it was opened from.

    ``wants`` is what the customer asks for, in the order of ``grievances.REMEDIES``; empty while they did not say.
    """

    id: ComplaintId
    number: str
    customer_id: CustomerId
    conversation_id: ConversationId
    message_id: MessageId
    topic: str
    severity: Severity
    words: str
    opened_at: datetime
    due_at: datetime
    state: ComplaintState = ComplaintState.OPEN
    owner_id: UserId | None = None
    root_cause: str | None = None
    outcome: str | None = None
    resolved_at: datetime | None = None
    joined: list[int] = field(default_factory=list)
    wants: list[str] = field(default_factory=list)


def case_number(opened_at: datetime, ordinal: int) -> str:
    """Return the number said to the customer, like ``C261122-0007``: day of opening and a counter."""
    return f"C{opened_at:%y%m%d}-{ordinal:04d}"


_TOPICS: Final[tuple[tuple[str, re.Pattern[str]], ...]] = tuple(
    (topic, re.compile(pattern, re.IGNORECASE))
    for topic, pattern in (
        (
            "wrong_or_missing",
            r"[发發寄送][错錯]|少[发發了寄]|漏[发發]|缺[少件货貨]|[颜顏]色不[对對]|\b(?:wrong|missing)\b|not what i ordered",
        ),
        (
            "product_quality",
            r"坏|壞|破|裂|[质質]量|品[质質]|瑕疵|掉色|[发發]霉|[异異]味|\b(?:broken?|damaged?|defect\w*|quality|crack\w*|torn|"
            r"stain\w*|mou?ld\w*)\b",
        ),
        ("refund_policy", r"退款|退[货貨]|退[钱錢]|\b(?:refund\w*|return(?:s|ed|ing)?)\b"),
        (
            "delivery",
            r"快[递遞]|物流|[发發][货貨]|送[货貨]|配送|宅配|包裹|[迟遲延][到误誤迟遲]|[没沒未][收送]?到|\b(?:parcel|package|deliver\w*|"
            r"shipping|shipment|courier|late|arrived?)\b",
        ),
        (
            "price_billing",
            r"多[扣收]|扣[款费費]|重[复複]|[贵貴]|[价價]格|[发發]票|\b(?:charged?|overcharged?|pric(?:e|es|ey)|invoice|bill(?:ed|"
            r"ing)?)\b",
        ),
        ("account_app", r"[账帳][号號户戶]|登[录錄入]|[闪閃]退|\b(?:app|log ?in|crash\w*|password)\b"),
        ("misleading", r"[骗騙]|欺|虚假|虛假|[误誤][导導]|假[货貨]|\b(?:mislead\w*|fake|false|scam\w*|lied)\b"),
        (
            "privacy",
            r"[隐隱]私|[泄洩][露漏]|[个個]人信息|[个個][资資]|\b(?:privacy|(?:data|details|address|number|information)\b.{0,20}\bleak\w*|leaked my)\b",
        ),
        ("spam", r"[骚騷][扰擾]|[广廣]告|\b(?:spam\w*|unsubscribe)\b"),
        (
            "service",
            r"[态態]度|客服|服[务務]|不理|敷衍|[没沒]人|\b(?:rude|service|staff|ignor\w+|nobody|agents?|reply|replied)\b",
        ),
    )
)
_GRAVE: Final = re.compile(
    r"12315|消[协協保]|律[师師]|起[诉訴]|法院|工商局|曝光|[报報]警|食物中毒|受[伤傷]|[爆起着著]火|爆炸|[触觸][电電]|消[费費]者[权權协協保]|"
    r"\b(?:lawyers?|sue|suing|legal action|court|police|ombudsman|trading standards|injur\w+|unsafe|caught fire|burn(?:ed|t)|electric shock|"
    r"hospital|food poisoning)\b",
    re.IGNORECASE,
)
_ANGRY: Final = re.compile(
    r"垃圾|[骗騙]子|[气氣]死|忍无可忍|忍無可忍|[太真]差[劲勁了]?|什么玩意|什麼玩意|混蛋|再也不|第[二三四五][次回]|[无無][语語]|差[评評]|火大|离谱|"
    r"離譜|超扯|[过過]分|受[够夠]|(?<![别別不])生[气氣]|[愤憤]怒|[恶噁]心|[滚滾]蛋|太欺[负負]人|[恼惱]火|[没沒]完[没沒]了|😡|🤬|😤|💢|"
    r"\b(?:furious|disgust\w*|ridiculous|unacceptable|worst|terrible|awful|appalling|scam\w*|never again|(?:second|third|fourth) time|fed up|"
    r"angry|mad at|livid|pissed|outrageous|shameful|disgrace\w*|sick of|joke of a|useless|hopeless|horrible|horrendous)\b|[!！]{2,}",
    re.IGNORECASE,
)


def topic_of(words: str) -> str:
    """Return the topic that the words speak of; ``other`` where none is named."""
    return next((topic for topic, pattern in _TOPICS if pattern.search(words)), "other")


def severity_of(words: str) -> Severity:
    """Grade the words: threats, safety and law are high, open anger is medium, all else low."""
    if _GRAVE.search(words):
        return Severity.HIGH
    return Severity.MEDIUM if is_angry(words) else Severity.LOW


def is_angry(words: str) -> bool:
    """Say whether the customer is visibly angry or threatens consequences: a person is owed."""
    return bool(_ANGRY.search(words) or _GRAVE.search(words))
