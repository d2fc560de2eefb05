"""Describe the JSON API in OpenAPI 3.1: every address, every parameter, every way to be refused.

The shapes of the answers are not written a second time: ``openapi_schema`` reads them off the types that fill them.
"""

from enum import StrEnum
from typing import Any, Final

from bot.desk.api_query import USUAL_PAGE
from bot.desk.openapi_schema import reference, schemas
from bot.domain.complaints import ComplaintState
from bot.domain.conversation import Owner
from bot.domain.preferences import PreferenceState
from bot.services import shapes
from bot.store.pages import LARGEST_PAGE

PREFIX: Final = "/api/v1"
_REFUSALS: Final = {
    "400": ("BadRequest", "A parameter is unknown, malformed, out of bounds or given twice, or a cursor is not ours."),
    "401": ("Unauthorized", "No token, a wrong token, or the operator has not switched the API on (code api_off)."),
    "404": ("NotFound", "There is no such thing."),
    "405": ("MethodNotAllowed", "The API only reads; the header Allow says how."),
    "500": ("Internal", "Something went wrong on our side. The same request may be sent again."),
}


def _text(name: str, longest: int, description: str) -> dict[str, Any]:
    schema = {"type": "string", "minLength": 1, "maxLength": longest, "pattern": "^[^\\u0000]*$"}
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _state(kind: type[StrEnum]) -> dict[str, Any]:
    return {
        "name": "state", "in": "query", "description": "Only those in this state.",
        "schema": {"type": "string", "enum": [member.value for member in kind]},
    }  # fmt: skip


def _id(of: str) -> dict[str, Any]:
    return {
        "name": "id", "in": "path", "required": True, "description": f"The id of the {of}.",
        "schema": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    }  # fmt: skip


_PAGING: Final[list[dict[str, Any]]] = [
    {
        "name": "limit", "in": "query", "description": "The number of items wanted on a page.",
        "schema": {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": USUAL_PAGE},
    },
    {
        "name": "cursor", "in": "query",
        "description": "The `next` of the page before, of the same list with the same filters; never made by hand.",
        "schema": {"type": "string", "minLength": 25},
    },
]  # fmt: skip


def _page_of(*kinds: str) -> dict[str, Any]:
    items = [reference(kind) for kind in kinds]
    return {
        "type": "object",
        "required": ["items", "next"],
        "properties": {
            "items": {"type": "array", "items": items[0] if len(items) == 1 else {"anyOf": items}},
            "next": {"type": ["string", "null"], "description": "The cursor of the next page; null at the end."},
        },
    }


def _get(
    name: str, summary: str, answer: dict[str, Any], parameters: list[dict[str, Any]], *, refusals: str, **more: Any
) -> dict[str, Any]:
    responses = {"200": {"description": "Here it is.", "content": {"application/json": {"schema": answer}}}}
    refused = {code: {"$ref": f"#/components/responses/{_REFUSALS[code][0]}"} for code in refusals.split()}
    return {
        "get": {
            "operationId": name, "summary": summary, "parameters": parameters, "responses": responses | refused, **more,
        }
    }  # fmt: skip


_LIST: Final = "400 401 405 500"
_ONE: Final = "400 401 404 405 500"
_LOOK_UP: Final = (
    "Without parameters, the customers who have not asked to be forgotten, newest first. With `channel` and "
    "`external_id` (both), the one whom that channel knows by that id, as a whole record; no such customer is an empty "
    "list. Several accounts of ours on one channel may know the same id: name the `account` then, or be given one of them."
)
_PATHS: Final = {
    "/openapi.json": _get(
        "describe", "This description; needs no token", {"type": "object"}, [], refusals="405 500", security=[]
    ),
    "/customers": _get(
        "customers", "List customers, or find one by a channel's id", _page_of("Record", "Customer"),
        [
            _text("channel", 32, "The channel, such as web, telegram, wechat or wecom; only with external_id."),
            _text("external_id", 256, "The id by which the channel knows the customer; only with channel."),
            _text("account", 64, "Which of our accounts on the channel; only with channel and external_id."),
            *_PAGING,
        ],
        refusals=_LIST, description=_LOOK_UP,
    ),
    "/customers/{id}": _get("customer", "The whole record", reference("Record"), [_id("customer")], refusals=_ONE),
    "/conversations": _get(
        "conversations", "List conversations, those with the latest word first", _page_of("Conversation"),
        [_state(Owner), *_PAGING], refusals=_LIST,
    ),
    "/conversations/{id}/messages": _get(
        "messages", "List the messages of a conversation, newest first", _page_of("Message"),
        [_id("conversation"), *_PAGING], refusals=_ONE,
    ),
    "/complaints": _get(
        "complaints", "List complaints, newest first", _page_of("Complaint"), [_state(ComplaintState), *_PAGING],
        refusals=_LIST,
    ),
    "/preferences": _get(
        "preferences", "List preferences, newest first", _page_of("Preference"),
        [_state(PreferenceState), _text("kind", 40, "Only those of this kind."), *_PAGING], refusals=_LIST,
    ),
}  # fmt: skip


def _refusal(code: str, description: str) -> dict[str, Any]:
    answer: dict[str, Any] = {
        "description": description, "content": {"application/json": {"schema": reference("Error")}},
    }  # fmt: skip
    header = {"401": "WWW-Authenticate", "405": "Allow"}.get(code)
    return answer | {"headers": {header: {"schema": {"type": "string"}}}} if header else answer


_CODES: Final = "bad_parameter unknown_parameter bad_limit bad_cursor refused unauthorized api_off not_found method_not_allowed internal"
_ERROR: Final = {
    "type": "object",
    "required": ["error", "code"],
    "properties": {
        "error": {"type": "string", "description": "A sentence for people."},
        "code": {"type": "string", "enum": _CODES.split(), "description": "A word for programs."},
    },
}
DESCRIPTION: Final[dict[str, Any]] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Tingjian",
        "version": "1",
        "description": "The customer record, to read. Answers are JSON in UTF-8; moments are in UTC; ids are opaque. "
        "HEAD is answered wherever GET is.",
    },
    "servers": [{"url": PREFIX}],
    "security": [{"token": []}],
    "paths": _PATHS,
    "components": {
        "securitySchemes": {
            "token": {"type": "http", "scheme": "bearer", "description": "The value of TINGJIAN_API_TOKEN."}
        },
        "responses": {name: _refusal(code, text) for code, (name, text) in _REFUSALS.items()},
        "schemas": {"Error": _ERROR, **schemas(shapes.RecordShape, shapes.CustomerShape, shapes.ConversationShape)},
    },
}
