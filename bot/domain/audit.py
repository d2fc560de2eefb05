"""Say who changed what, and what everybody else may see at once."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(eq=False)
class AuditEntry:
    """Be one change: ``actor`` is a user id, ``bot``, ``customer`` or ``system``; ``subject`` is "kind:id"."""

    actor: str
    action: str
    subject: str
    at: datetime
    details: dict[str, Any] = field(default_factory=dict)
    id: int = field(init=False)


@dataclass(eq=False)
class FeedEvent:
    """Be one line of the feed that desks and channels follow; ``seq`` rises in the order of the commits."""

    kind: str
    at: datetime
    conversation_id: str | None = None
    customer_id: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
    seq: int = field(init=False)
