"""Say what the pages and the front have to say, in the language of the reader.

The words lie in gettext catalogues, `bot/locale/<tag>/LC_MESSAGES/<domain>.po`, one domain per page or part, so that a
translator needs no Python. They are read as they are, not compiled, and only when the first word is asked for.
"""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HOME = Path(__file__).parent / "locale"

_HANT_REGIONS = {"tw", "hk", "mo"}
_RANGE = re.compile(r"^\s*([A-Za-z*][A-Za-z0-9-]*)\s*(?:;\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*)?$")


def say(language: str, msgid: str, **values: str) -> str:
    """Give the words of `msgid` with `values` put in their places.

    Values are never read as templates, so a customer's `{braces}` stay what they are. An unknown language, an unknown
    msgid or a value left out raises KeyError: a missing word must be found by a test, not by a customer.
    """
    for words in _catalogues()[language].values():
        if msgid in words:
            return words[msgid].format_map(values)
    raise KeyError(f"no {language} words for {msgid!r}")


def catalogue(language: str, domain: str) -> dict[str, str]:
    """Give a copy of all words of one domain, places still open, for a page whose scripts speak for themselves."""
    return dict(_catalogues()[language][domain])


def for_page(language: str) -> Callable[[str], str]:
    """Give a template its `t`, so that it can name words without knowing whose language it speaks."""

    def t(msgid: str) -> str:
        return say(language, msgid)

    return t


def best_language(accept_language: str | None) -> str:
    """Choose the language of a page from an Accept-Language header.

    Who states no wish gets simplified Chinese, the language of most customers; who reads neither Chinese nor English
    more likely gets on with English.
    """
    if not accept_language or not accept_language.strip():
        return "zh-Hans"
    for wish in _wishes(accept_language):
        if language := _language_of(wish):
            return language
    return "en"


def _wishes(accept_language: str) -> list[str]:
    """List the ranges of the header, the most wanted first; unreadable and refused (q=0) ones are left out."""
    ranges = [match for part in accept_language[:1000].split(",") if (match := _RANGE.match(part))]
    weighed = [(float(match[2] or 1), match[1].lower()) for match in ranges]
    return [wish for weight, wish in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]


def _language_of(wish: str) -> str | None:
    """Find our language for one range; a script subtag outweighs a region, because it says how the reader reads."""
    primary, *subtags = wish.split("-")
    if primary == "*":
        return "zh-Hans"
    if primary == "en":
        return "en"
    if primary != "zh":
        return None
    if "hans" in subtags:
        return "zh-Hans"
    return "zh-Hant" if "hant" in subtags or _HANT_REGIONS.intersection(subtags) else "zh-Hans"


@cache
def _catalogues() -> dict[str, dict[str, dict[str, str]]]:
    """Read every catalogue once: language → domain → msgid → words."""
    return {language: _domains(HOME / language.replace("-", "_") / "LC_MESSAGES") for language in LANGUAGES}


def _domains(folder: Path) -> dict[str, dict[str, str]]:
    return {path.stem: _read(path) for path in sorted(folder.glob("*.po"))}


def _read(path: Path) -> dict[str, str]:
    """Read one catalogue. An untranslated entry speaks its msgid, as gettext does; a test keeps Chinese ones filled."""
    with path.open("rb") as file:
        entries = read_po(file, abort_invalid=True)
    return {entry.id: str(entry.string or entry.id) for entry in entries if isinstance(entry.id, str) and entry.id}
