"""Say what a preference is: what a customer likes or does not, in whose words, and whether it may be used."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import CustomerId, MessageId, PreferenceId, UserId
from bot.errors import Conflict


class Polarity(StrEnum):
    """Tell what the customer feels about the object."""

    LIKE = "like"
    DISLIKE = "dislike"
    WANT = "want"
    AVOID = "avoid"

    @property
    def opposes(self) -> "frozenset[Polarity]":
        """The polarities that contradict this one."""
        positive = frozenset({Polarity.LIKE, Polarity.WANT})
        return frozenset({Polarity.DISLIKE, Polarity.AVOID}) if self in positive else positive


class PreferenceState(StrEnum):
    """Tell how far a preference may be trusted."""

    HEARD = "heard"
    APPROVED = "approved"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class NotReviewable(Conflict):
    """Refuse to approve or reject a preference that no longer stands."""


@dataclass(frozen=True)
class Expressed:
    """Be one preference found in a text. ``quote`` is a verbatim piece of it."""

    kind: str
    object: str
    polarity: Polarity
    quote: str
    confidence: float


@dataclass(eq=False)
class Preference:
    """Be one preference with its proof: the quote and the message it comes from."""

    id: PreferenceId
    customer_id: CustomerId
    message_id: MessageId
    kind: str
    object: str
    polarity: Polarity
    quote: str
    confidence: float
    heard_at: datetime
    valid_from: datetime
    valid_until: datetime | None = None
    state: PreferenceState = PreferenceState.HEARD
    reviewed_by: UserId | None = None
    reviewed_at: datetime | None = None
    superseded_by: PreferenceId | None = None

    def approve(self, user: UserId, at: datetime) -> None:
        """Let it be used."""
        self._review(PreferenceState.APPROVED, user, at)

    def reject(self, user: UserId, at: datetime) -> None:
        """Keep it from being used."""
        self._review(PreferenceState.REJECTED, user, at)

    def give_way_to(self, newer: "Preference") -> None:
        """Step back because the customer now says otherwise."""
        self.state = PreferenceState.SUPERSEDED
        self.superseded_by = newer.id
        self.valid_until = newer.valid_from

    def speaks_of_the_same(self, expressed: Expressed) -> bool:
        """Say whether a new expression is about the same object."""
        return self.kind == expressed.kind and self.object.casefold() == expressed.object.casefold()

    def _review(self, state: PreferenceState, user: UserId, at: datetime) -> None:
        if self.state not in (PreferenceState.HEARD, PreferenceState.APPROVED, PreferenceState.REJECTED):
            raise NotReviewable(f"this preference is {self.state}")
        self.state, self.reviewed_by, self.reviewed_at = state, user, at
