"""Run one turn with Rasa's own message processor, changed where a customer would lose something.

Changed: the words are neutralised before the model reads them, a failing action ends the turn, a session is bounded by its
length too, and the tracker is saved only when the whole turn went well.
"""

import time
from typing import Any, Final

import structlog
from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.brain.failure import LoudAction, TurnAborted
from bot.brain.plain_text import kept_text, read_text, says_something
from bot.failpoints import failpoint

SESSION_EVENTS: Final = 80
"""Start a new session after this many events, some eight turns: the cost of a turn grows with the length of its session."""
IDLE_SECONDS: Final = 60 * 60
"""Start a new session after this long without a word, whatever the domain file says."""
_NOT_UNDERSTOOD: Final = {"name": "nlu_fallback", "confidence": 0.0}

log = structlog.get_logger("bot.brain")


class TurnProcessor(MessageProcessor):
    """Answer messages one whole turn at a time."""

    async def run_turn(self, message: UserMessage, tracker: DialogueStateTracker) -> None:
        """Play the turn on ``tracker`` and save it at the very end."""
        channel = message.output_channel
        await self._update_tracker_session(tracker, channel, message.metadata)
        await self._handle_message_with_tracker(message, tracker)
        await self.run_action_extract_slots(channel, tracker)
        await self._run_prediction_loop(channel, tracker)
        failpoint("brain.mid_turn")
        await self.save_tracker(tracker)
        failpoint("brain.after_save")

    async def run_only(self, action_names: tuple[str, ...], message: UserMessage) -> DialogueStateTracker:
        """Run custom actions over this message on a tracker that is thrown away: nothing is said, nothing is saved."""
        tracker = DialogueStateTracker(message.sender_id, self.domain.slots)
        await self._handle_message_with_tracker(message, tracker)
        for name in action_names:
            action = LoudAction(RemoteAction(name, self.action_endpoint))
            events = await action.run(CollectingOutputChannel(), self.nlg, tracker, self.domain)
            tracker.update_with_events(_known(events, name, tracker), self.domain)
        return tracker

    def read(self, text: str) -> dict[str, Any]:
        """Return what the model reads in a text: intent, ranking and labels."""
        return self._parse_message_with_graph(UserMessage(text), DialogueStateTracker("nobody", []))

    def _parse_message_with_graph(
        self, message: UserMessage, tracker: DialogueStateTracker, only_output_properties: bool = True
    ) -> dict[str, Any]:
        if not says_something(message.text or ""):
            return {
                "text": message.text,
                "intent": _NOT_UNDERSTOOD,
                "intent_ranking": [_NOT_UNDERSTOOD],
                "entities": [],
            }
        words = UserMessage(
            read_text(message.text or ""),
            message.output_channel,
            message.sender_id,
            message_id=message.message_id,
            metadata=message.metadata,
        )
        failpoint("brain.read", words.text)
        parsed: dict[str, Any] = super()._parse_message_with_graph(words, tracker, only_output_properties)
        return parsed | {"text": message.text}

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        going_on: bool = await super()._run_action(LoudAction(action), tracker, output_channel, nlg, prediction)
        return going_on

    def _predict_next_with_tracker(self, tracker: DialogueStateTracker) -> PolicyPrediction:
        """Listen instead of running one action twice in a row.

        After a fallback no rule knows how to go on, and Rasa would predict the same fallback until its limit is reached.
        """
        prediction = super()._predict_next_with_tracker(tracker)
        chosen = self.domain.action_names_or_texts[prediction.max_confidence_index]
        if chosen == tracker.latest_action_name and chosen not in self.domain.form_names:
            return PolicyPrediction.for_action_name(self.domain, ACTION_LISTEN_NAME, prediction.policy_name, 1.0)
        return prediction

    def _log_action_on_tracker(
        self, tracker: DialogueStateTracker, action: Action, events: list[Event] | None, prediction: PolicyPrediction
    ) -> None:
        super()._log_action_on_tracker(tracker, action, _known(events or [], action.name(), tracker), prediction)

    def _has_session_expired(self, tracker: DialogueStateTracker) -> bool:
        if len(tracker.events) >= SESSION_EVENTS:
            return True
        last = tracker.get_last_event_for(UserUttered)
        return last is not None and time.time() - last.timestamp > IDLE_SECONDS


def refuse_endless_turn(*_details: Any) -> None:
    """End a turn in which the rules found no end; Rasa would stop somewhere and call it answered."""
    log.error("brain.endless_turn")
    raise TurnAborted("too many actions")


def _known(events: list[Event], action: str, tracker: DialogueStateTracker) -> list[Event]:
    """Leave out slots that the domain does not have, and say so: Rasa would only forget their values."""
    unknown = [event for event in events if isinstance(event, SlotSet) and event.key not in tracker.slots]
    for event in unknown:
        log.error("brain.unknown_slot", action=action, slot=event.key)
    return [event for event in events if event not in unknown] if unknown else events


def message_of(text: str, conversation_id: str, metadata: dict[str, Any]) -> UserMessage:
    """Wrap a customer's words for Rasa."""
    return UserMessage(
        kept_text(text),
        CollectingOutputChannel(),
        conversation_id,
        message_id=str(metadata["message_id"]),
        metadata=metadata,
    )
