"""Names of files are one name on every system, whatever a stranger called them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.attachments import Attachment
from bot.edge.files import Shape, clean_file_name, media_type_of, shape_of


@given(st.text(max_size=400))
def test_a_cleaned_name_is_one_line_one_name_and_stays_as_it_is(given_name: str) -> None:
    name = clean_file_name(given_name)
    assert len(name) <= 100 and name.isprintable() and name == clean_file_name(name)
    assert not set(name) & set('/\\<>:"|?*') and not name.startswith(".") and not name.endswith((".", " "))
    name.encode("utf-8")


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        (None, ""), ("", ""), ("..", ""), ("...pdf", "pdf"), ("a/b/c.pdf", "c.pdf"), ("C:\\x\\y.txt", "y.txt"),
        ("发票 2026.pdf", "发票 2026.pdf"), ("x" * 300 + ".pdf", "x" * 96 + ".pdf"), ("a\x00b\n.txt", "ab.txt"),
        ("photo\u202egnp.exe", "photognp.exe"), ("end. ", "end"), ("archive.tar.gz", "archive.tar.gz"),
    ],
)  # fmt: skip
def test_names_keep_what_is_readable(given_name: str | None, name: str) -> None:
    assert clean_file_name(given_name) == name


@pytest.mark.parametrize(
    ("kind", "stated", "media_type", "shape"),
    [
        ("photo", None, "image/jpeg", Shape.PICTURE),
        ("photo", "image/svg+xml", "application/octet-stream", Shape.FILE),
        ("document", "IMAGE/PNG; x=y", "image/png", Shape.PICTURE),
        ("voice", None, "audio/ogg", Shape.SOUND),
        ("video_note", None, "video/mp4", Shape.FILM),
        ("document", "text/html", "application/octet-stream", Shape.FILE),
        ("sticker", "application/x-tgsticker", "application/octet-stream", Shape.FILE),
        ("document", None, "application/octet-stream", Shape.FILE),
    ],
)
def test_only_what_cannot_act_is_shown_in_a_page(kind: str, stated: str | None, media_type: str, shape: Shape) -> None:
    attachment = Attachment(kind, "ref", media_type=stated)
    assert (media_type_of(attachment), shape_of(attachment)) == (media_type, shape)
