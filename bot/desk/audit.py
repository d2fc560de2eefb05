"""Show an admin who changed what."""

from collections.abc import Callable
from typing import Any, Final

from aiohttp import web

from bot.desk import language, pages, reading
from bot.domain.audit import AuditEntry
from bot.edge.keys import DATABASE
from bot.services import inbox
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork

_NAMED: Final = {
    "role": "role", "before": "role", "after": "role", "topic": "topic", "severity": "severity", "reason": "reason",
    "language": "language", "purpose": "purpose", "channel": "channel", "active": "active",
}  # fmt: skip
"""Details whose values have words, and the prefix under which these stand."""

_PLAIN: Final = frozenset({"score", "attempts", "failures", "seconds", "method", "address"})
"""Details that are numbers or names. All others are keys of the record, of use to scripts alone."""


async def show(request: web.Request) -> web.StreamResponse:
    """Show one page of the audit, newest first."""
    page, names = await request.config_dict[DATABASE].read(_look, reading.cursor(request), reading.limit(request))
    more = pages.with_query(request, cursor=page.next) if page.next else None
    name_of = language.namer(language.of(request))
    return pages.render(
        request, "audit.html", here="audit", page=page, names=names, more=more,
        told=lambda details: told(details, name_of),
    )  # fmt: skip


def told(details: dict[str, Any], name_of: Callable[[str, str], str]) -> list[tuple[str, str]]:
    """Return the details of an entry as (what, value) in words."""
    shown = []
    for name, value in details.items():
        if prefix := _NAMED.get(name):
            shown.append((name_of("detail", name), name_of(prefix, str(value))))
        elif name in _PLAIN:
            shown.append((name_of("detail", name), str(value)))
    return shown


def _look(uow: UnitOfWork, cursor: str | None, limit: int) -> tuple[Page[AuditEntry], dict[str, str]]:
    return uow.audit.page(cursor, limit), inbox.user_names(uow)
