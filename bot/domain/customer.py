"""Say who a customer is: one person with one record, reachable through identities on channels."""

from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ids import CustomerId, IdentityId
from bot.domain.language import Language
from bot.domain.messages import Address


@dataclass(eq=False)
class Customer:
    """Be one person. ``forgotten_at`` is set when they asked us to forget them: the row stays, empty."""

    id: CustomerId
    language: Language
    created_at: datetime
    name: str | None = None
    tags: list[str] = field(default_factory=list)
    forgotten_at: datetime | None = None


@dataclass(eq=False)
class Identity:
    """Be a customer on one channel; ``(channel, account, external_id)`` is unique.

    ``account`` tells apart several bots or shops on one channel. ``reachable`` turns false when the customer blocked us.
    ``is_public``: others read along there (a group), so nothing private is said.
    """

    id: IdentityId
    customer_id: CustomerId
    channel: str
    account: str
    external_id: str
    created_at: datetime
    display_name: str | None = None
    reachable: bool = True
    username: str | None = None
    is_public: bool = False

    @property
    def address(self) -> Address:
        """Return where the channel reaches this identity."""
        return Address(self.id, self.channel, self.account, self.external_id, self.is_public)


def clean_name(name: str | None, limit: int = 80) -> str | None:
    """Return a display name fit for one line of a page: no control characters, at most ``limit`` characters."""
    if name is None:
        return None
    printable = "".join(c if c.isprintable() else " " for c in name)
    return " ".join(printable.split())[:limit] or None
