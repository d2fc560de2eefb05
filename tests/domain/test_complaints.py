from datetime import UTC, datetime

import pytest

from bot.domain.complaints import Severity, case_number, is_angry, severity_of, topic_of


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("快递三天没动了", "delivery"), ("包裹還沒到", "delivery"), ("the courier lost it", "delivery"), ("寄错颜色了", "wrong_or_missing"),
        ("杯子裂了", "product_quality"), ("it arrived broken", "product_quality"), ("退款一直没到", "refund_policy"),
        ("重复扣款", "price_billing"), ("客服态度很差", "service"), ("nobody replied", "service"), ("泄露我的电话", "privacy"), ("就是不爽", "other"),
        ("I like chocolate, happy with the issue", "other"),
    ],
)  # fmt: skip
def test_the_topic_is_told_from_the_words(words: str, topic: str) -> None:
    assert topic_of(words) == topic


@pytest.mark.parametrize(
    ("words", "severity"),
    [
        ("有点慢", Severity.LOW), ("气死我了", Severity.MEDIUM), ("this is ridiculous", Severity.MEDIUM), ("我要打12315", Severity.HIGH),
        ("找律師", Severity.HIGH), ("充电时着火了", Severity.HIGH), ("I will sue you", Severity.HIGH), ("an issue with the tissue", Severity.LOW),
    ],
)  # fmt: skip
def test_the_severity_is_told_from_the_words(words: str, severity: Severity) -> None:
    assert severity_of(words) is severity
    assert is_angry(words) is (severity is not Severity.LOW)


def test_a_case_number_names_the_day_and_counts() -> None:
    assert case_number(datetime(2026, 11, 22, 3, tzinfo=UTC), 7) == "C261122-0007"
