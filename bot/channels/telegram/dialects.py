"""Read what other servers of the Bot API write a little differently from Telegram. Pure.

They are used to try a bot out: dates come in milliseconds, and what Telegram always tells is left out where it goes without
saying. Nothing is guessed of what somebody said, or of who they are.
"""

from typing import Any, Final

LATER_THAN_EVER: Final = 100_000_000_000
"""In seconds that is the year 5138: such a date is meant in milliseconds."""
_DATES: Final = ("date", "edit_date")
_WITHIN: Final = ("message", "reply_to_message")


def mended(fields: dict[str, Any]) -> dict[str, Any]:
    """Return a message or a press with what Telegram would have told."""
    it = fields | {name: _seconds(fields[name]) for name in _DATES if name in fields}
    if "data" in it:
        it = {"chat_instance": ""} | it
    person, chat = it.get("from"), it.get("chat")
    if isinstance(person, dict):
        it["from"] = {"is_bot": False, "first_name": ""} | person
        if isinstance(chat, dict) and "id" in chat and chat["id"] == person.get("id"):
            it["chat"] = {"type": "private"} | chat
    return it | {name: mended(it[name]) for name in _WITHIN if isinstance(it.get(name), dict)}


def _seconds(date: object) -> object:
    return date // 1000 if isinstance(date, int) and date > LATER_THAN_EVER else date
