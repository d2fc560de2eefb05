"""Say where the emulator's answers differ from Telegram's, and put them right.

Found by reading telegram-test-api 4.2.1: ``getMe`` lacks ``is_bot``; sent messages carry their date in milliseconds, the
request's own fields as text, and no sender; what Telegram answers with ``true`` is ``null``; an update carries the bot's
token; a press on a button lacks ``chat_instance``. Nobody can edit there: a message marked ``edit_of`` stands for it.
"""

import time
from typing import Any, Final

Json = dict[str, Any]
LATER_THAN_EVER: Final = 100_000_000_000
"""As seconds this is the year 5138: such a date was meant in milliseconds."""
OWN_FIELDS: Final = ("botToken", "edit_of")


def seconds(date: float) -> int:
    """Return a date in seconds, whichever unit it came in."""
    return int(date / 1000 if date > LATER_THAN_EVER else date)


def me(result: Json) -> Json:
    """Return what the bot is told about itself."""
    return {**result, "is_bot": True}


def sent(result: Json, bot: Json) -> Json:
    """Return a message of the bot as Telegram shows it to the bot."""
    known = {name: result[name] for name in ("message_id", "chat", "text") if name in result}
    markup = {"reply_markup": result["reply_markup"]} if result.get("reply_markup") else {}
    return {**known, **markup, "from": bot, "date": seconds(result["date"])}


def update(raw: Json) -> Json:
    """Return an update as Telegram delivers it."""
    if "callback_query" in raw:
        press = {**raw["callback_query"], "chat_instance": "1"}
        return {"update_id": raw["update_id"], "callback_query": press}
    message = {name: value for name, value in raw["message"].items() if name not in OWN_FIELDS}
    edited = raw["message"].get("edit_of")
    if edited is None:
        return {"update_id": raw["update_id"], "message": message}
    message |= {"message_id": edited, "edit_date": int(time.time())}
    return {"update_id": raw["update_id"], "edited_message": message}
