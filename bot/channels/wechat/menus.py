"""Read the account's menu from a file, and name everything that WeChat would refuse before it is asked.

https://developers.weixin.qq.com/doc/offiaccount/Custom_Menus/Creating_Custom-Defined_Menu.html
"""

from collections.abc import Iterator
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import BadSetting

MOST_TOP, MOST_BELOW = 3, 5
TOP_NAME_BYTES, BELOW_NAME_BYTES = 16, 60
_LONGEST: Final = {"key": 128, "url": 1024}
_KEYED: Final = (
    "click", "scancode_push", "scancode_waitmsg", "pic_sysphoto", "pic_photo_or_album", "pic_weixin", "location_select",
)  # fmt: skip
_NEEDED: Final[dict[str, tuple[str, ...]]] = dict.fromkeys(_KEYED, ("key",)) | {
    "view": ("url",),
    "miniprogram": ("url", "appid", "pagepath"),
    "media_id": ("media_id",),
    "view_limited": ("media_id",),
    "article_id": ("article_id",),
    "article_view_limited": ("article_id",),
}


def parse(written: bytes) -> dict[str, Any]:
    """Return the menu as WeChat takes it; raises BadSetting, which names every mistake and its place."""
    try:
        found = YAML(typ="safe", pure=True).load(written.decode("utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise BadSetting(f"the menu is not valid YAML: {_one_line(error)}") from error
    problems = list(_of_the_file(found))
    if problems:
        raise BadSetting("the menu cannot be used:\n  " + "\n  ".join(problems))
    menu: dict[str, Any] = found
    return menu


def _of_the_file(found: object) -> Iterator[str]:
    if not isinstance(found, dict) or list(found) != ["button"]:
        yield "the file: must hold a list named button, and nothing else"
        return
    yield from _of_buttons(found["button"], "button", MOST_TOP, TOP_NAME_BYTES)


def _of_buttons(found: object, place: str, most: int, name_bytes: int) -> Iterator[str]:
    if not isinstance(found, list) or not 1 <= len(found) <= most:
        yield f"{place}: must be a list of 1 to {most} buttons"
        return
    for number, button in enumerate(found, start=1):
        yield from _of_button(button, f"{place} {number}", name_bytes)


def _of_button(button: object, place: str, name_bytes: int) -> Iterator[str]:
    if not isinstance(button, dict):
        yield f"{place}: must have a name, and a type or a sub_button"
        return
    yield from _of_text(button, "name", place, name_bytes)
    if "sub_button" in button and name_bytes == TOP_NAME_BYTES:
        yield from _of_the_rest(button, place, ("sub_button",), "a button with a sub_button")
        yield from _of_buttons(button["sub_button"], f"{place}, sub_button", MOST_BELOW, BELOW_NAME_BYTES)
        return
    kind = button.get("type")
    if not isinstance(kind, str) or kind not in _NEEDED:
        yield f"{place}: type must be one of {', '.join(_NEEDED)}"
        return
    for name in _NEEDED[kind]:
        yield from _of_text(button, name, place, _LONGEST.get(name, 256))
    if "url" in _NEEDED[kind] and not str(button.get("url", "")).startswith(("https://", "http://")):
        yield f"{place}: url must begin with https:// or http://"
    yield from _of_the_rest(button, place, ("type", *_NEEDED[kind]), f"a button of type {kind}")


def _of_text(button: dict[Any, Any], name: str, place: str, most_bytes: int) -> Iterator[str]:
    text = button.get(name)
    if not isinstance(text, str) or not text.strip():
        yield f"{place}: {name} is missing, or is no text"
    elif (size := len(text.encode())) > most_bytes:
        yield f"{place}: {name} has {size} bytes, at most {most_bytes} are allowed (a Chinese character has 3)"


def _of_the_rest(button: dict[Any, Any], place: str, known: tuple[str, ...], what: str) -> Iterator[str]:
    if strange := sorted(str(name) for name in button if name not in ("name", *known)):
        yield f"{place}: {what} has no {', '.join(strange)}"


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:300]
