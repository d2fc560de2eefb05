"""Refuse changes that another site asks for in the name of a signed-in browser.

Two independent checks: where the request comes from, as the browser says, and a token that only our own pages know.
"""

from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.desk import auth, uploads
from bot.desk.routes import roles_of, takes_files
from bot.edge.headers import Responder
from bot.edge.keys import SETTINGS
from bot.errors import RejectedRequest

_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_KINDS: Final = frozenset({"application/json", "application/x-www-form-urlencoded"})
HEADER: Final = "X-CSRF-Token"
FIELD: Final = "csrf"


class Forged(RejectedRequest):
    """Refuse a change that does not come from one of our own pages."""


@web.middleware
async def refuse_forged(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Check every request that may change something."""
    if request.method not in _SAFE and request.match_info.http_exception is None:
        _check_origin(request)
        if request.body_exists and not _is_readable(request):
            raise Forged("only forms and JSON are read here")
        if auth.signed_in(request) is None and roles_of(request.match_info.handler) is not None:
            raise auth.NotRecognised("sign in first")
        token = request.headers.get(HEADER) or (await uploads.read_form(request)).fields.get(FIELD, "")
        if not auth.is_own_token(request, token):
            raise Forged("the form is not from this page or too old")
    return await handler(request)


def _is_readable(request: web.Request) -> bool:
    """Say whether we read this kind of body here; files only where an address takes them."""
    if request.content_type == "multipart/form-data":
        return takes_files(request.match_info.handler)
    return request.content_type in _KINDS


def _check_origin(request: web.Request) -> None:
    """Refuse what the browser itself calls foreign; who sends neither header is no browser, and needs the token."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise Forged("the request comes from another site")
    origin = request.headers.get("Origin")
    if origin is None:
        return
    public = request.config_dict[SETTINGS].public_url
    ours = {request.host.lower()} | ({urlsplit(public).netloc.lower()} if public else set())
    if urlsplit(origin).netloc.lower() not in ours:
        raise Forged("the request comes from another site")
