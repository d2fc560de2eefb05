"""Choose the language of the desk: what somebody chose here before, else what their browser asks for."""

from collections.abc import Callable
from typing import Final

from aiohttp import web

from bot import words
from bot.desk import auth
from bot.edge.keys import SETTINGS

COOKIE: Final = "tingjian_language"
_A_YEAR_S: Final = 365 * 24 * 3600
_DOMAIN: Final = "desk"


def of(request: web.Request) -> str:
    """Return the language in which this request is answered."""
    chosen = request.cookies.get(COOKIE)
    return chosen if chosen in words.LANGUAGES else words.best_language(request.headers.get("Accept-Language"))


def speaker(language: str) -> Callable[..., str]:
    """Return ``t(msgid, **values)`` of one language; an unknown msgid raises KeyError, so that a test finds it."""
    catalogue = words.catalogue(language, _DOMAIN)

    def t(msgid: str, **values: object) -> str:
        return catalogue[msgid].format_map(values)

    return t


def keep(request: web.Request, response: web.StreamResponse, language: str) -> None:
    """Remember the choice in a cookie; it says nothing about anybody."""
    public = request.config_dict[SETTINGS].public_url or ""
    response.set_cookie(
        COOKIE, language, max_age=_A_YEAR_S, path=auth.PATH, httponly=True, samesite="Lax",
        secure=request.secure or public.startswith("https://"),
    )  # fmt: skip


def template(language: str, msgid: str) -> str:
    """Return the words with their places still open, for a script to fill."""
    return words.catalogue(language, _DOMAIN)[msgid]


def namer(language: str) -> Callable[[str, str], str]:
    """Return ``name_of(prefix, value)``: the word for a value of the record, or the value itself where there is none.

    Values such as topics come from elsewhere and may grow before their words do.
    """
    catalogue = words.catalogue(language, _DOMAIN)

    def name_of(prefix: str, value: str) -> str:
        return catalogue.get(f"{prefix}-{value}", value.replace("_", " "))

    return name_of
