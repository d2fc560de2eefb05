"""Give out a file that somebody sent, so that it can be looked at and can do nothing by itself.

We say what it is, from a short list of pictures, sounds and films; all else is only to be saved. Nobody's browser guesses.
"""

import hashlib
from enum import StrEnum
from http import HTTPStatus
from typing import Final
from urllib.parse import quote

from aiohttp import web

from bot.domain.attachments import PICTURES, Attachment
from bot.domain.messages import Message

_SOUNDS: Final = frozenset(
    {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/aac", "audio/webm", "audio/flac", "audio/wav", "audio/x-wav"}
)
_FILMS: Final = frozenset({"video/mp4", "video/webm", "video/quicktime"})
_TYPE_OF_KIND: Final = {
    "photo": "image/jpeg", "voice": "audio/ogg", "audio": "audio/mpeg", "video": "video/mp4", "animation": "video/mp4",
    "video_note": "video/mp4",
}  # fmt: skip
_ENDINGS: Final = {
    "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp", "image/gif": ".gif", "audio/ogg": ".ogg",
    "audio/mpeg": ".mp3", "video/mp4": ".mp4", "video/webm": ".webm",
}  # fmt: skip
_FORBIDDEN: Final = frozenset('<>:"|?*/\\')
_LONGEST_NAME: Final = 100
_LONGEST_ENDING: Final = 10
_KEPT_S: Final = 600
_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


class Shape(StrEnum):
    """Name the ways in which a page may show a file."""

    PICTURE = "picture"
    SOUND = "sound"
    FILM = "film"
    FILE = "file"


def shape_of(attachment: Attachment) -> Shape:
    """Return how a page may show the file."""
    media_type = media_type_of(attachment)
    if media_type in PICTURES:
        return Shape.PICTURE
    if media_type in _SOUNDS:
        return Shape.SOUND
    return Shape.FILM if media_type in _FILMS else Shape.FILE


def media_type_of(attachment: Attachment) -> str:
    """Return the media type that we dare to state; ``application/octet-stream`` for all that is not on the list."""
    stated = (attachment.media_type or "").partition(";")[0].strip().lower()
    media_type = stated or _TYPE_OF_KIND.get(attachment.kind, "")
    return media_type if media_type in PICTURES | _SOUNDS | _FILMS else "application/octet-stream"


def clean_file_name(given: str | None) -> str:
    """Return a name that is one name on every system and looks like what it is; empty where nothing is left of it.

    No folders, no leading or trailing dots, no characters that turn the reading order or that a system forbids.
    """
    last = (given or "").replace("\\", "/").rpartition("/")[2]
    readable = "".join("_" if c in _FORBIDDEN else c for c in last if c.isprintable())
    stem, dot, ending = " ".join(readable.split()).strip(" .").rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return f"{stem}{dot}{ending}"[:_LONGEST_NAME].strip(" .")
    return f"{stem[: _LONGEST_NAME - len(ending) - 1].strip(' .')}.{ending}"


def name_of(message: Message, attachment: Attachment) -> str:
    """Return the name under which a message's file is saved; made up where it has none of its own."""
    ending = _ENDINGS.get(media_type_of(attachment), "")
    return clean_file_name(attachment.name) or f"{clean_file_name(attachment.kind) or 'file'}-{message.id}{ending}"


def tag_of(message: Message, attachment: Attachment) -> str:
    """Return a mark that changes with the file, for a browser that asks whether its copy still holds."""
    marks = f"{message.id}:{attachment.file_ref}:{attachment.size}".encode("utf-8", "replace")
    return f'"{hashlib.blake2b(marks, digest_size=12).hexdigest()}"'


def not_modified(request: web.Request, tag: str) -> web.Response | None:
    """Return the short answer for a browser whose copy still holds."""
    if request.headers.get("If-None-Match") != tag:
        return None
    return web.Response(status=HTTPStatus.NOT_MODIFIED, headers=_headers(tag))


def answer(request: web.Request, message: Message, attachment: Attachment, content: bytes) -> web.Response:
    """Return the file, or the part of it that a player asks for."""
    tag, name = tag_of(message, attachment), name_of(message, attachment)
    headers = _headers(tag) | {"Content-Disposition": _disposition(shape_of(attachment), name)}
    media_type = media_type_of(attachment)
    part = _range(request, tag)
    if part is None:
        return web.Response(body=content, content_type=media_type, headers=headers)
    start, stop, _ = part.indices(len(content))
    if start >= stop:
        headers["Content-Range"] = f"bytes */{len(content)}"
        return web.Response(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, headers=headers)
    headers["Content-Range"] = f"bytes {start}-{stop - 1}/{len(content)}"
    return web.Response(
        status=HTTPStatus.PARTIAL_CONTENT, body=content[start:stop], content_type=media_type, headers=headers
    )


def _headers(tag: str) -> dict[str, str]:
    return {
        "Content-Security-Policy": _POLICY, "X-Content-Type-Options": "nosniff", "ETag": tag, "Accept-Ranges": "bytes",
        "Cache-Control": f"private, max-age={_KEPT_S}", "Cross-Origin-Resource-Policy": "same-origin",
    }  # fmt: skip


def _disposition(shape: Shape, name: str) -> str:
    """Return the header of RFC 6266: a plain name for old readers, the whole one in UTF-8."""
    way = "attachment" if shape is Shape.FILE else "inline"
    plain = "".join(c if c.isascii() and c != "%" else "_" for c in name)
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _range(request: web.Request, tag: str) -> slice | None:
    """Return what is asked for of the file; None for all of it, as also for a range that nobody can read."""
    if "Range" not in request.headers or request.headers.get("If-Range", tag) != tag:
        return None
    try:
        return request.http_range
    except ValueError:
        return None
