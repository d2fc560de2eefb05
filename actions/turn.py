"""See one turn with types; the only place that knows how Rasa's tracker spells things."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from rasa_sdk import Tracker

from actions import slots
from bot.domain.complaints import Severity
from bot.domain.hearing import as_read
from bot.domain.ids import ConversationId, CustomerId, MessageId
from bot.domain.language import Language, detect, is_language
from bot.domain.preferences import Expressed

NOT_UNDERSTOOD: Final = "nlu_fallback"
_STARTED_WITH: Final = "session_started_metadata"
_NO_MESSAGE: Final = MessageId(0)
GOES_ON_WITHIN: Final = timedelta(hours=1)
"""A session that begins so soon after the last word goes on with the same talk."""


@dataclass(frozen=True)
class Turn:
    """Be one customer message and what is known while it is answered.

    ``renewed`` names the slots that were set since the customer wrote: they belong to this turn and not to an earlier
    one. ``message_id`` is 0 for words that came from ``rasa shell``, which knows no record; ``shell_id`` names them then.
    ``asked`` are the words of the text that say the intent, all of them where it says nothing else. ``further`` names what
    else the message is about, as far as the model is sure of it, with the words that say so. ``expressed`` holds the
    preferences it states, and ``topic`` and ``severity`` weigh it where it is a complaint.
    """

    message_id: MessageId
    customer_id: CustomerId
    conversation_id: ConversationId
    text: str
    language: Language
    intent: str
    confidence: float
    slots: Mapping[str, Any] = field(default_factory=dict)
    renewed: frozenset[str] = frozenset()
    shell_id: str = ""
    asked: str = ""
    further: Mapping[str, str] = field(default_factory=dict)
    expressed: tuple[Expressed, ...] = ()
    topic: str | None = None
    severity: Severity | None = None

    @property
    def is_recorded(self) -> bool:
        """Say whether the message lies in the record already."""
        return self.message_id != _NO_MESSAGE


@dataclass(frozen=True)
class Opening:
    """Be the start of a session: who comes, and in which language the first word was.

    A long talk goes through several sessions. ``left_open`` holds what the last turn before this one left open, so that
    a "yes" to an offer still finds it; it is empty after a pause.
    """

    customer_id: CustomerId
    language: Language
    left_open: Mapping[str, Any] = field(default_factory=dict)


def turn_of(tracker: Tracker) -> Turn:
    """Read the tracker's latest message."""
    latest = tracker.latest_message
    ids = latest.get("metadata") or {}
    text = latest.get("text") or ""
    intent = latest.get("intent") or {}
    grievance = latest.get("grievance") or {}
    name = intent.get("name") or NOT_UNDERSTOOD
    said_so = {str(label["name"]): str(label["words"]) for label in latest.get("labels") or ()}
    return Turn(
        message_id=MessageId(int(ids.get("message_id") or _NO_MESSAGE)),
        customer_id=CustomerId(str(ids.get("customer_id") or "")),
        conversation_id=ConversationId(tracker.sender_id),
        text=text,
        language=_language(ids.get("language"), text, tracker.slots.get(slots.LANGUAGE)),
        intent=name,
        confidence=float(intent.get("confidence") or 0.0),
        asked=said_so.get(name, text),
        further={label: words for label, words in said_so.items() if label != name},
        expressed=tuple(as_read(latest.get("preferences"), text)),
        topic=grievance.get("topic"),
        severity=Severity(grievance["severity"]) if grievance else None,
        slots=tracker.slots,
        renewed=_set_in_this_turn(tracker.events),
        shell_id=str(latest.get("message_id") or ""),
    )


def opening_of(tracker: Tracker, now: datetime) -> Opening:
    """Read what a new session starts with: the metadata of the message that opened it."""
    started_with = tracker.slots.get(_STARTED_WITH) or {}
    language = started_with.get("language")
    last_at = tracker.events[-1].get("timestamp") if tracker.events else None
    goes_on = last_at is not None and now.timestamp() - last_at < GOES_ON_WITHIN.total_seconds()
    return Opening(
        CustomerId(str(started_with.get("customer_id") or "")),
        language if is_language(language) else "zh-Hans",
        {name: tracker.slots.get(name) for name in slots.CARRIED} if goes_on else {},
    )


def _language(told: object, text: str, known: object) -> Language:
    if is_language(told):
        return told
    return detect(text, known if is_language(known) else "zh-Hans")


def _set_in_this_turn(events: list[dict[str, Any]]) -> frozenset[str]:
    renewed = set()
    for event in reversed(events):
        if event.get("event") == "user":
            break
        if event.get("event") == "slot":
            renewed.add(str(event.get("name")))
    return frozenset(renewed)
