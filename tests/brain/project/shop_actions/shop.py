"""Write what happened into a text file, so that tests see what ran and in which process."""

import os
from pathlib import Path
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActionExecuted, EventType, SessionStarted, SlotSet
from rasa_sdk.executor import CollectingDispatcher


def note(line: str) -> None:
    """Append a line to the diary that the test named."""
    if diary := os.environ.get("SHOP_DIARY"):
        with Path(diary).open("a") as out:
            out.write(line + "\n")


class ActionSessionStart(Action):
    def name(self) -> str:
        return "action_session_start"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        note(f"session {tracker.sender_id}")
        metadata = tracker.get_slot("session_started_metadata") or {}
        return [SessionStarted(), SlotSet("language", metadata.get("language")), ActionExecuted("action_listen")]


class ActionListen(Action):
    def name(self) -> str:
        return "action_listen"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return written(tracker, "turn")


class ActionWriteBack(Action):
    def name(self) -> str:
        return "action_write_back"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        return written(tracker, "understand")


def written(tracker: Tracker, how: str) -> list[EventType]:
    message = tracker.latest_message
    note(f"{how} {message['metadata'].get('message_id')} {message['intent']['name']}")
    angry = message["intent"]["name"] == "complaint"
    return [SlotSet("sentiment", -2 if angry else 0), SlotSet("topics", ["quality"] if angry else [])]


class ActionComplain(Action):
    def name(self) -> str:
        return "action_complain"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        dispatcher.utter_message(text="Sorry to hear that.")
        dispatcher.utter_message(json_message={"case": "C-1"})
        return [SlotSet("no_such_slot", 1)]


class ActionExplode(Action):
    def name(self) -> str:
        return "action_explode"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        note("exploded")
        if "hang" in tracker.latest_message["text"]:
            while True:
                pass
        raise KeyError(tracker.latest_message["text"])


class ActionMisunderstood(Action):
    def name(self) -> str:
        return "action_misunderstood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        dispatcher.utter_message(text="Sorry?")
        return []
