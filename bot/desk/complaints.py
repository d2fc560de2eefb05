"""List the complaints: the newest first, by state."""

from aiohttp import web

from bot.desk import pages, reading
from bot.domain.complaints import Complaint, ComplaintState
from bot.edge.keys import DATABASE
from bot.services import inbox
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork


async def show(request: web.Request) -> web.StreamResponse:
    """Show one page of complaints."""
    state = reading.one_of(ComplaintState, request.query.get("state"))
    page, customers, owners = await request.config_dict[DATABASE].read(
        _look, state, reading.cursor(request), reading.limit(request)
    )
    more = pages.with_query(request, cursor=page.next) if page.next else None
    return pages.render(
        request, "complaints.html", here="complaints", page=page, customers=customers, owners=owners, state=state,
        states=list(ComplaintState), more=more,
    )  # fmt: skip


def _look(
    uow: UnitOfWork, state: ComplaintState | None, cursor: str | None, limit: int
) -> tuple[Page[Complaint], dict[str, str | None], dict[str, str]]:
    page = uow.complaints.page(state, cursor, limit)
    customers = inbox.customer_names(uow, [one.customer_id for one in page.items])
    return page, customers, inbox.user_names(uow)
