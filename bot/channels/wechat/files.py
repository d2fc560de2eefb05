"""Fetch a video from where WeChat says that it lies: only from Tencent, whatever the answer names."""

import json
from http import HTTPStatus
from typing import Final
from urllib.parse import urlsplit

from bot.channels.tencent.calls import Downloaded
from bot.channels.tencent.refusals import Unanswered
from bot.channels.tencent.wire import Call, Passing, Patience, Wire
from bot.channels.wechat.media import MOST_FETCHED
from bot.errors import TryLater, Undeliverable

TENCENT: Final = ".qq.com"


class FileServer:
    """Download from Tencent's hosts, and from the host of the API that we were told to use."""

    def __init__(self, api_base: str, patience: Patience) -> None:
        self._api_host = urlsplit(api_base).netloc
        self._within_s = patience.file
        self._wire = Wire("", patience.connect)

    async def resolved(self, found: Downloaded) -> bytes:
        """Return the content of what was found, or of the video to which it points."""
        if not found.content_type.startswith(("application/json", "text/")):
            return found.content
        try:
            url = json.loads(found.content).get("video_url")
        except (ValueError, AttributeError, RecursionError):
            return found.content
        return await self._fetched(url) if isinstance(url, str) else found.content

    async def close(self) -> None:
        """Let go of every connection."""
        await self._wire.close()

    async def _fetched(self, url: str) -> bytes:
        if not self._is_tencents(url):
            raise Undeliverable("the file is kept where we do not fetch")
        try:
            answer = await self._wire.exchange(
                Call("GET", url, within_s=self._within_s, most_bytes=MOST_FETCHED), token=None
            )
        except (Passing, Unanswered):
            raise TryLater("the file server did not answer") from None
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise TryLater("the file server is in trouble")
        if answer.status != HTTPStatus.OK:
            raise Undeliverable("the file is gone")
        return answer.body

    def _is_tencents(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            host, place = parts.hostname or "", parts.netloc
        except ValueError:
            return False
        is_plain = parts.scheme in ("http", "https") and "@" not in place and "\\" not in url
        return is_plain and (place == self._api_host or (host.endswith(TENCENT) and place == host))
