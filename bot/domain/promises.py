"""Say what we told a customer we would do, and by when."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import ComplaintId, ConversationId, CustomerId, PromiseId


@dataclass(eq=False)
class Promise:
    """Be one promise; ``kept_at`` is set when it is kept, until then it is owed by ``due_at``."""

    id: PromiseId
    customer_id: CustomerId
    conversation_id: ConversationId
    what: str
    made_at: datetime
    due_at: datetime
    complaint_id: ComplaintId | None = None
    kept_at: datetime | None = None

    def is_overdue(self, now: datetime) -> bool:
        """Say whether the promise is broken as of now."""
        return self.kept_at is None and now > self.due_at
