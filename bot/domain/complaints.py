"""Say what a complaint is: a case with a number, an owner and a due time, closed only with an outcome."""

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
