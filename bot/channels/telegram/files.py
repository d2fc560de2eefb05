"""Fetch files that customers sent, from Telegram's file server and from nowhere else."""

import asyncio
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

import httpx

from bot.channels.telegram.request import Patience
from bot.errors import TryLater, Undeliverable

MOST_BYTES: Final = 20 * 1024 * 1024
"""More than that, Telegram gives to no bot. https://core.telegram.org/bots/api#getfile"""

LONGEST_S: Final = 120.0


class FileServer:
    """Download what lies under one address; the token is part of that address, so no URL appears in any error."""

    def __init__(self, base: str, patience: Patience) -> None:
        self._base = base
        self._client = httpx.AsyncClient(
            timeout=httpx.Timeout(patience.file, connect=patience.connect), follow_redirects=False
        )

    async def download(self, location: str | None) -> bytes:
        """Return a file's content; raises TryLater, or Undeliverable when it is gone, too large or elsewhere."""
        url = self._url(location)
        try:
            async with asyncio.timeout(LONGEST_S), self._client.stream("GET", url) as answer:
                _check(answer.status_code)
                return await _read(answer)
        except (httpx.HTTPError, TimeoutError):
            raise TryLater("the file server did not answer") from None

    async def close(self) -> None:
        """Let go of every connection."""
        await self._client.aclose()

    def _url(self, location: str | None) -> str:
        """Return the URL of what the library calls ``file_path``; whatever the API says, it stays under our base."""
        path = (location or "").removeprefix(f"{self._base}/")
        steps = path.split("/")
        if path == location or not all(steps) or not {".", ".."}.isdisjoint(steps) or "\\" in path:
            raise Undeliverable("the file is kept where we do not fetch")
        return f"{self._base}/{quote(path, safe='/')}"


def _check(status: int) -> None:
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise TryLater("the file server is in trouble")
    if status != HTTPStatus.OK:
        raise Undeliverable("the file is gone")


async def _read(answer: httpx.Response) -> bytes:
    content = bytearray()
    async for chunk in answer.aiter_bytes():
        content += chunk
        if len(content) > MOST_BYTES:
            raise Undeliverable("the file is too large to be fetched")
    return bytes(content)
