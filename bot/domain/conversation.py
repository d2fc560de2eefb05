"""Decide who owns a conversation: the bot, nobody yet (waiting), a person, or nobody any more (closed).

::

    bot ──request_person──▶ waiting ──claim──▶ person ──hand_back──▶ bot
     │                         │                  │
     └────────claim───────────▶┘ (→ person)       └──close──▶ closed   (close works from every state)

A person may also answer past our desk, in the platform's own app (``take_elsewhere`` and ``return_from_elsewhere``, from and
to every open state): the conversation is a person's then, and no agent of the desk has it.

Every change raises ``epoch``. Whoever wrote something under an older epoch wrote it for another owner: bot words of an
older epoch are never sent. A customer's message never changes the owner by itself.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.ids import ConversationId, CustomerId, HandoffId, IdentityId, MessageId, UserId
from bot.errors import Conflict


class Owner(StrEnum):
    """Name the state of a conversation by who has it."""

    BOT = "bot"
    WAITING = "waiting"
    PERSON = "person"
    CLOSED = "closed"


class Reason(StrEnum):
    """Name why a person was brought in."""

    WISH = "wish"
    ANGRY = "angry_complaint"
    MISUNDERSTOOD = "misunderstood"
    UNANSWERABLE = "unanswerable"
    BRAIN_FAILED = "brain_failed"
    AGENT = "agent_took_over"
    ELSEWHERE = "answered_elsewhere"


class ConversationClosed(Conflict):
    """Refuse to act on a conversation that has ended."""


class NotYours(Conflict):
    """Refuse an agent who does not have the conversation; ``holder`` has it."""

    def __init__(self, message: str, holder: UserId | None = None) -> None:
        super().__init__(message)
        self.holder = holder


@dataclass(eq=False)
class Conversation:
    """Be one stretch of talk with a customer on one identity, from the first word to the close."""

    id: ConversationId
    customer_id: CustomerId
    identity_id: IdentityId
    channel: str
    opened_at: datetime
    owner: Owner = Owner.BOT
    epoch: int = 1
    agent_id: UserId | None = None
    waiting_since: datetime | None = None
    closed_at: datetime | None = None
    last_message_at: datetime | None = None
    rating_wanted: bool = False
    notice_given: bool = False

    @property
    def is_elsewhere(self) -> bool:
        """Say whether a person has it in the platform's own app, so that nobody at the desk can answer."""
        return self.owner is Owner.PERSON and self.agent_id is None

    def bring_person(self, at: datetime) -> bool:
        """Put the conversation into the queue; return False where a person has it or is already called."""
        self._must_be_open()
        if self.owner is not Owner.BOT:
            return False
        self.waiting_since = at
        self._pass_to(Owner.WAITING)
        return True

    def claim(self, agent: UserId) -> None:
        """Give the conversation to an agent; the same agent may claim twice, another is refused."""
        self._must_be_open()
        if self.owner is Owner.PERSON:
            if self.agent_id == agent:
                return
            raise NotYours("another agent has this conversation", self.agent_id)
        self.agent_id = agent
        self.waiting_since = None
        self._pass_to(Owner.PERSON)

    def hand_back(self, agent: UserId) -> None:
        """Give the conversation back to the bot and ask the customer for a rating."""
        self.must_belong_to(agent)
        self.agent_id = None
        self.rating_wanted = True
        self._pass_to(Owner.BOT)

    def close(self, agent: UserId, at: datetime) -> None:
        """End the conversation; an agent may not close what another agent has.

        What a person has elsewhere may be closed by anybody: should their platform never say that they are done, nobody is
        left without the bot.
        """
        self._must_be_open()
        if self.owner is Owner.PERSON and not self.is_elsewhere:
            self.must_belong_to(agent)
            self.rating_wanted = True
        self.agent_id = None
        self.waiting_since = None
        self.closed_at = at
        self._pass_to(Owner.CLOSED)

    def take_elsewhere(self) -> bool:
        """Give the conversation to a person in the platform's own app; return False where one has it already."""
        self._must_be_open()
        if self.is_elsewhere:
            return False
        self.agent_id = None
        self.waiting_since = None
        self._pass_to(Owner.PERSON)
        return True

    def return_from_elsewhere(self) -> bool:
        """Give the conversation back to the bot; return False where no person elsewhere has it."""
        if not self.is_elsewhere:
            return False
        self._pass_to(Owner.BOT)
        return True

    def end_quietly(self, at: datetime) -> None:
        """End a conversation of the bot that has long been silent; nobody is asked for a rating."""
        if self.owner is not Owner.BOT:
            raise NotYours("only a conversation of the bot ends by itself", self.agent_id)
        self.closed_at = at
        self._pass_to(Owner.CLOSED)

    def must_belong_to(self, agent: UserId) -> None:
        """Refuse with the right reason unless this agent has the conversation."""
        self._must_be_open()
        if self.owner is not Owner.PERSON or self.agent_id != agent:
            raise NotYours("claim the conversation first", self.agent_id)

    def _must_be_open(self) -> None:
        if self.owner is Owner.CLOSED:
            raise ConversationClosed("the conversation is closed")

    def _pass_to(self, owner: Owner) -> None:
        self.owner = owner
        self.epoch += 1


@dataclass(eq=False)
class Handoff:
    """Be one way from the bot to a person and back: asked for, taken up, ended.

    ``opened_at`` is None while the request of a running turn has not taken effect yet.
    """

    id: HandoffId
    conversation_id: ConversationId
    customer_id: CustomerId
    reason: Reason
    summary: str
    requested_at: datetime
    message_id: MessageId | None = None
    opened_at: datetime | None = None
    claimed_at: datetime | None = None
    claimed_by: UserId | None = None
    ended_at: datetime | None = None
    outcome: str | None = field(default=None)
