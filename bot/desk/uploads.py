"""Read a form that may bring a file, bounded as it comes in, and say ourselves what the file is."""

import mimetypes
from dataclasses import dataclass
from typing import Any, Final

from aiohttp import BodyPartReader, ClientPayloadError, web

from bot.desk import reading
from bot.domain.attachments import PICTURES, Attachment
from bot.edge.files import clean_file_name
from bot.services.replies import LARGEST_FILE, Enclosure

FIELD: Final = "file"
_LONGEST_FIELD: Final = 256 * 1024
_ROOM: Final = 2 * _LONGEST_FIELD
_MOST_PARTS: Final = 10
_LARGEST_PHOTO: Final = 10 * 1024 * 1024
"""Bytes up to which platforms show a picture as one; a larger one goes as a document."""
_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF87a", "image/gif"), (b"GIF89a", "image/gif"),
)  # fmt: skip
_TYPES: Final = mimetypes.MimeTypes()  # the table of the language, not that of the machine


@dataclass(frozen=True)
class Form:
    """Be what a form says, and the file that it brings."""

    fields: dict[str, Any]
    enclosure: Enclosure | None = None


_FORM = web.RequestKey("form", Form)


class TooLarge(reading.BadInput):
    """Refuse a file that is larger than what we keep and bring."""

    def __init__(self) -> None:
        super().__init__("This file is larger than 20 MB.", "file_too_large", 413)


async def read_form(request: web.Request) -> Form:
    """Return the form or JSON of a request, read once and kept with it; raises BadInput."""
    if request.content_type != "multipart/form-data":
        return Form(await reading.fields(request))
    if _FORM not in request:
        if (request.content_length or 0) > LARGEST_FILE + _ROOM:
            raise TooLarge
        try:
            request[_FORM] = await _read_parts(request)
        except (ValueError, AssertionError, ClientPayloadError, web.RequestPayloadError) as error:
            # aiohttp asserts where the parts break off in the middle
            raise reading.BadInput("This form cannot be read.", "bad_form") from error
    return request[_FORM]


async def _read_parts(request: web.Request) -> Form:
    fields: dict[str, Any] = {}
    enclosure = None
    parts = 0
    async for part in await request.multipart():
        parts += 1
        if not isinstance(part, BodyPartReader) or not part.name or parts > _MOST_PARTS:
            raise ValueError("not a form of ours")
        if part.name != FIELD:
            fields[part.name] = (await _read(part, _LONGEST_FIELD)).decode("utf-8", "replace")
            continue
        content = await _read(part, LARGEST_FILE)
        if not content and not part.filename:
            continue  # what a browser sends where nothing was chosen
        if not content:
            raise reading.BadInput("This file is empty.", "file_empty")
        if enclosure is not None:
            raise reading.BadInput("One file at a time.", "too_many_files")
        enclosure = Enclosure(_look_at(part.filename, content), content)
    return Form(fields, enclosure)


async def _read(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk():
        content += chunk
        if len(content) > limit:
            raise TooLarge if part.name == FIELD else reading.BadInput("This is too long.", "too_long")
    return bytes(content)


def _look_at(given_name: str | None, content: bytes) -> Attachment:
    """Say what a file is: a picture by its first bytes, all else by the end of its name."""
    name = clean_file_name(given_name) or "file"
    media_type = _picture_type(content)
    if media_type is None:
        guessed = _TYPES.guess_type(name)[0] or ""
        media_type = guessed if guessed and not guessed.startswith("image/") else "application/octet-stream"
    is_photo = media_type in PICTURES - {"image/gif"} and len(content) <= _LARGEST_PHOTO
    return Attachment("photo" if is_photo else "document", None, name, media_type, len(content))


def _picture_type(content: bytes) -> str | None:
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    return next((media_type for start, media_type in _SIGNATURES if content.startswith(start)), None)
