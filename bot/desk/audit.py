"""Show an admin who changed what."""

from aiohttp import web

from bot.desk import pages, reading
from bot.domain.audit import AuditEntry
from bot.edge.keys import DATABASE
from bot.services import inbox
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork


async def show(request: web.Request) -> web.StreamResponse:
    """Show one page of the audit, newest first."""
    page, names = await request.config_dict[DATABASE].read(_look, reading.cursor(request), reading.limit(request))
    more = pages.with_query(request, cursor=page.next) if page.next else None
    return pages.render(request, "audit.html", here="audit", page=page, names=names, more=more)


def _look(uow: UnitOfWork, cursor: str | None, limit: int) -> tuple[Page[AuditEntry], dict[str, str]]:
    return uow.audit.page(cursor, limit), inbox.user_names(uow)
