"""Draw the pages: one frame around all of them, in the language of the reader."""

import secrets
from typing import Any, Final

import aiohttp_jinja2
from aiohttp import web

from bot.desk import auth, language
from bot.domain.users import Role
from bot.edge.keys import CLOCK

LANGUAGES: Final = (("zh-Hans", "简体", "简"), ("zh-Hant", "繁體", "繁"), ("en", "English", "En"))
_PLACES: Final = (
    ("inbox", "/desk/", "Inbox", (Role.AGENT, Role.ADMIN)),
    ("complaints", "/desk/complaints", "Complaints", (Role.AGENT, Role.ADMIN)),
    ("preferences", "/desk/preferences", "Preferences", (Role.MARKETER, Role.ADMIN)),
    ("users", "/desk/users", "People", (Role.ADMIN,)),
    ("audit", "/desk/audit", "Audit", (Role.ADMIN,)),
)
_SCRIPT_WORDS: Final = (
    "Connection lost. Trying again …", "You are signed out.", "Not sent. Check your connection and send again.",
    "One customer is waiting.", "{count} customers are waiting.", "New messages below", "just now", "{count} min",
    "{count} h {minutes} min", "{count} d", "Today", "Yesterday", "Sign in again", "Really close this conversation?",
    "This file is larger than 20 MB.", "This file is empty.", "One file at a time.", "Drop the file here",
    "The file cannot be had.",
)  # fmt: skip


def render(request: web.Request, template: str, status: int = 200, **values: Any) -> web.Response:
    """Return a page or a piece of one."""
    tongue = language.of(request)
    t = language.speaker(tongue)
    found = auth.signed_in(request)
    context = {
        "t": t, "name_of": language.namer(tongue), "lang": tongue, "languages": LANGUAGES, "csrf": auth.csrf_token(request),
        "user": found.user if found else None, "now": request.config_dict[CLOCK](), "here": "", "seq": None,
        "may_talk": auth.has_role(request, Role.AGENT, Role.ADMIN),
        "may_review": auth.has_role(request, Role.MARKETER, Role.ADMIN),
        "fresh_key": secrets.token_urlsafe(16), "places": [(key, url, label) for key, url, label, roles in _PLACES if auth.has_role(request, *roles)],
        "script_words": {one: language.template(tongue, one) for one in _SCRIPT_WORDS}, "address": request.path_qs,
    } | values  # fmt: skip
    response = aiohttp_jinja2.render_template(template, request, context, status=status)
    response.headers["Vary"] = "Cookie, Accept-Language"
    return response


def with_query(request: web.Request, **changes: str | None) -> str:
    """Return the present address with some of its parameters changed, None taking one away."""
    query = {**request.query, **{name: value for name, value in changes.items() if value is not None}}
    kept = {name: value for name, value in query.items() if name not in changes or changes[name] is not None}
    return str(request.rel_url.with_query(kept))
