"""Compare what a crowd wrote with the record, and with what reached the crowd."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeVar

ANSWER: Final = "echo "
"""Begins what is an answer of the scripted brain, and not a word of comfort because the machine is slow."""
Who = TypeVar("Who")


@dataclass
class Outcome(Generic[Who]):
    """Be the story of everybody: texts in the record, answers owed, answers that arrived, answers in doubt."""

    written: dict[Who, list[str]] = field(default_factory=dict)
    answers: dict[Who, list[str]] = field(default_factory=dict)
    reached: dict[Who, list[str]] = field(default_factory=dict)
    unsure: dict[Who, list[str]] = field(default_factory=dict)
    deliveries: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, reached: Mapping[Who, list[str]], messages_of: Callable[[Who], list[dict[str, Any]]]) -> "Outcome[Who]":
        """Read the record of everybody whom something may have ``reached``, by the JSON API."""
        outcome = cls(reached=dict(reached))
        for who in reached:
            messages = messages_of(who)
            said = [one for one in messages if one["author"] == "bot"]
            outcome.written[who] = [one["text"] for one in messages if one["author"] == "customer"]
            outcome.answers[who] = [one["text"] for one in said]
            outcome.unsure[who] = [one["text"] for one in said if one["delivery"] == "ambiguous"]
            outcome.deliveries.update(one["delivery"] for one in said)
        return outcome

    @property
    def doubts(self) -> int:
        """Count the answers of which nobody knows whether they arrived."""
        return sum(map(len, self.unsure.values()))
