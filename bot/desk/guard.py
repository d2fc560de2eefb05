"""Let everybody go where their role leads, and note who tried to go elsewhere."""

from aiohttp import web

from bot.desk import auth
from bot.desk.routes import roles_of
from bot.edge.headers import Responder
from bot.edge.keys import CLOCK, DATABASE
from bot.errors import RejectedRequest
from bot.services.users import SignedIn
from bot.store.unit_of_work import UnitOfWork


class WrongRole(RejectedRequest):
    """Refuse a page that is not for this role."""


@web.middleware
async def recognise(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Find out who asks, before anything else is decided."""
    await auth.recognise(request)
    return await handler(request)


@web.middleware
async def check_role(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Pass on only who has a role declared for this address; a refusal is audited."""
    if request.match_info.http_exception is not None:
        return await handler(request)
    roles = roles_of(request.match_info.handler)
    if roles is not None:
        user = auth.user_of(request)
        if user.role not in roles:
            await request.config_dict[DATABASE].write(_note_refusal, request, auth.signed_in(request))
            raise WrongRole("this page is not for your role")
    return await handler(request)


def _note_refusal(uow: UnitOfWork, request: web.Request, who: SignedIn | None) -> None:
    if who is None:
        return
    address = request.match_info.route.resource
    uow.record(
        who.user.id, "desk.refused", f"user:{who.user.id}", request.config_dict[CLOCK](),
        method=request.method, address=address.canonical if address else "", role=who.user.role,
    )  # fmt: skip
