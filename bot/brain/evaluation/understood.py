"""Say all that a message meant, as the assistant would act on it: rules first, then the model, then the hearing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Final

from bot.domain.escape import wishes_for_person
from bot.domain.grievance_topics import topic_of
from bot.domain.grievances import severity_of, wants_of
from bot.domain.hearing import as_read, only_refuses_promotion
from bot.domain.preferences import Expressed
from bot.domain.script import fold
from bot.domain.sentiment import sentiment_of
from bot.domain.time_limits import ends_at

OUT_OF_SCOPE: Final = "out_of_scope"
_NOT_UNDERSTOOD: Final = "nlu_fallback"
_PERSON: Final = "ask_human"
_COMPLAINT: Final = "complaint"
_NOBODY_COMPLAINS_CONTENT: Final = -1


@dataclass(frozen=True)
class Grievance:
    """Be what a complaint is about, how grave it is, and what the customer wants for it."""

    topic: str
    severity: str
    wants: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understood:
    """Hold what one message meant; ``labels`` begins with the main one, whose ``confidence`` stands beside it."""

    labels: tuple[str, ...]
    confidence: float
    grievance: Grievance | None
    preferences: tuple[Expressed, ...]
    sentiment: int

    @property
    def label(self) -> str:
        """Return the main label."""
        return self.labels[0]


def understood(text: str, parsed: Mapping[str, Any]) -> Understood:
    """Put together what the rules hear in ``text`` and what the model read in it (``parsed``).

    What the model does not understand is out of scope here: whoever measures knows no other word for it.
    """
    labels, confidence = _labels(text, parsed)
    complains = _COMPLAINT in labels
    feeling = sentiment_of(text)
    return Understood(
        labels=labels,
        confidence=confidence,
        grievance=_grievance(text, parsed) if complains else None,
        preferences=() if labels[0] == OUT_OF_SCOPE else tuple(as_read(parsed.get("preferences"), text)),
        sentiment=min(feeling, _NOBODY_COMPLAINS_CONTENT) if complains else feeling,
    )


def _grievance(text: str, parsed: Mapping[str, Any]) -> Grievance:
    read = parsed.get("grievance") or {"topic": topic_of(text), "severity": severity_of(text)}
    return Grievance(read["topic"], read["severity"], tuple(wants_of(text)))


def _labels(text: str, parsed: Mapping[str, Any]) -> tuple[tuple[str, ...], float]:
    intent = parsed["intent"]
    read: Sequence[str] = [one["name"] for one in parsed.get("labels", ())]
    if only_refuses_promotion(text):
        read = [label for label in read if label != _COMPLAINT]
    if wishes_for_person("text", text):
        return (_PERSON, *(label for label in read if label not in (_PERSON, OUT_OF_SCOPE))), 1.0
    if not read:
        known = intent["name"] not in (_NOT_UNDERSTOOD, None, _COMPLAINT)
        return (intent["name"] if known else OUT_OF_SCOPE,), float(intent["confidence"])
    return tuple(read), float(intent["confidence"])


def as_json(found: Understood, now: datetime, zone: tzinfo) -> dict[str, Any]:
    """Return the fields of the public answer; "this month" ends by the calendar of the ``zone``."""
    grievance = found.grievance
    return {
        "label": found.label,
        "labels": list(found.labels),
        "confidence": round(found.confidence, 4),
        "complaint": grievance
        and {"topic": grievance.topic, "severity": grievance.severity, "wants": list(grievance.wants)},
        "preferences": [_preference(one, now, zone) for one in found.preferences],
        "sentiment": found.sentiment,
    }


def _preference(one: Expressed, now: datetime, zone: tzinfo) -> dict[str, Any]:
    ends = ends_at(fold(one.time_limit), now, zone) if one.time_limit else None
    return {
        "kind": one.kind,
        "object": one.object,
        "polarity": one.polarity.value,
        "strength": one.strength.value,
        "subject": one.subject,
        "quote": one.quote,
        "start": one.quote_start,
        "end": one.quote_end,
        "valid_until": ends and ends.isoformat(),
        "confidence": one.confidence,
    }
