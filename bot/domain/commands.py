"""Read the few commands that a customer may give: ``/start``, ``/help``, ``/human`` and ``/language``.

Everything else that begins with a slash is text. No command undoes anything: none leads back from a person to the bot.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.domain.language import LANGUAGES, Language


@dataclass(frozen=True)
class Start:
    """Begin; ``payload`` is what the link carried by which the customer came."""

    payload: str | None = None


@dataclass(frozen=True)
class Help:
    """Ask what can be done here."""


@dataclass(frozen=True)
class Human:
    """Ask for a person."""


@dataclass(frozen=True)
class ChooseLanguage:
    """Choose a language; None asks which there are."""

    language: Language | None = None


Command = Start | Help | Human | ChooseLanguage

_COMMAND: Final = re.compile(
    r"/(?P<name>[a-z]+)(?:@[a-z0-9_]{1,64})?(?:\s+(?P<rest>.+))?", re.IGNORECASE | re.ASCII | re.DOTALL
)
_PAYLOAD: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TAGS: Final = {tag.lower(): tag for tag in LANGUAGES}


def parse(text: str) -> Command | None:
    """Return the command that a text is, or None: then it is text like any other.

    ``/human`` may be followed by anything, for a wish for a person is never missed; words after ``/help`` or ``/start``
    are words for us to answer. A language that we do not speak asks for those that we do.
    """
    found = _COMMAND.fullmatch(text.strip())
    if found is None:
        return None
    name, rest = found["name"].lower(), (found["rest"] or "").strip()
    if name == "human":
        return Human()
    if name == "help" and not rest:
        return Help()
    if name == "start" and (not rest or _PAYLOAD.fullmatch(rest)):
        return Start(rest or None)
    if name == "language" and len(rest.split()) <= 1:
        return ChooseLanguage(_TAGS.get(rest.lower()))
    return None


def command_in(kind: str, text: str) -> Command | None:
    """Return the command that a message gives: only where its channel took it for one, or by one of our own buttons."""
    return parse(text) if kind in ("command", "button") else None


def spelt(command: ChooseLanguage) -> str:
    """Return the text that gives this command, for the payload of a button."""
    return f"/language {command.language}" if command.language else "/language"
