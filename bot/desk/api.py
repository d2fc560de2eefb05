"""Serve the JSON API under ``/api/v1``: the record for other programs to read, and nothing to write.

Every address stands on this screen; ``openapi.py`` describes them, and a test holds the two together.
"""

import json
import re
from collections.abc import Callable
from functools import partial
from typing import Any

from aiohttp import web

from bot.desk import openapi
from bot.desk.api_guard import answer_errors, require_token
from bot.desk.api_query import PAGING, BadQuery, Query
from bot.domain.complaints import ComplaintState
from bot.domain.conversation import Owner
from bot.domain.ids import ConversationId, CustomerId
from bot.domain.preferences import PreferenceState
from bot.edge.keys import DATABASE, SETTINGS
from bot.errors import NotFound
from bot.services import listings, profiles, shapes
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork

_ID = re.compile(r"[0-9a-f]{32}")


def add_api(app: web.Application) -> None:
    """Put the API into an app that carries SETTINGS and DATABASE."""
    api = web.Application(middlewares=[answer_errors, require_token])
    api.add_routes(
        [
            web.get("/openapi.json", describe),
            web.get("/customers", customers),
            web.get("/customers/{id}", customer),
            web.get("/conversations", conversations),
            web.get("/conversations/{id}/messages", messages),
            web.get("/complaints", complaints),
            web.get("/preferences", preferences),
        ]
    )
    app.add_subapp(openapi.PREFIX, api)


async def describe(_request: web.Request) -> web.Response:
    """Show the OpenAPI description."""
    return _json(_encode(openapi.DESCRIPTION))


async def customers(request: web.Request) -> web.Response:
    """List customers; with channel and external_id, find one and show the whole record."""
    query = _query(request, "channel", "external_id", "account", *PAGING)
    channel, external_id = query.text("channel", 32), query.text("external_id", 256)
    account, limit, cursor = query.text("account", 64), query.limit, query.cursor
    if channel is None and external_id is None and account is None:
        return await _list(request, query, partial(profiles.page, cursor=cursor, limit=limit))
    if channel is None or external_id is None or cursor is not None:
        raise BadQuery("a look-up needs both channel and external_id, and no cursor")
    known = partial(_known_as, channel=channel, external_id=external_id, account=account)
    return await _list(request, query, known)


async def customer(request: web.Request) -> web.Response:
    """Show the whole record of one customer."""
    _query(request)
    customer_id = CustomerId(_id(request, "customer"))
    return _json(await _read(request, lambda uow: _encode(profiles.record(uow, customer_id))))


async def conversations(request: web.Request) -> web.Response:
    """List conversations."""
    query = _query(request, "state", *PAGING)
    state = query.one_of("state", Owner)
    return await _list(
        request, query, partial(listings.conversations, state=state, cursor=query.cursor, limit=query.limit)
    )


async def messages(request: web.Request) -> web.Response:
    """List the messages of one conversation."""
    query = _query(request, *PAGING)
    conversation_id = ConversationId(_id(request, "conversation"))
    found = partial(listings.messages, conversation_id=conversation_id, cursor=query.cursor, limit=query.limit)
    return await _list(request, query, found)


async def complaints(request: web.Request) -> web.Response:
    """List complaints."""
    query = _query(request, "state", *PAGING)
    state = query.one_of("state", ComplaintState)
    return await _list(
        request, query, partial(listings.complaints, state=state, cursor=query.cursor, limit=query.limit)
    )


async def preferences(request: web.Request) -> web.Response:
    """List preferences."""
    query = _query(request, "state", "kind", *PAGING)
    state, kind = query.one_of("state", PreferenceState), query.text("kind", 40)
    found = partial(listings.preferences, state=state, kind=kind, cursor=query.cursor, limit=query.limit)
    return await _list(request, query, found)


def _query(request: web.Request, *known: str) -> Query:
    return Query(request, known, request.config_dict[SETTINGS].api_token or "")


def _id(request: web.Request, kind: str) -> str:
    given = request.match_info["id"]
    if not _ID.fullmatch(given):
        raise NotFound(kind)
    return given


def _known_as(uow: UnitOfWork, channel: str, external_id: str, account: str | None) -> Page[shapes.RecordShape]:
    found = profiles.find(uow, channel, external_id, account)
    return Page([found] if found else [], None)


async def _list(request: web.Request, query: Query, list_page: Callable[[UnitOfWork], Page[Any]]) -> web.Response:
    def encoded(uow: UnitOfWork) -> bytes:
        page = list_page(uow)
        return _encode({"items": page.items, "next": query.seal(page.next) if page.next else None})

    return _json(await _read(request, encoded))


async def _read(request: web.Request, encoded: Callable[[UnitOfWork], bytes]) -> bytes:
    """Read and encode in the reading thread: a long record must not hold up everybody else's events."""
    return await request.config_dict[DATABASE].read(encoded)


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).encode(errors="replace")


def _json(body: bytes) -> web.Response:
    return web.Response(body=body, content_type="application/json", charset="utf-8")
