"""Put the same careful headers on every answer."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final

from aiohttp import web

Responder = Callable[[web.Request], Awaitable[web.StreamResponse]]

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS: Final = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


async def set_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add the security headers just before an answer (also a stream) begins; connect to ``on_response_prepare``."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.pop("Server", None)
    if "Cache-Control" not in response.headers:
        # Static files are asked for again each time and mostly answered "not modified": no stale script after an update.
        is_static = isinstance(response, web.FileResponse) or response.status == HTTPStatus.NOT_MODIFIED
        response.headers["Cache-Control"] = "no-cache" if is_static else "no-store"
