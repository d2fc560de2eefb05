"""Wait for a call to Telegram, and translate what goes wrong; nothing of the library's errors is kept in ours."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from telegram.error import TelegramError

from bot.channels.telegram.refusals import Unanswered, is_about_the_token, translated
from bot.errors import ChannelError, TryLater

T = TypeVar("T")
log = structlog.get_logger(__name__)


class Calls:
    """Make calls, each bounded by ``longest_s`` however slowly its answer drips."""

    def __init__(self, longest_s: float) -> None:
        self._longest_s = longest_s
        self._is_refused = False

    async def make(self, call: Awaitable[T], external_id: str = "", longest_s: float | None = None) -> T:
        """Make a call that must not be repeated blindly.

        Raises TryLater, Moved, Unreachable, Undeliverable; Unanswered when nobody knows what became of it.
        """
        try:
            async with asyncio.timeout(longest_s or self._longest_s):
                answer = await call
        except TelegramError as error:
            self._note(is_refused=is_about_the_token(error))
            raise translated(error, external_id) from None
        except ChannelError:
            raise
        except Exception as error:  # the edge: whatever the library makes of a strange answer, the message may be there
            raise Unanswered(type(error).__name__) from None
        self._note(is_refused=False)
        return answer

    async def ask(self, call: Awaitable[T], longest_s: float | None = None) -> T:
        """Make a call that may be repeated: no answer means to try later."""
        try:
            return await self.make(call, longest_s=longest_s)
        except Unanswered as error:
            raise TryLater(f"no answer from Telegram ({error})") from None

    async def attempt(self, call: Callable[[], Awaitable[object]], what: str) -> None:
        """Make a call whose failure changes nothing for anybody; never fails."""
        try:
            await self.ask(call())
        except ChannelError as error:
            log.info("Telegram call without success", call=what, reason=type(error).__name__)

    def _note(self, *, is_refused: bool) -> None:
        """Say loudly, but once, that Telegram does not know our token: only the operator can mend that."""
        if is_refused and not self._is_refused:
            log.error("Telegram does not know our token: nothing can be sent or received")
        self._is_refused = is_refused
