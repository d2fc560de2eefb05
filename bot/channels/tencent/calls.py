"""Make calls to Tencent's APIs: with a token that is replaced once when refused, and again only what may be made again.

What did not happen (the platform was busy, in trouble or out of reach) is tried three times in all. What may have happened
is repeated only where that does no harm; else nobody knows, and we say so.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final

import aiohttp

from bot.channels.tencent.access_token import AccessToken
from bot.channels.tencent.refusals import BUSY, TOKEN_REFUSED, Unanswered, translated
from bot.channels.tencent.wire import Answer, Call, Passing, Patience, Wire
from bot.errors import ChannelError, TryLater, Undeliverable

_JSON: Final = {"Content-Type": "application/json; charset=utf-8"}
_FILES: Final = ("image", "audio", "video", "application/octet-stream")


@dataclass(frozen=True)
class Downloaded:
    """Be a file as the platform gave it."""

    content: bytes = field(repr=False)
    content_type: str


class Calls:
    """Make calls to one API; ``words`` say what its error codes mean.

    Calls raise TryLater, WindowClosed, Unreachable or Undeliverable, and Unanswered when nobody knows what became of one.
    """

    def __init__(
        self, base: str, words: Mapping[int, str], token: AccessToken | None = None, patience: Patience | None = None
    ) -> None:
        self._words, self._token = words, token
        self._patience = patience or Patience()
        self._wire = Wire(base, self._patience.connect)

    async def post(self, path: str, body: Mapping[str, Any], *, is_repeatable: bool = False) -> dict[str, Any]:
        """Post JSON in plain UTF-8: escapes would be refused, or shown to the customer as they are."""
        raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        return await self._ask(Call(
            "POST", path, body=lambda: raw, headers=_JSON, within_s=self._patience.answer, is_repeatable=is_repeatable,
        ))  # fmt: skip

    async def get(self, path: str, params: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Ask for something; asking again changes nothing."""
        return await self._ask(Call("GET", path, params or {}, within_s=self._patience.answer))

    async def upload(
        self, path: str, params: Mapping[str, str], name: str, content: bytes, content_type: str
    ) -> dict[str, Any]:
        """Upload a file as the form's ``media``; one that is there twice harms nobody."""

        def form() -> aiohttp.FormData:
            made = aiohttp.FormData(quote_fields=False)
            made.add_field("media", content, filename=name, content_type=content_type)
            return made

        return await self._ask(Call("POST", path, params, form, within_s=self._patience.file))

    async def download(self, path: str, params: Mapping[str, str], most_bytes: int) -> Downloaded:
        """Return a file; raises Undeliverable when it is gone or too large."""
        call = Call("GET", path, params, within_s=self._patience.file, most_bytes=most_bytes)
        answer = await self._carried(call)
        return Downloaded(answer.body, answer.content_type)

    async def close(self) -> None:
        """Let go of every connection."""
        await self._wire.close()

    async def _ask(self, call: Call) -> dict[str, Any]:
        said = _object((await self._carried(call)).body)
        if said is not None:
            return said
        if call.is_repeatable:
            raise TryLater("the platform's answer cannot be read")
        raise Unanswered("the answer cannot be read")

    async def _carried(self, call: Call) -> Answer:
        """Make a call until it is answered for good; return the answer or raise what its error code means."""
        pauses = iter(self._patience.pauses)
        was_refused = False
        while True:
            token = await self._token.get() if self._token is not None else None
            try:
                answer = await self._tried(call, token)
            except Passing as trouble:
                if (pause := next(pauses, None)) is None:
                    raise TryLater(str(trouble)) from None
                await asyncio.sleep(pause)
                continue
            errcode = _errcode(answer)
            if errcode == 0:
                return answer
            if self._token is None or token is None or was_refused or errcode not in TOKEN_REFUSED:
                raise translated(errcode, self._words)
            was_refused = True
            await self._token.refused(token)

    async def _tried(self, call: Call, token: str | None) -> Answer:
        """Make a call once; raises Passing where it may be made again."""
        try:
            answer = await self._wire.exchange(call, token)
            if answer.status == HTTPStatus.GATEWAY_TIMEOUT:
                raise Unanswered("a gateway waited in vain")
        except Unanswered as error:
            if call.is_repeatable:
                raise Passing(f"the platform did not answer ({error})") from None
            raise
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or _errcode(answer) == BUSY:
            raise Passing("the platform is in trouble")
        if answer.status != HTTPStatus.OK:
            raise _refused(answer.status)
        return answer


def _refused(status: int) -> ChannelError:
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return TryLater("too fast for the platform")
    return Undeliverable(f"the platform refuses the call (status {status})")


def _errcode(answer: Answer) -> int:
    """Return the error code of an answer, 0 for none: a file has none, and 0 means success."""
    if answer.content_type.startswith(_FILES):
        return 0
    code = (_object(answer.body) or {}).get("errcode", 0)
    return code if isinstance(code, int) else 0


def _object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
