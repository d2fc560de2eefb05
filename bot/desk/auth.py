"""Know who sits before the browser: the session cookie, and the guest cookie of those who have not signed in."""

import hmac
import secrets
from typing import Final

from aiohttp import web

from bot.domain.users import Role, User
from bot.edge.keys import CLOCK, DATABASE, SETTINGS
from bot.errors import RejectedRequest
from bot.services import users
from bot.services.users import SESSION_LASTS, NotSignedIn, SignedIn

SESSION_COOKIE: Final = "tingjian_desk"
GUEST_COOKIE: Final = "tingjian_desk_guest"
PATH: Final = "/desk"
_SIGNED_IN = web.RequestKey("signed_in", SignedIn)
_GUEST = web.RequestKey("guest", str)


class NotRecognised(RejectedRequest):
    """Ask somebody to sign in first."""


async def recognise(request: web.Request) -> None:
    """Look the session cookie up and remember the answer with the request."""
    found = await look_up(request)
    if isinstance(found, SignedIn):
        request[_SIGNED_IN] = found
    request[_GUEST] = request.cookies.get(GUEST_COOKIE) or secrets.token_urlsafe(32)


async def look_up(request: web.Request) -> SignedIn | NotSignedIn:
    """Ask the record, freshly, whose session the cookie opens."""
    token = request.cookies.get(SESSION_COOKIE)
    if not token:
        return NotSignedIn()
    return await request.config_dict[DATABASE].read(users.find_session, token, request.config_dict[CLOCK]())


def signed_in(request: web.Request) -> SignedIn | None:
    """Return who has signed in, None for a guest or before anybody has looked."""
    return request.get(_SIGNED_IN)


def user_of(request: web.Request) -> User:
    """Return the user; raises NotRecognised for a guest."""
    found = signed_in(request)
    if found is None:
        raise NotRecognised("sign in first")
    return found.user


def has_role(request: web.Request, *roles: Role) -> bool:
    """Say whether the user has one of the roles."""
    found = signed_in(request)
    return found is not None and found.user.role in roles


def csrf_token(request: web.Request) -> str:
    """Return the token that forms must bring: the session's, or the guest's own."""
    found = signed_in(request)
    return found.session.csrf if found else request.get(_GUEST, "")


def is_own_token(request: web.Request, token: str) -> bool:
    """Compare a form's token with the session's or, for who has none, with the guest cookie."""
    found = signed_in(request)
    expected = found.session.csrf if found else request.cookies.get(GUEST_COOKIE, "")
    return bool(expected) and hmac.compare_digest(expected.encode(), token.encode("utf-8", "surrogatepass"))


def keep_session(request: web.Request, response: web.StreamResponse, token: str) -> None:
    """Give the browser its new session and take the guest's cookie away."""
    _set(request, response, SESSION_COOKIE, token, int(SESSION_LASTS.total_seconds()))
    response.del_cookie(GUEST_COOKIE, path=PATH)


def keep_guest(request: web.Request, response: web.StreamResponse) -> None:
    """Give a guest the cookie that their forms are compared with."""
    if signed_in(request) is None and _GUEST in request and not response.prepared:
        _set(request, response, GUEST_COOKIE, request[_GUEST], None)


def drop_session(response: web.StreamResponse) -> None:
    """Take the session's cookie away."""
    response.del_cookie(SESSION_COOKIE, path=PATH)


def _set(request: web.Request, response: web.StreamResponse, name: str, value: str, max_age: int | None) -> None:
    public = request.config_dict[SETTINGS].public_url or ""
    secure = request.secure or public.startswith("https://")
    response.set_cookie(name, value, max_age=max_age, path=PATH, httponly=True, samesite="Lax", secure=secure)
