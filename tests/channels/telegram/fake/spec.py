"""Check calls against the Bot API as data: methods, parameters, types, and the lengths that its texts speak of."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

PATH = Path(__file__).parents[5] / "shared" / "protocol-data" / "telegram_bot_api_spec.json"
MISSING = "../shared/protocol-data is not here"
PLAIN = {"Integer": int, "Boolean": bool, "String": str}
LENGTHS = {  # of strings, in UTF-16 units
    ("sendMessage", "text"): (1, 4096),
    ("sendPhoto", "caption"): (0, 1024),
    ("sendDocument", "caption"): (0, 1024),
    ("answerCallbackQuery", "text"): (0, 200),
    ("setWebhook", "secret_token"): (1, 256),
    ("BotCommand", "command"): (1, 32),
    ("BotCommand", "description"): (1, 256),
    ("InlineKeyboardButton", "text"): (1, 100),
}
RANGES = {
    ("setWebhook", "max_connections"): (1, 100),
    ("getUpdates", "limit"): (1, 100),
    ("getUpdates", "timeout"): (0, 50),
}
NOTHING = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]*")


def spec_or_skip() -> "Spec":
    """Return the description of the API, or skip the test that needs it."""
    if not PATH.exists():
        pytest.skip(MISSING)
    return Spec()


class Wrong(Exception):
    """Say what is wrong with a call."""


class Spec:
    """Know every method and type of the API."""

    def __init__(self) -> None:
        spec = json.loads(PATH.read_text())
        self._methods = {name.lower(): method for name, method in spec["methods"].items()}
        self._types = spec["types"]
        self.updates = {f["name"] for f in self._types["Update"]["fields"]} - {"update_id"}

    def check(self, method: str, given: dict[str, str | bytes]) -> dict[str, Any]:
        """Return the parameters as values; a file is bytes. Raises Wrong."""
        known = self._methods.get(method.lower())
        if known is None:
            raise Wrong(f"no method {method}")
        fields = known.get("fields", [])
        values = {
            f["name"]: self._decode(given[f["name"]], f["types"], f["name"]) for f in fields if f["name"] in given
        }
        self._check_fields(known["name"], fields, values, set(given))
        _check_keyboard(values.get("reply_markup"))
        if not set(values.get("allowed_updates") or ()) <= self.updates:
            raise Wrong("allowed_updates names kinds that do not exist")
        return values

    def _check_fields(self, owner: str, fields: list[dict[str, Any]], values: dict[str, Any], given: set[str]) -> None:
        names = {f["name"] for f in fields}
        if unknown := given - names:
            raise Wrong(f"{owner} has no {sorted(unknown)}")
        if missing := {f["name"] for f in fields if f["required"]} - given:
            raise Wrong(f"{owner} needs {sorted(missing)}")
        for f in fields:
            if f["name"] in values:
                self._check_value(values[f["name"]], f["types"], f"{owner}.{f['name']}")
                _check_size(owner, f["name"], values[f["name"]])

    def _check_value(self, value: Any, types: list[str], where: str) -> None:
        if isinstance(value, bytes):
            if "InputFile" not in types:
                raise Wrong(f"{where} is no file")
            return
        if not any(self._fits(value, kind, where) for kind in types):
            raise Wrong(f"{where} is not {' or '.join(types)}")

    def _fits(self, value: Any, kind: str, where: str) -> bool:
        if kind.startswith("Array of "):
            return isinstance(value, list) and all(self._fits(v, kind.removeprefix("Array of "), where) for v in value)
        if kind in PLAIN:
            return type(value) is PLAIN[kind]
        if kind == "Float":
            return type(value) in (int, float)
        if not isinstance(value, dict) or kind not in self._types:
            return False
        if subtypes := self._types[kind].get("subtypes"):
            return any(self._fits(value, subtype, where) for subtype in subtypes)
        fields = self._types[kind].get("fields", [])
        if not set(value) <= {f["name"] for f in fields}:
            return False
        self._check_fields(kind, fields, value, set(value))
        return True

    def _decode(self, given: str | bytes, types: list[str], name: str) -> Any:
        """Read a form's value the way the server does: JSON for whatever is not a plain string."""
        if isinstance(given, bytes) or types == ["String"]:
            return given
        try:
            return json.loads(given)
        except ValueError:
            if "String" in types:
                return given
            raise Wrong(f"{name} is not {types}") from None


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _check_size(owner: str, name: str, value: Any) -> None:
    if (owner, name) in LENGTHS and isinstance(value, str):
        least, most = LENGTHS[owner, name]
        if not least <= units(value) <= most or (least and NOTHING.fullmatch(value)):
            raise Wrong(f"{owner}.{name} is {units(value)} long or cannot be seen")
    if (owner, name) in RANGES and not RANGES[owner, name][0] <= value <= RANGES[owner, name][1]:
        raise Wrong(f"{owner}.{name} is out of range")
    if (owner, name) == ("InlineKeyboardButton", "callback_data") and not 1 <= len(value.encode()) <= 64:
        raise Wrong("BUTTON_DATA_INVALID")
    if (owner, name) == ("setWebhook", "secret_token") and not re.fullmatch(r"[A-Za-z0-9_-]+", value):
        raise Wrong("secret_token has characters that are not allowed")


def _check_keyboard(markup: Any) -> None:
    if not isinstance(markup, dict) or "inline_keyboard" not in markup:
        return
    rows = markup["inline_keyboard"]
    if sum(map(len, rows)) > 100 or any(not 1 <= len(row) <= 8 for row in rows):
        raise Wrong("too many buttons, or a row with none")
