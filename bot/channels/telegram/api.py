"""Talk to Telegram's Bot API: python-telegram-bot makes the calls, our own errors come back.

https://core.telegram.org/bots/api#making-requests
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from telegram import Bot, BotCommand
from telegram.constants import ChatAction
from telegram.error import Conflict

from bot.channel_settings.telegram import TelegramSettings
from bot.channels.splitting import shorten
from bot.channels.telegram.calls import Calls
from bot.channels.telegram.files import MOST_BYTES, FileServer
from bot.channels.telegram.giving import chat_of, give, id_of
from bot.channels.telegram.outgoing import pieces
from bot.channels.telegram.request import Patience, Request
from bot.domain.messages import Outgoing
from bot.errors import TryLater, Undeliverable
from bot.words import say

COMMANDS: Final = ("start", "help", "human", "language")
SPOKEN: Final = ((None, "en"), ("en", "en"), ("zh", "zh-Hans"))
"""Telegram's language codes and ours; None is for everybody else."""

NOTICE_SIGNS: Final = 190
DOWNLOADS_AT_ONCE: Final = 2
UPDATES: Final = "get__updates"
"""The library makes ``getUpdates`` of it, and under any plainer name it would warn that it can parse updates itself."""

ME: Final = "get__me"


@dataclass(frozen=True)
class Me:
    """Be who the token says that we are."""

    id: int
    username: str


class TelegramApi:
    """Make every call that we need; nothing is called on the network before the first of them.

    Calls raise TryLater, Moved, Unreachable or Undeliverable, and Unanswered when nobody knows what became of a message.
    Neither the token nor any words are ever part of an error.
    """

    def __init__(self, settings: TelegramSettings, *, patience: Patience | None = None) -> None:
        self._patience = patience or Patience()
        base = settings.api_base.rstrip("/")
        self._requests = Request(self._patience), Request(self._patience)
        self._bot = Bot(
            settings.token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot",
            request=self._requests[0], get_updates_request=self._requests[1],
        )  # fmt: skip
        self._files = FileServer(f"{base}/file/bot{settings.token}", self._patience)
        self._downloads = asyncio.Semaphore(DOWNLOADS_AT_ONCE)
        self._calls = Calls(self._patience.call)
        self._me: Me | None = None

    async def me(self) -> Me:
        """Return who we are; asked once."""
        if self._me is None:
            found = await self._calls.ask(self._bot.do_api_request(ME))
            bot_id, username = (found.get("id"), found.get("username")) if isinstance(found, dict) else (None, None)
            if not isinstance(bot_id, int):
                raise TryLater("Telegram does not say who we are")
            self._me = Me(bot_id, username if isinstance(username, str) else "")
        return self._me

    async def updates(self, offset: int | None, timeout_s: int, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """Wait for updates and return them as they came: one that cannot be read must not hide the others.

        Raises telegram.error.Conflict when a webhook is set or somebody else polls with our token.
        """
        asked = {"offset": offset, "timeout": timeout_s, "allowed_updates": list(allowed)}
        found = await self._calls.ask(self._poll(asked), timeout_s + self._patience.call)
        if isinstance(found, Conflict):
            raise found
        if not isinstance(found, list):
            raise TryLater("Telegram sent no list of updates")
        return [update for update in found if isinstance(update, dict)]

    def parts(self, outgoing: Outgoing) -> int:
        """Return in how many pieces a message goes; one that cannot go at all is found out when it is sent."""
        try:
            return len(pieces(outgoing))
        except Undeliverable:
            return 1

    async def send(self, outgoing: Outgoing) -> str:
        """Send one piece of a message and return Telegram's id of it."""
        found = pieces(outgoing)
        if outgoing.part >= len(found):
            raise Undeliverable("there is no such piece of it")
        piece = found[outgoing.part]
        longest_s = self._patience.call + (2 * self._patience.file if piece.attachment else 0)
        return await self._calls.make(
            give(self._bot, outgoing, piece, self._patience.file), outgoing.to.external_id, longest_s
        )

    async def answer_press(self, press_id: str, words: str | None) -> None:
        """Tell a customer's app that their press has arrived; never fails, for there is nobody left to tell."""
        text = shorten(words, NOTICE_SIGNS) if words else None
        await self._calls.attempt(lambda: self._bot.answer_callback_query(press_id, text), "answer to a press")

    async def remove_buttons(self, external_id: str, platform_id: str) -> None:
        """Take the buttons away from under a message; never fails."""
        await self._calls.attempt(
            lambda: self._bot.edit_message_reply_markup(chat_of(external_id), id_of(platform_id)), "removal of buttons"
        )

    async def typing(self, external_id: str) -> None:
        """Show for some seconds that an answer is being written; never fails."""
        await self._calls.attempt(
            lambda: self._bot.send_chat_action(chat_of(external_id), ChatAction.TYPING), "sign of typing"
        )

    async def fetch(self, file_ref: str) -> bytes:
        """Return the content of a file; raises TryLater, or Undeliverable when it is gone or too large."""
        async with self._downloads:
            found = await self._calls.ask(self._bot.get_file(file_ref))
            if (found.file_size or 0) > MOST_BYTES:
                raise Undeliverable("the file is too large to be fetched")
            return await self._files.download(found.file_path)

    async def set_webhook(self, url: str, secret: str, allowed: Sequence[str], connections: int) -> None:
        """Have updates delivered to a URL of ours."""
        await self._calls.ask(
            self._bot.set_webhook(url, secret_token=secret, allowed_updates=allowed, max_connections=connections)
        )

    async def delete_webhook(self) -> None:
        """Have updates kept until we ask; none is dropped."""
        await self._calls.ask(self._bot.delete_webhook(drop_pending_updates=False))

    async def webhook(self) -> dict[str, Any]:
        """Return what Telegram knows of our webhook."""
        return dict((await self._calls.ask(self._bot.get_webhook_info())).to_dict())

    async def set_commands(self) -> None:
        """Tell Telegram which commands to offer, in each language."""
        for code, language in SPOKEN:
            commands = [BotCommand(name, say(language, f"telegram-command-{name}")) for name in COMMANDS]
            await self._calls.ask(self._bot.set_my_commands(commands, language_code=code))

    async def close(self) -> None:
        """Let go of every connection."""
        for request in self._requests:
            await request.shutdown()
        await self._files.close()

    async def _poll(self, asked: dict[str, Any]) -> Any:
        """Return a conflict instead of raising it: whoever polls has to know it from a passing trouble."""
        try:
            patience_s = asked["timeout"] + self._patience.answer
            return await self._bot.do_api_request(UPDATES, asked, read_timeout=patience_s)
        except Conflict as conflict:
            return conflict
