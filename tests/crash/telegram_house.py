"""Build a house that talks to a Bot API server on loopback, with somebody at its desk."""

import re
from pathlib import Path
from typing import Final

import requests

from bot.clock import utc_now
from bot.domain.users import Role
from bot.services import users
from tests.crash.channel_house import ChannelHouse
from tests.crash.part import start

SECRET: Final = "a-secret-for-tests"
PASSWORD: Final = "a long enough password"


class TelegramHouse(ChannelHouse):
    """Be heard on Telegram in one of its modes; ``more`` are further settings of the front."""

    def __init__(self, folder: Path, *, api_base: str, token: str, mode: str, **more: str) -> None:
        telegram = {"TELEGRAM_BOT_TOKEN": token, "TELEGRAM_MODE": mode, "TELEGRAM_API_BASE": api_base}
        super().__init__(folder, "telegram", telegram | more)
        self.mode = mode
        if mode == "webhook":
            self._of_front |= {"TELEGRAM_WEBHOOK_SECRET": SECRET, "TINGJIAN_PUBLIC_URL": self.url}

    def command(self, *words: str) -> None:
        """Run ``tingjian telegram <words>`` as the operator does, and see that it succeeds."""
        log = self.folder / "command.log"
        code = start(["-m", "bot", "telegram", *words], self._of_front, log).wait(30)
        assert code == 0, log.read_text()

    @property
    def webhook(self) -> str:
        return f"{self.url}/channels/telegram"

    def hire(self, name: str) -> "Agent":
        """Have somebody work at the desk."""
        kept = users.hash_password(PASSWORD)
        self._database.perform(users.add_user, name, name.title(), Role.AGENT, kept, utc_now())
        return Agent(self.url, name)


class Agent:
    """Be somebody at the desk, with a browser's session and without its window."""

    def __init__(self, url: str, name: str) -> None:
        self._desk, self._session = f"{url}/desk", requests.Session()
        form = {"csrf": self._token("/sign-in"), "name": name, "password": PASSWORD}
        self._session.post(f"{self._desk}/sign-in", data=form, timeout=10).raise_for_status()
        self._csrf = self._token("/")

    def claim(self, conversation_id: str) -> None:
        self._post(f"/conversations/{conversation_id}/claim", {})

    def reply(self, conversation_id: str, text: str) -> None:
        self._post(f"/conversations/{conversation_id}/reply", {"text": text})

    def _token(self, path: str) -> str:
        page = self._session.get(f"{self._desk}{path}", timeout=10).text
        found = re.search(r'<meta name="csrf" content="([^"]*)"', page)
        assert found is not None
        return found[1]

    def _post(self, path: str, body: dict[str, str]) -> None:
        headers = {"X-CSRF-Token": self._csrf, "Accept": "application/json"}
        self._session.post(f"{self._desk}{path}", json=body, headers=headers, timeout=10).raise_for_status()
