"""Tell whether words in a group are meant for us, and what is left of them without our name. Pure.

https://core.telegram.org/bots/features#privacy-mode
"""

from collections.abc import Iterator
from dataclasses import dataclass

from telegram import Message, MessageEntity

from bot.channels.telegram.fields import whole, words


@dataclass(frozen=True)
class Ourselves:
    """Be who we are on Telegram. The name is known once Telegram has told it; the id where the token tells it."""

    account: str
    username: str | None = None
    bot_id: int | None = None

    def is_called(self, name: str) -> bool:
        """Say whether a user name, without the ``@``, is ours."""
        return bool(self.username) and name.casefold() == (self.username or "").casefold()


def is_for(us: Ourselves, message: Message) -> bool:
    """Say whether a message in a group mentions us or answers one of our messages."""
    return _answers(us, message) or any(True for _ in _mentions(us, message))


def without_mentions(us: Ourselves, message: Message) -> str:
    """Return the words of a message in a group without our name; a command keeps its own."""
    units = _units(message)
    for start, end, is_command in sorted(_mentions(us, message), reverse=True):
        kept = _decoded(units[2 * start : 2 * end]).partition("@")[0] if is_command else ""
        before, after = _decoded(units[: 2 * start]), _decoded(units[2 * end :])
        joined = before + kept + after if kept else before.rstrip(" ") + " " + after.lstrip(" ,:，：")
        units = _encoded(joined)
    return _decoded(units).strip()


def text_of(message: Message) -> str:
    """Return the words of a message: its text, or the caption of what it carries."""
    if message.text is not None:
        return words(message.text)
    return words(message.caption) if message.caption is not None else ""


def _answers(us: Ourselves, message: Message) -> bool:
    """In a topic of a forum every message formally answers the one that opened the topic: that one does not count."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.forum_topic_created is not None:
        return False
    return us.bot_id is not None and answered.from_user.id == us.bot_id


def _mentions(us: Ourselves, message: Message) -> Iterator[tuple[int, int, bool]]:
    """Yield where we are named, in UTF-16 units, and whether as part of a command."""
    units = _units(message)
    for entity in (*message.entities, *message.caption_entities):
        start, end = whole(entity.offset), whole(entity.offset) + whole(entity.length)
        if start < 0 or end <= start:
            continue
        piece = _decoded(units[2 * start : 2 * end])
        if entity.type == MessageEntity.MENTION and us.is_called(piece.removeprefix("@")):
            yield start, end, False
        elif entity.type == MessageEntity.BOT_COMMAND and us.is_called(piece.partition("@")[2]):
            yield start, end, True
        elif entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == us.bot_id:
            yield start, end, False


def _units(message: Message) -> bytes:
    return _encoded(text_of(message))


def _encoded(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _decoded(units: bytes) -> str:
    return units.decode("utf-16-le", "surrogatepass")
