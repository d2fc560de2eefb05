"""Show who waits, what I have, and everything: the list beside which all work happens."""

from dataclasses import dataclass

from aiohttp import web

from bot.desk import auth, pages, reading
from bot.domain.conversation import Owner
from bot.domain.users import Role
from bot.edge.keys import DATABASE
from bot.services import inbox

TABS = ("waiting", "mine", "all")


@dataclass(frozen=True)
class Shown:
    """Be what the list column needs: the rows, which tab they are of, and where the next page is."""

    tab: str
    state: Owner | None
    inbox: inbox.Inbox
    more: str | None
    address: str


async def show(request: web.Request) -> web.StreamResponse:
    """Show the inbox with nothing opened yet."""
    if auth.user_of(request).role is Role.MARKETER:
        raise web.HTTPSeeOther("/desk/preferences")
    shown = await look(request)
    return pages.render(request, "inbox.html", here="inbox", list=shown, open=None, seq=shown.inbox.seq)


async def show_list(request: web.Request) -> web.StreamResponse:
    """Show the list alone, for the page that follows it live."""
    return pages.render(request, "list.html", list=await look(request), open=request.query.get("open"))


async def look(request: web.Request, otherwise: str = "waiting") -> Shown:
    """Return the list that the address asks for, ``otherwise`` where it asks for none."""
    tab = request.query.get("tab", otherwise)
    if tab not in TABS:
        raise reading.BadInput("This filter is unknown.", "bad_filter")
    state = reading.one_of(Owner, request.query.get("state")) if tab == "all" else None
    place, user, limit = reading.cursor(request), auth.user_of(request), reading.limit(request)
    database = request.config_dict[DATABASE]
    if tab == "waiting":
        found = await database.read(inbox.see_waiting, user.id, place, limit)
    elif tab == "mine":
        found = await database.read(inbox.see_mine, user.id, place, limit)
    else:
        found = await database.read(inbox.see_all, user.id, state, place, limit)
    query = "tab=" + tab + (f"&state={state}" if state else "")
    more = f"{query}&cursor={found.next}" if found.next else None
    return Shown(tab, state, found, more, query + (f"&cursor={place}" if place else ""))
