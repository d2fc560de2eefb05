"""Read what the shop answers from ``data/faq/<topic>.yml``, and name everything that is wrong there together."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jsonschema_rs import Draft202012Validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.domain.language import LANGUAGES, Language
from bot.errors import BadSetting

_TEXT: Final = {"type": "string", "minLength": 1}


def _in_every_language(value: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": dict.fromkeys(LANGUAGES, value),
        "required": list(LANGUAGES),
        "additionalProperties": False,
    }


_ENTRY: Final = {
    "type": "object",
    "properties": {
        "id": {"type": "string", "pattern": "^[a-z]+(-[a-z]+)*$"},
        "title": _in_every_language(_TEXT),
        "answer": _in_every_language(_TEXT),
        "fact": _TEXT,
        "asked": _in_every_language({"type": "array", "items": _TEXT, "minItems": 1}),
    },
    "required": ["id", "title", "asked"],
    "oneOf": [{"required": ["answer"]}, {"required": ["fact"]}],
    "additionalProperties": False,
}
_FILE: Final = Draft202012Validator({
    "type": "object",
    "properties": {"intent": _TEXT, "demo": {"type": "boolean"}, "entries": {"type": "array", "items": _ENTRY}},
    "required": ["intent", "entries"],
    "additionalProperties": False,
})  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """Be one question that the shop answers; ``intent`` is what messages about it are mostly read as.

    Either ``answer`` holds the words, or ``fact`` names the shop's fact in the database that is the answer: what the shop
    says of a whole topic stands there alone, and the entries add the particular cases.
    """

    id: str
    intent: str
    title: Mapping[str, str]
    asked: Mapping[str, tuple[str, ...]]
    answer: Mapping[str, str]
    fact: str | None = None

    def wordings(self, *languages: Language) -> Iterator[str]:
        """Give title and ways of asking in these languages."""
        for language in languages:
            yield self.title[language]
            yield from self.asked[language]


def read_entries(folder: Path, *, with_demo: bool) -> tuple[Entry, ...]:
    """Return the entries of every file; those that say ``demo: true`` only when the demo shop is open.

    Raises ``BadSetting`` that names file and place of everything that is wrong.
    """
    problems: list[str] = []
    entries: list[Entry] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            written = YAML(typ="safe").load(path)
        except YAMLError as error:
            problems.append(f"{path.name}: {' '.join(str(error).split())}")
            continue
        found = [f"{path.name}: {_place(error.instance_path)}{error.message}" for error in _FILE.iter_errors(written)]
        problems += found
        if not found and (with_demo or not written.get("demo")):
            entries += [_entry(one, written["intent"]) for one in written["entries"]]
    problems += _said_twice(entries)
    if problems:
        raise BadSetting("; ".join(problems))
    return tuple(entries)


def _entry(written: dict[str, Any], intent: str) -> Entry:
    asked = {language: tuple(ways) for language, ways in written["asked"].items()}
    return Entry(written["id"], intent, written["title"], asked, written.get("answer", {}), written.get("fact"))


def _said_twice(entries: list[Entry]) -> Iterator[str]:
    """Name ids and titles that two entries share: a button with such a title would not say which is meant."""
    ids = Counter(entry.id for entry in entries)
    titles = Counter(title for entry in entries for title in set(entry.title.values()))
    for name, times in (ids + titles).items():
        if times > 1:
            yield f"{name!r} stands for {times} entries"


def _place(steps: list[str | int]) -> str:
    return "".join(f"{step}/" for step in steps)[:-1] + ": " if steps else ""
