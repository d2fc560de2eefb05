"""Answer what the API answers, as far as we ask."""

import asyncio
import itertools
import time
from typing import Any

from aiohttp import web

from tests.channels.telegram.fake.record import Record, Taken

ME = {"id": 424242, "is_bot": True, "first_name": "Tingjian", "username": "tingjian_bot"}
MOST_AT_ONCE = 100
MOST_FETCHED = 20 * 1024 * 1024
MOST_PHOTO, MOST_FILE = 10_000_000, 50_000_000


class Answers:
    """Keep the little that the fake has to remember: message ids, the queue of updates, the webhook, files."""

    def __init__(self, record: Record, files: dict[str, bytes]) -> None:
        self._record, self._files = record, files
        self._ids = itertools.count(1001)
        self.updates: list[dict[str, Any]] = []
        self.webhook: dict[str, Any] = {}
        self._more = asyncio.Event()

    def add_updates(self, updates: list[dict[str, Any]]) -> None:
        """Put updates into the queue."""
        self.updates.extend(updates)
        self._more.set()

    async def to(
        self, method: str, values: dict[str, Any], files: list[tuple[str, str, int]], at: float
    ) -> web.Response:
        """Return the answer to a call that is right in form."""
        name = method.lower()
        if name == "getupdates":
            return await self._updates(values)
        if name in ("sendmessage", "sendphoto", "senddocument"):
            return self._message(name.removeprefix("send"), values, files, at)
        if name == "getfile":
            return self._file(values["file_id"])
        if name == "setwebhook":
            self.webhook = values if values["url"] else {}
        if name == "deletewebhook":
            self.webhook = {}
        if name == "getwebhookinfo":
            info = {"has_custom_certificate": False, "pending_update_count": len(self.updates)}
            return _yes(info | {"url": self.webhook.get("url", "")})
        return _yes(ME if name == "getme" else True)

    async def _updates(self, values: dict[str, Any]) -> web.Response:
        if self.webhook:
            return _no(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook first")
        offset = values.get("offset") or 0
        self.updates = [update for update in self.updates if update["update_id"] >= offset]
        until = time.monotonic() + values.get("timeout", 0)
        while not self.updates and (rest := until - time.monotonic()) > 0:
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), rest)
            except TimeoutError:
                break
        return _yes(self.updates[: min(values.get("limit", MOST_AT_ONCE), MOST_AT_ONCE)])

    def _message(self, kind: str, values: dict[str, Any], files: list[tuple[str, str, int]], at: float) -> web.Response:
        sizes = [size for _, _, size in files]
        if any(size == 0 or size > (MOST_PHOTO if kind == "photo" else MOST_FILE) for size in sizes):
            return _no(400, "Bad Request: file must be non-empty" if 0 in sizes else "Bad Request: file is too big")
        chat, message_id = values["chat_id"], next(self._ids)
        text = values.get("text") or values.get("caption") or ""
        self._record.taken.append(Taken(chat, message_id, kind, text, at))
        where = {"id": chat, "type": "private" if chat > 0 else "supergroup"}
        words = {"text": text} if kind == "message" else {"caption": text}
        return _yes({"message_id": message_id, "date": int(time.time()), "chat": where} | words)

    def _file(self, file_id: str) -> web.Response:
        content = self._files.get(file_id)
        if content is None:
            return _no(400, "Bad Request: wrong file_id or the file is temporarily unavailable")
        if len(content) > MOST_FETCHED:
            return _no(400, "Bad Request: file is too big")
        found = {"file_id": file_id, "file_unique_id": f"u{len(file_id)}", "file_size": len(content)}
        return _yes(found | {"file_path": file_id})


def _yes(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _no(status: int, description: str) -> web.Response:
    return web.json_response({"ok": False, "error_code": status, "description": description}, status=status)
