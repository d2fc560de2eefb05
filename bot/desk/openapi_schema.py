"""Read JSON schemas off the types of our answers, so that what is promised and what is given cannot drift apart."""

import inspect
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from bot.services.shapes import Moment

_PLAIN: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Moment: {"type": "string", "format": "date-time"},
}


def schemas(*shapes: type) -> dict[str, Any]:
    """Return the named schemas of the shapes and of every shape inside them; raises TypeError for a foreign type."""
    found: dict[str, Any] = {}
    for shape in shapes:
        _collect(shape, found)
    return found


def reference(name: str) -> dict[str, Any]:
    """Return a pointer to a named schema."""
    return {"$ref": f"#/components/schemas/{name}"}


def _collect(shape: type, found: dict[str, Any]) -> None:
    name = _name(shape)
    if name in found:
        return
    found[name] = {}
    hints = get_type_hints(shape)
    found[name] = {
        "type": "object",
        "description": inspect.getdoc(shape),
        "required": list(hints),
        "properties": {key: _schema(kind, found) for key, kind in hints.items()},
    }


def _schema(kind: Any, found: dict[str, Any]) -> dict[str, Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) in (Union, UnionType):
        return {"anyOf": [_schema(part, found) for part in get_args(kind)]}
    if get_origin(kind) is Literal:
        return {"type": "string", "enum": list(get_args(kind))}
    if get_origin(kind) is list:
        return {"type": "array", "items": _schema(get_args(kind)[0], found)}
    if get_origin(kind) is dict:
        return {"type": "object", "additionalProperties": _schema(get_args(kind)[1], found)}
    if is_typeddict(kind):
        _collect(kind, found)
        return reference(_name(kind))
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [member.value for member in kind]}
    raise TypeError(f"no schema for {kind!r}")


def _name(shape: type) -> str:
    return shape.__name__.removesuffix("Shape")
