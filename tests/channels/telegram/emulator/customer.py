"""Be the customers of the emulated Telegram: write, edit, press, and read what arrives."""

import itertools
import time
from typing import Any, Final

import requests

from tests.channels.telegram.emulator.emulator import TOKEN, Emulator
from tests.crash.waiting import eventually

Json = dict[str, Any]
_IDS: Final = itertools.count(501)


class Customer:
    """Be somebody with Telegram on the phone; ``screen`` is what the bot has sent there."""

    def __init__(self, emulator: Emulator, name: str, language: str = "en") -> None:
        self.id = next(_IDS)
        self.screen: list[Json] = []
        self._read = 0
        self._url = emulator.clients_url
        self._user = {"id": self.id, "first_name": name, "is_bot": False, "language_code": language}
        self._chat = {"id": self.id, "first_name": name, "type": "private"}

    def write(self, text: str, **more: Any) -> int:
        """Write a message and return its id; one with ``edit_of`` changes an earlier one."""
        self._post("sendMessage", self._letter() | {"text": text} | more)
        return self._last_id()

    def command(self, text: str) -> int:
        """Write a command, marked as the application marks it."""
        entity = {"type": "bot_command", "offset": 0, "length": len(text.split()[0])}
        self._post("sendCommand", self._letter() | {"text": text, "entities": [entity]})
        return self._last_id()

    def press(self, title: str) -> None:
        """Press the newest button with these words."""
        shown, data = next(
            (shown, button["callback_data"]) for shown in reversed(self.screen)
            for button in buttons(shown) if button["text"] == title
        )  # fmt: skip
        bot = {"id": 666, "first_name": "Bot", "is_bot": True}
        words = {"message_id": shown["messageId"], "text": shown["message"]["text"], "date": shown["time"] // 1000}
        press = self._letter() | {"message": {"from": bot, "chat": self._chat} | words, "data": data}
        self._post("sendCallback", press)

    def reads(self, within: float = 20) -> str:
        """Wait for the bot's next message and return its words."""
        eventually(lambda: self.unread() > 0, within, f"a message for customer {self.id}")
        self._read += 1
        words: str = self.screen[self._read - 1]["message"]["text"]
        return words

    def unread(self) -> int:
        """Look at the screen and return how many messages have not been read."""
        answer = self._post("getUpdates", {"token": TOKEN, "chatId": self.id})
        self.screen += answer["result"]
        return len(self.screen) - self._read

    def _letter(self) -> Json:
        return {"botToken": TOKEN, "from": self._user, "chat": self._chat, "date": int(time.time())}

    def _last_id(self) -> int:
        history = self._post("getUpdatesHistory", {"token": TOKEN})["result"]
        return max(one["messageId"] for one in history if one.get("message", {}).get("chat") == self._chat)

    def _post(self, path: str, body: Json) -> Json:
        answer = requests.post(f"{self._url}/{path}", json=body, timeout=10)
        answer.raise_for_status()
        result: Json = answer.json()
        return result


def buttons(shown: Json) -> list[Json]:
    """Return the buttons under a message of the screen."""
    markup = shown["message"].get("reply_markup") or {}
    return [button for row in markup.get("inline_keyboard", ()) for button in row]
