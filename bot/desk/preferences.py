"""Let a marketer read what customers want, in their own words, and decide what may be used."""

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.desk import auth, pages, reading, signing
from bot.domain.hearing_kinds import NAMES
from bot.domain.ids import PreferenceId
from bot.domain.preferences import Preference, PreferenceState
from bot.domain.users import User
from bot.edge.keys import CLOCK, DATABASE
from bot.services import inbox
from bot.services import preferences as services
from bot.store.pages import Page
from bot.store.unit_of_work import UnitOfWork

Review = Callable[[UnitOfWork, PreferenceId, User, datetime], Preference]


async def show(request: web.Request) -> web.StreamResponse:
    """Show one page of preferences, each with its quote and the message it comes from."""
    state = reading.one_of(PreferenceState, request.query.get("state"))
    kind, words = reading.words(request, "kind"), reading.words(request, "words")
    page, customers, places = await request.config_dict[DATABASE].read(
        _look, state, kind, words, reading.cursor(request), reading.limit(request)
    )
    return pages.render(
        request, "preferences.html", here="preferences", page=page, customers=customers, spoken_in=places, state=state,
        kind=kind or "", words=words or "", states=list(PreferenceState), kinds=NAMES,
        more=pages.with_query(request, cursor=page.next) if page.next else None,
    )  # fmt: skip


async def approve(request: web.Request) -> web.StreamResponse:
    """Let a preference be used."""
    return await _review(request, services.approve)


async def reject(request: web.Request) -> web.StreamResponse:
    """Keep a preference from being used."""
    return await _review(request, services.reject)


async def _review(request: web.Request, review: Review) -> web.StreamResponse:
    given = await reading.fields(request)
    preference_id = PreferenceId(request.match_info["preference_id"])
    preference = await request.config_dict[DATABASE].write(
        review, preference_id, auth.user_of(request), request.config_dict[CLOCK]()
    )
    if reading.wants_json(request):
        return web.json_response({"id": preference.id, "state": preference.state})
    raise web.HTTPSeeOther(signing.safe_next(reading.text(given, "next", "/desk/preferences")))


def _look(
    uow: UnitOfWork, state: PreferenceState | None, kind: str | None, words: str | None, cursor: str | None, limit: int
) -> tuple[Page[Preference], dict[str, str | None], dict[int, str]]:
    page = uow.preferences.page(state=state, kind=kind, words=words, cursor=cursor, limit=limit)
    customers = inbox.customer_names(uow, [one.customer_id for one in page.items])
    return page, customers, inbox.places(uow, [one.message_id for one in page.items])
