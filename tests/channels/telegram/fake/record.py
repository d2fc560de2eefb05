"""Write down what the fake was asked and what it took."""

import time
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """Be one call: ``files`` are (parameter, file name, bytes); ``status`` is what it was answered, 0 for nothing."""

    method: str
    parameters: dict[str, Any]
    files: list[tuple[str, str, int]]
    at: float
    status: int


@dataclass(frozen=True)
class Taken:
    """Be a message that has arrived."""

    chat: int
    message_id: int
    kind: str
    text: str
    at: float


@dataclass
class Record:
    """Hold everything, in the order of arrival."""

    calls: list[Call] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def of(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method.lower() == method.lower()]

    def texts(self, chat: int) -> list[str]:
        return [taken.text for taken in self.taken if taken.chat == chat]

    def refused(self, status: int) -> int:
        return sum(call.status == status for call in self.calls)

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"now": time.monotonic()}
