"""Make buttons that say, in the customer's name, what is written on them."""

from bot.domain.language import Language
from bot.domain.messages import Button
from bot.domain.satisfaction import SCORES
from bot.words import say


def to_say(language: Language, *msgids: str) -> tuple[Button, ...]:
    """Return one button for each of our sentences."""
    titles = [say(language, msgid) for msgid in msgids]
    return tuple(Button(title=title, payload=title) for title in titles)


def for_person(language: Language) -> tuple[Button, ...]:
    """Return the button that brings a person."""
    return to_say(language, "talk-to-person")


def for_rating() -> tuple[Button, ...]:
    """Return one button for each score; what it says is read alike in every language."""
    return tuple(Button(title=f"{score} ★", payload="★" * score) for score in SCORES)
