"""Read the measuring sets: what people wrote, and what somebody who read it says that it means."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.brain.evaluation.understood import Understood
from bot.errors import BadSetting

SETS: Final = ("dev", "test")
LANGUAGES: Final = ("zh-Hans", "zh-Hant", "en")


@dataclass(frozen=True)
class Wish:
    """Be one preference as the reader marked it; ``is_own`` is False for somebody else's."""

    object: str
    polarity: str
    is_own: bool


@dataclass(frozen=True)
class Case:
    """Be one marked message."""

    set: str
    language: str
    text: str
    labels: tuple[str, ...]
    grievance: dict[str, Any] | None
    wishes: tuple[Wish, ...]
    sentiment: int

    @property
    def label(self) -> str:
        """Return the matter to answer first."""
        return self.labels[0]


@dataclass(frozen=True)
class Measured:
    """Hold a case, what was understood of it, and how many milliseconds of one core the model took to read it."""

    case: Case
    found: Understood
    milliseconds: float

    @property
    def is_right(self) -> bool:
        """Say whether the main matter was found."""
        return self.case.label == self.found.label


def read_cases(folder: Path) -> list[Case]:
    """Read every set in every language. Raises ``BadSetting`` when a file is missing."""
    cases = []
    for kind in SETS:
        for language in LANGUAGES:
            path = folder / kind / f"{language}.jsonl"
            if not path.exists():
                raise BadSetting(f"there is no measuring set {path}")
            cases += [_case(kind, language, json.loads(line)) for line in path.read_text().splitlines() if line.strip()]
    return cases


def _case(kind: str, language: str, told: dict[str, Any]) -> Case:
    main = told["label"]
    return Case(
        set=kind,
        language=language,
        text=told["text"],
        labels=(main, *(label for label in told["labels"] if label != main)),
        grievance=told["complaint"],
        wishes=tuple(
            Wish(one["object"], one["polarity"], one.get("subject", "customer") == "customer")
            for one in told["preferences"]
        ),
        sentiment=told["sentiment"],
    )
