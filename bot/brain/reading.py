"""Say what one message meant, from what the turn left in the tracker."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from rasa.shared.core.events import Event, SlotSet, UserUttered

LANGUAGE_SLOT: Final = "language"
SENTIMENT_SLOT: Final = "sentiment"
TOPICS_SLOT: Final = "topics"
NO_INTENT: Final = "nlu_fallback"


@dataclass(frozen=True)
class Reading:
    """Hold intent, confidence and labels from the model, the rest from the write-back; sentiment runs from -2 to +2.

    ``labels`` names every matter of the message, the main one first; it is empty where nothing was understood.
    """

    intent: str
    confidence: float
    language: str
    sentiment: int = 0
    topics: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the shape of the brain protocol."""
        return asdict(self) | {"topics": list(self.topics), "labels": list(self.labels)}


def reading_of(events: Iterable[Event], language: str) -> Reading:
    """Read one turn's events; what its write-back did not set keeps a neutral value.

    Slots of earlier turns do not count: a customer who was angry yesterday is not angry in every message.
    """
    intent: dict[str, Any] = {}
    labels: list[dict[str, Any]] = []
    written: dict[str, Any] = {}
    for event in events:
        if isinstance(event, UserUttered):
            intent, labels = event.intent, event.parse_data.get("labels") or []
        elif isinstance(event, SlotSet):
            written[event.key] = event.value
    return Reading(
        intent=intent.get("name") or NO_INTENT,
        confidence=float(intent.get("confidence") or 0.0),
        language=written.get(LANGUAGE_SLOT) or language,
        sentiment=max(-2, min(2, round(float(written.get(SENTIMENT_SLOT) or 0)))),
        topics=tuple(str(topic) for topic in written.get(TOPICS_SLOT) or ()),
        labels=tuple(str(label["name"]) for label in labels),
    )
