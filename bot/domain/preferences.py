"""Say what a preference is: what a customer likes or does not, in whose words, and whether it may be used."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from bot.domain.ids import CustomerId, MessageId, PreferenceId, UserId
from bot.domain.script import fold
from bot.errors import Conflict

CUSTOMER: Final = "customer"
"""The subject of what customers want for themselves; any other subject is in their words: "my son"."""
SENSITIVE: Final = frozenset({"dietary"})
"""Kinds that tell of health or faith: never used before a person approved them."""
ONE_ANSWER: Final = frozenset({("attribute", "size"), ("language", ""), ("contact_channel", "")})
"""Kinds and aspects where a new wish replaces the older one, whatever its object: who now takes L no longer takes M."""


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


class Strength(StrEnum):
    """Tell how much it matters to the customer, by the words around it."""

    MILD = "mild"
    PLAIN = "plain"
    STRONG = "strong"


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
    """Be one preference found in a text.

    ``quote`` is ``text[quote_start:quote_end]``. ``aspect`` narrows some kinds (size, colour, carrier, allergy), else it is
    empty. ``time_limit`` are the words that bound it ("这个月", "only weekends"), empty without any.
    """

    kind: str
    object: str
    polarity: Polarity
    quote: str
    confidence: float
    quote_start: int = 0
    quote_end: int = 0
    aspect: str = ""
    strength: Strength = Strength.PLAIN
    subject: str = CUSTOMER
    time_limit: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return all fields, in the form in which they go from process to process."""
        return asdict(self)

    @classmethod
    def from_json(cls, told: Mapping[str, Any]) -> "Expressed":
        """Read what ``as_json`` wrote. Raises ``TypeError`` or ``ValueError`` for anything else."""
        return cls(**{**told, "polarity": Polarity(told["polarity"]), "strength": Strength(told["strength"])})


@dataclass(eq=False)
class Preference:
    """Be one preference with its proof: the quote, its place in the message, and the message it comes from."""

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
    quote_start: int = 0
    quote_end: int = 0
    aspect: str = ""
    strength: Strength = Strength.PLAIN
    subject: str = CUSTOMER
    time_limit: str = ""

    @property
    def is_sensitive(self) -> bool:
        """Say whether it tells of health or faith."""
        return self.kind in SENSITIVE

    def may_be_used(self, now: datetime) -> bool:
        """Say whether the assistant may act on it: the customer's own, still holding, and approved where sensitive."""
        approved = self.state is PreferenceState.APPROVED
        heard = self.state is PreferenceState.HEARD and not self.is_sensitive
        holds = self.valid_until is None or now < self.valid_until
        return self.subject == CUSTOMER and holds and (approved or heard)

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
        """Say whether a new expression is about the same object, of the same person."""
        same_object = fold(self.object) == fold(expressed.object)
        return same_object and fold(self.subject) == fold(expressed.subject)

    def is_contradicted_by(self, expressed: Expressed) -> bool:
        """Say whether a new expression takes this one's place."""
        if self.speaks_of_the_same(expressed) or self.kind == expressed.kind == "marketing":
            return self.polarity in expressed.polarity.opposes
        answer = (expressed.kind, expressed.aspect)
        both_want = self.polarity is expressed.polarity is Polarity.WANT
        return (
            both_want
            and answer in ONE_ANSWER
            and answer == (self.kind, self.aspect)
            and self.subject == expressed.subject
        )

    def _review(self, state: PreferenceState, user: UserId, at: datetime) -> None:
        if self.state not in (PreferenceState.HEARD, PreferenceState.APPROVED, PreferenceState.REJECTED):
            raise NotReviewable(f"this preference is {self.state}")
        self.state, self.reviewed_by, self.reviewed_at = state, user, at
