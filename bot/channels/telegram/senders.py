"""Say who wrote: the customer behind a user of Telegram, in private or in a group. Pure."""

import re
from typing import Any, Final

from telegram import Chat, User

from bot.channels.telegram.fields import positive, whole, words
from bot.channels.telegram.groups import Ourselves
from bot.domain.language import Language
from bot.domain.messages import Incoming

CHANNEL: Final = "telegram"
_USERNAME: Final = re.compile(r"\w{1,64}", re.ASCII)
_TRADITIONAL: Final = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")


def incoming_of(person: User, chat: Chat, us: Ourselves, **rest: Any) -> Incoming:
    """Return an Incoming of a person: in a group each member is a customer of their own."""
    is_public = chat.type != Chat.PRIVATE
    chat_id, person_id = whole(chat.id), positive(person.id)
    if chat_id == 0 or is_public != (chat_id < 0):
        raise ValueError("private chats have ids above 0, groups below")
    names = [words(name) for name in (person.first_name, person.last_name) if name is not None]
    username = person.username
    return Incoming(
        CHANNEL, us.account, f"{chat_id}:{person_id}" if is_public else str(chat_id),
        language_hint=language_of(person.language_code),
        display_name=" ".join(names),
        username=username if username is not None and _USERNAME.fullmatch(words(username)) else None,
        is_public=is_public, **rest,
    )  # fmt: skip


def language_of(code: object) -> Language | None:
    """Return our language for the one that a customer's app speaks; Chinese is simplified unless it says otherwise."""
    if code is None:
        return None
    wish = words(code).lower().replace("_", "-")
    if wish.startswith(_TRADITIONAL):
        return "zh-Hant"
    return "zh-Hans" if wish.partition("-")[0] == "zh" else "en"
