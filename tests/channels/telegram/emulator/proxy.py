"""Stand between a bot and the emulator, so that the bot sees the Bot API as Telegram serves it.

What the emulator answers is put right (``fixups``). What it lacks is done here: an offset that confirms, waiting for
updates (it hands each out once and at once), the webhook with its secret header and its repetitions (its own has neither,
and one that fails ends the process), and the methods it does not know: sendChatAction, getWebhookInfo, the list of
commands. Any other unknown method is refused as Telegram does it, and remembered.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any, Final

import aiohttp
from aiohttp import web

from tests.channels.telegram.emulator import fixups
from tests.channels.telegram.emulator.fixups import Json

LOOK_EVERY_S: Final = 0.05
PASSED_ON: Final = frozenset({"answerCallbackQuery"})
SIMPLY_TRUE: Final = frozenset({"sendChatAction", "setMyCommands", "deleteMyCommands"})


class Proxy:
    """Serve one bot."""

    def __init__(self, emulator_url: str) -> None:
        self.calls: Counter[str] = Counter()
        self.refused: list[str] = []
        self.webhook: Json = {}
        self._url = emulator_url
        self._waiting: list[Json] = []
        self._sent: dict[tuple[str, str], Json] = {}
        self._token = ""
        self._own: dict[str, Callable[[Json], Awaitable[Any]]] = {
            "getMe": self._me, "sendMessage": self._send, "editMessageReplyMarkup": self._edit_buttons,
            "getUpdates": self._updates, "setWebhook": self._set_webhook, "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }  # fmt: skip

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_route("*", "/bot{token}/{method}", self._call)
        app.cleanup_ctx.append(self._work)
        return app

    async def _work(self, _app: web.Application) -> Any:
        async with aiohttp.ClientSession() as self._session:
            delivering = asyncio.create_task(self._deliver())
            yield
            delivering.cancel()

    async def _call(self, request: web.Request) -> web.Response:
        """Answer one call of the bot."""
        self._token, method = request.match_info["token"], request.match_info["method"]
        given = {**request.query, **await request.post()}
        self.calls[method] += 1
        if method in SIMPLY_TRUE:
            result: Any = True
        elif method in self._own:
            result = await self._own[method](given)
        elif method in PASSED_ON:
            result = await self._ask(method, given)
        else:
            self.refused.append(method)
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        if isinstance(result, web.Response):
            return result
        return web.json_response({"ok": True, "result": True if result is None else result})

    async def _ask(self, method: str, given: Json) -> Any:
        async with self._session.post(f"{self._url}/bot{self._token}/{method}", json=given) as answer:
            body = await answer.json()
            assert body.get("ok"), f"the emulator refused {method}: {body}"
            return body["result"]

    async def _me(self, given: Json) -> Json:
        return fixups.me(await self._ask("getMe", given))

    async def _send(self, given: Json) -> Json:
        result = fixups.sent(await self._ask("sendMessage", given), await self._me({}))
        self._sent[given["chat_id"], str(result["message_id"])] = result
        return result

    async def _edit_buttons(self, given: Json) -> Json:
        """Change or take away the buttons; the emulator knows only how to change them, and answers nothing."""
        markup = json.loads(given.get("reply_markup") or '{"inline_keyboard": []}')
        await self._ask("editMessageReplyMarkup", {**given, "reply_markup": markup})
        edited = self._sent[given["chat_id"], given["message_id"]]
        edited["reply_markup"] = markup
        return edited

    async def _set_webhook(self, given: Json) -> bool:
        self.webhook = given if given.get("url") else {}
        return True

    async def _delete_webhook(self, _given: Json) -> bool:
        self.webhook = {}
        return True

    async def _webhook_info(self, _given: Json) -> Json:
        await self._fetch()
        info = {"url": self.webhook.get("url", ""), "has_custom_certificate": False}
        return info | {"pending_update_count": len(self._waiting)}

    async def _updates(self, given: Json) -> Any:
        """Return what is not confirmed yet; wait for something as long as the bot wants to."""
        if self.webhook:
            description = "Conflict: can't use getUpdates method while webhook is active"
            return web.json_response({"ok": False, "error_code": 409, "description": description}, status=409)
        offset, patience = int(given.get("offset", 0)), float(given.get("timeout", 0))
        self._waiting = [update for update in self._waiting if update["update_id"] >= offset]
        deadline = asyncio.get_running_loop().time() + patience
        await self._fetch()
        while not self._waiting and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(LOOK_EVERY_S)
            await self._fetch()
        return self._waiting[: int(given.get("limit", 100))]

    async def _fetch(self) -> None:
        self._waiting += map(fixups.update, await self._ask("getUpdates", {}))

    async def _deliver(self) -> None:
        """Bring updates to the webhook, in order, each until it is acknowledged."""
        while True:
            await asyncio.sleep(LOOK_EVERY_S)
            if self.webhook and self._token:
                await self._fetch()
                while self._waiting and self.webhook and await self._is_taken(self._waiting[0]):
                    del self._waiting[0]

    async def _is_taken(self, update: Json) -> bool:
        headers = {"X-Telegram-Bot-Api-Secret-Token": self.webhook.get("secret_token", "")}
        try:
            async with self._session.post(self.webhook["url"], json=update, headers=headers) as answer:
                return answer.ok
        except aiohttp.ClientError:
            return False
