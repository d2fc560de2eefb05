"""Read and write Tencent's fields, in XML or in JSON: bounded, without declarations, and the same in both forms.

Built on expat, which Python brings along. A document type is refused at its first word, so there are no entities to
unfold and nothing to fetch. What is more than Tencent ever sends is refused while it is read, not after.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final, NoReturn, TypeAlias
from xml.parsers import expat

from bot.edge.json_body import BadBody, parse_object
from bot.errors import UnreadablePayload

Field: TypeAlias = "str | dict[str, Field] | list[Field]"
Fields: TypeAlias = dict[str, Field]
"""A field is text, or fields in turn, or a list where an element with fields of its own was repeated."""
Writable: TypeAlias = "str | int | Mapping[str, Writable] | Sequence[Mapping[str, Writable]]"

MOST_BYTES: Final = 256 * 1024
MOST_DEPTH: Final = 16
MOST_ELEMENTS: Final = 1_000
ROOT: Final = "xml"
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML may hold, escaped or not; customers' keyboards produce it nevertheless."""


def read_fields(
    body: bytes, *, most_bytes: int = MOST_BYTES, most_depth: int = MOST_DEPTH, most_elements: int = MOST_ELEMENTS
) -> Fields:
    """Return the fields under the root ``<xml>``; forbidden control characters come out as U+FFFD.

    Raises UnreadablePayload for what is not exactly one well-formed document in UTF-8, has a document type, says a leaf
    twice, mixes text and elements, or is larger than allowed.
    """
    _check_size(body, most_bytes)
    try:
        return _Reader(most_depth, most_elements).read(allowed(body.decode("utf-8")))
    except (expat.ExpatError, UnicodeDecodeError):
        raise UnreadablePayload("the body is not valid XML") from None


def json_fields(
    body: bytes, *, most_bytes: int = MOST_BYTES, most_depth: int = MOST_DEPTH, most_elements: int = MOST_ELEMENTS
) -> Fields:
    """Return the fields of a push in JSON as ``read_fields`` would return them: every leaf is text.

    Raises UnreadablePayload for what is no strict JSON object, or is larger than allowed.
    """
    _check_size(body, most_bytes)
    try:
        found = parse_object(body)
    except BadBody:
        raise UnreadablePayload("the body is not valid JSON") from None
    return _Flattener(most_elements).fields(found, most_depth)


def write_fields(fields: Mapping[str, Writable]) -> bytes:
    """Return XML under the root ``<xml>``: text as CDATA, numbers bare, a sequence as a repeated element."""
    return f"<{ROOT}>{_written(fields)}</{ROOT}>".encode()


def allowed(text: str) -> str:
    """Return a text with U+FFFD in place of everything that XML forbids."""
    return _FORBIDDEN.sub("\ufffd", text)


class _Reader:
    """Build fields from what expat reports; an open element is the list of its children and the list of its texts."""

    def __init__(self, most_depth: int, most_elements: int) -> None:
        self._most_depth, self._most_elements = most_depth, most_elements
        self._elements = 0
        self._open: list[tuple[Fields, list[str]]] = [({}, [])]

    def read(self, text: str) -> Fields:
        parser = expat.ParserCreate("utf-8")
        parser.StartDoctypeDeclHandler = _refuse_doctype
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.Parse(text.encode(), True)
        root = self._open[0][0].get(ROOT)
        if not isinstance(root, dict):
            raise UnreadablePayload("the body has no fields")
        return root

    def _begin(self, _name: str, _attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > self._most_elements or len(self._open) > self._most_depth:
            raise UnreadablePayload("the body is too deep or has too many elements")
        self._open.append(({}, []))

    def _text(self, text: str) -> None:
        self._open[-1][1].append(text)

    def _end(self, name: str) -> None:
        children, texts = self._open.pop()
        said = "".join(texts)
        if children and said.strip():
            raise UnreadablePayload("text beside elements")
        _add(self._open[-1][0], name, children or said)


def _add(fields: Fields, name: str, value: Field) -> None:
    before = fields.get(name)
    if before is None:
        fields[name] = value
    elif isinstance(before, str) or isinstance(value, str):
        raise UnreadablePayload("a field is there twice")
    elif isinstance(before, list):
        before.append(value)
    else:
        fields[name] = [before, value]


class _Flattener:
    """Make text of every leaf of a JSON object."""

    def __init__(self, most_elements: int) -> None:
        self._left = most_elements

    def fields(self, found: dict[str, Any], depth: int) -> Fields:
        return {allowed(name): self._field(value, depth - 1) for name, value in found.items()}

    def _field(self, value: Any, depth: int) -> Field:
        self._left -= 1
        if depth < 0 or self._left < 0:
            raise UnreadablePayload("the body is too deep or has too many elements")
        if isinstance(value, dict):
            return self.fields(value, depth)
        if isinstance(value, list):
            return [self._field(inner, depth - 1) for inner in value]
        return allowed(value) if isinstance(value, str) else _plain(value)


def _plain(value: object) -> str:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _check_size(body: bytes, most_bytes: int) -> None:
    if len(body) > most_bytes:
        raise UnreadablePayload("the body is too large")


def _refuse_doctype(*_: object) -> NoReturn:
    raise UnreadablePayload("the body has a document type")


def _written(fields: Mapping[str, Writable]) -> str:
    return "".join(_element(name, value) for name, value in fields.items())


def _element(name: str, value: Writable) -> str:
    if isinstance(value, str):
        inner = "<![CDATA[" + allowed(value).replace("]]>", "]]]]><![CDATA[>") + "]]>"
    elif isinstance(value, int):
        inner = str(value)
    elif isinstance(value, Mapping):
        inner = _written(value)
    else:
        return "".join(_element(name, one) for one in value)
    return f"<{name}>{inner}</{name}>"
