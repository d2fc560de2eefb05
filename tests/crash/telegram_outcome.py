"""Compare what a crowd wrote with the record, and with what reached the crowd."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from tests.crash.telegram_updates import Crowd

ANSWER: Final = "echo "
Messages = list[dict[str, Any]]


@dataclass
class Outcome:
    """Be the story of every chat: texts in the record, answers owed, answers that arrived, answers in doubt."""

    written: dict[int, list[str]] = field(default_factory=dict)
    answers: dict[int, list[str]] = field(default_factory=dict)
    reached: dict[int, list[str]] = field(default_factory=dict)
    unsure: dict[int, list[str]] = field(default_factory=dict)
    deliveries: Counter[str] = field(default_factory=Counter)

    @property
    def doubts(self) -> int:
        """Count the sends whose outcome nobody knows."""
        return sum(map(len, self.unsure.values()))


def look(crowd: Crowd, messages_of: Callable[[int], Messages], taken: list[dict[str, Any]]) -> Outcome:
    """Read every chat's record, by the JSON API, and sort what the platform took by chat."""
    outcome = Outcome()
    reached = defaultdict(list)
    for message in taken:
        if message["text"].startswith(ANSWER):  # and not a word of comfort, because the machine is slow
            reached[message["chat"]].append(message["text"])
    for chat in crowd.chats:
        messages = messages_of(chat)
        said = [one for one in messages if one["author"] == "bot"]
        outcome.written[chat] = [one["text"] for one in messages if one["author"] == "customer"]
        outcome.answers[chat] = [one["text"] for one in said]
        outcome.unsure[chat] = [one["text"] for one in said if one["delivery"] == "ambiguous"]
        outcome.reached[chat] = reached[chat]
        outcome.deliveries.update(one["delivery"] for one in said)
    return outcome
