"""Find a turn again in the tracker, so that a repeated request gets the recorded answer."""

from collections.abc import Iterable
from typing import Any

from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered

ACTION_SESSION_START = "action_session_start"


def turn_events(events: Iterable[Event], message_id: int) -> list[Event]:
    """Return the events from this message up to the next message or session, or nothing if it was never answered."""
    turn: list[Event] = []
    for event in events:
        if isinstance(event, UserUttered):
            if turn:
                break
            if event.metadata.get("message_id") == message_id:
                turn.append(event)
        elif turn and isinstance(event, ActionExecuted) and event.action_name == ACTION_SESSION_START:
            break
        elif turn:
            turn.append(event)
    return turn


def replies_of(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return what the bot said, in order; a ``custom`` payload is carried as it is."""
    return [_reply(event) for event in events if isinstance(event, BotUttered)]


def _reply(said: BotUttered) -> dict[str, Any]:
    buttons = said.data.get("buttons") or []
    reply: dict[str, Any] = {
        "text": said.text or "",
        "buttons": [{"title": str(b.get("title", "")), "payload": str(b.get("payload", ""))} for b in buttons],
    }
    if said.data.get("custom"):
        reply["custom"] = said.data["custom"]
    return reply
