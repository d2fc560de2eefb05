"""Answer a file of messages with what each one meant: the way outsiders measure us.

One JSON object ``{"id", "text"}`` a line goes in, one line comes out for each, in the same order and at once. A line that
cannot be read is named on the other stream and skipped.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, TextIO

from bot.brain.evaluation.understood import Understood, as_json

Read = Callable[[str], Understood]


@dataclass(frozen=True)
class Question:
    """Be one message to be understood; its ``id`` is repeated as it came."""

    id: Any
    text: str


@dataclass(frozen=True)
class Unreadable:
    """Say which line, counted from 1, could not be read, and why."""

    number: int
    reason: str


Asked = Question | Unreadable
Answered = tuple[Asked, Understood | None]
Each = Callable[[Iterable[Asked]], Iterable[Answered]]


def questions_in(lines: Iterable[str]) -> Iterator[Asked]:
    """Read the lines one by one; empty ones are passed over."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _question(number, line)


def _question(number: int, line: str) -> Asked:
    try:
        told = json.loads(line.removeprefix("\ufeff"))
    except (ValueError, RecursionError):
        return Unreadable(number, "is not JSON")
    if not isinstance(told, dict) or "id" not in told:
        return Unreadable(number, "is not an object with an id")
    if not isinstance(told.get("text"), str):
        return Unreadable(number, "has no text")
    return Question(told["id"], told["text"])


def answered(read: Read, question: Asked) -> Answered:
    """Return the question with what its text means."""
    return question, None if isinstance(question, Unreadable) else read(question.text)


def answer(lines: Iterable[str], each: Each, answers: TextIO, refusals: TextIO, now: datetime, zone: tzinfo) -> int:
    """Write one answer per message; return how many lines could not be read."""
    unreadable = 0
    for question, found in each(questions_in(lines)):
        if isinstance(question, Unreadable):
            unreadable += 1
            refusals.write(f"line {question.number} {question.reason}\n")
        elif found is not None:
            answers.write(json.dumps({"id": question.id} | as_json(found, now, zone), ensure_ascii=False) + "\n")
            answers.flush()
    return unreadable
