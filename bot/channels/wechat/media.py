"""Say as what a file can go over WeChat, if at all; pure.

https://developers.weixin.qq.com/doc/offiaccount/Asset_Management/New_temporary_materials.html
"""

from typing import Final, Literal

from bot.errors import Undeliverable

Kind = Literal["image", "voice", "video"]
MOST_FETCHED: Final = 20 * 1024 * 1024
"""Bytes that we fetch of what a customer sent; WeChat's own limits lie below."""
_KINDS: Final[dict[str, tuple[Kind, str, int]]] = {
    "image/jpeg": ("image", "jpg", 10 * 1024 * 1024),
    "image/png": ("image", "png", 10 * 1024 * 1024),
    "image/gif": ("image", "gif", 10 * 1024 * 1024),
    "audio/amr": ("voice", "amr", 2 * 1024 * 1024),
    "audio/mpeg": ("voice", "mp3", 2 * 1024 * 1024),
    "video/mp4": ("video", "mp4", 10 * 1024 * 1024),
}


def kind_of(media_type: str | None, size: int) -> Kind:
    """Return WeChat's word for a file; raises Undeliverable for what WeChat does not take: there are no documents."""
    kind, _, most = _known(media_type)
    if not 0 < size <= most:
        raise Undeliverable(f"WeChat takes at most {most // 1024 // 1024} MB of this kind, and nothing empty")
    return kind


def file_name(media_type: str | None) -> str:
    """Return a plain name: WeChat looks at the ending, and a customer's or agent's own name tells it nothing."""
    return f"file.{_known(media_type)[1]}"


def _known(media_type: str | None) -> tuple[Kind, str, int]:
    found = _KINDS.get(media_type or "")
    if found is None:
        raise Undeliverable("WeChat takes pictures (JPEG, PNG, GIF), voice (AMR, MP3) and video (MP4), no other files")
    return found
