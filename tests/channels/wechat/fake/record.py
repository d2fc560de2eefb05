"""Write down what the fake was asked and what it took."""

from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Call:
    """Be one call; ``errcode`` is what it was answered, None for no answer or none in JSON."""

    path: str
    asked: dict[str, Any]
    errcode: int | None
    status: int = 200


@dataclass(frozen=True)
class Taken:
    """Be a message that the customer now reads; ``text`` is what can be read of it."""

    openid: str
    kind: str
    text: str
    content: dict[str, Any]


@dataclass
class Record:
    """Hold everything, in the order of arrival."""

    calls: list[Call] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)

    def of(self, path: str) -> list[Call]:
        return [call for call in self.calls if call.path.endswith(path)]

    def texts(self, openid: str) -> list[str]:
        return [taken.text for taken in self.taken if taken.openid == openid]

    def refused(self, *errcodes: int) -> int:
        """Count the calls that were refused so; without codes, those that were refused at all."""
        refusals = [call.errcode for call in self.calls if call.errcode not in (0, None)]
        return sum(code in errcodes for code in refusals) if errcodes else len(refusals)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
