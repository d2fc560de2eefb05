"""Say what came or goes along with a message beside its words: a photo, a voice note, a place, a contact."""

from dataclasses import dataclass, field
from typing import Final

Detail = str | int | float | bool | list[str]
PICTURES: Final = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
"""Media types that a page may show as a picture: raster images, nothing that can carry a script."""


@dataclass(frozen=True)
class Attachment:
    """Be what a message carries.

    ``kind`` is the channel's word for it (``photo``, ``voice``, ``location`` …). ``file_ref`` is what the channel needs to
    fetch the file again; None where there is none, or where we keep the content ourselves (an upload from the desk).
    ``size`` in bytes. ``details`` say what is worth reading: seconds, pixels, degrees, a phone number, options of a poll.
    """

    kind: str
    file_ref: str | None = None
    name: str | None = None
    media_type: str | None = None
    size: int | None = None
    details: dict[str, Detail] = field(default_factory=dict)

    @property
    def is_picture(self) -> bool:
        """Say whether a page may show it as a picture."""
        return self.kind == "photo" or self.media_type in PICTURES
