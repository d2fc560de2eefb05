"""Sign in and out, and choose a language."""

import re
from typing import Final

from aiohttp import web

from bot.desk import auth, language, pages, reading
from bot.desk.hashing import HASHING
from bot.edge.keys import CLOCK, DATABASE
from bot.services import users
from bot.services.users import SignedIn
from bot.words import LANGUAGES

HOME: Final = "/desk/"
_INSIDE: Final = re.compile(r"/desk/[A-Za-z0-9/_.?=&%#+,:~-]*")


async def show(request: web.Request) -> web.StreamResponse:
    """Show the sign-in page; who has signed in already goes on."""
    wanted = safe_next(request.query.get("next"))
    if auth.signed_in(request):
        raise web.HTTPSeeOther(wanted)
    return pages.render(request, "sign_in.html", name="", problem=None, next=wanted)


async def sign_in(request: web.Request) -> web.StreamResponse:
    """Open a session under a new token, whatever cookie the browser brought."""
    given = await reading.fields(request)
    name, password = reading.text(given, "name", ""), reading.text(given, "password", "")
    wanted = safe_next(reading.text(given, "next", ""))
    database, hashing = request.config_dict[DATABASE], request.app[HASHING]
    attempt = await database.read(users.begin_sign_in, name)
    matched = await hashing.run(users.matches, attempt, password)
    outcome = await database.write(users.finish_sign_in, attempt, matched, request.config_dict[CLOCK]())
    if not isinstance(outcome, SignedIn):
        return _refuse(request, name, wanted)
    old = request.cookies.get(auth.SESSION_COOKIE)
    if old:
        await database.write(users.sign_out, old, request.config_dict[CLOCK]())
    response: web.Response = web.HTTPSeeOther(wanted)
    if reading.wants_json(request):
        response = web.json_response({"csrf": outcome.session.csrf, "role": outcome.user.role})
    auth.keep_session(request, response, outcome.token)
    return response


async def sign_out(request: web.Request) -> web.StreamResponse:
    """End the session on the server, not only in the browser."""
    token = request.cookies.get(auth.SESSION_COOKIE, "")
    await request.config_dict[DATABASE].write(users.sign_out, token, request.config_dict[CLOCK]())
    response = web.HTTPSeeOther("/desk/sign-in")
    auth.drop_session(response)
    return response


async def choose_language(request: web.Request) -> web.StreamResponse:
    """Keep the language that somebody chose and return to where they were."""
    given = await reading.fields(request)
    chosen = reading.text(given, "language", "")
    if chosen not in LANGUAGES:
        raise reading.BadInput("This form cannot be read.", "bad_form")
    response = web.HTTPSeeOther(safe_next(reading.text(given, "next", "")))
    language.keep(request, response, chosen)
    return response


def safe_next(wanted: str | None) -> str:
    """Return the address to go on to: only one of the desk's own, never another site."""
    return wanted if wanted and _INSIDE.fullmatch(wanted) and "//" not in wanted else HOME


def _refuse(request: web.Request, name: str, wanted: str) -> web.Response:
    sentence = language.speaker(language.of(request))(
        "Name and password do not fit together. After five wrong tries an account rests for a while."
    )
    if reading.wants_json(request):
        return web.json_response({"error": sentence, "code": "not_signed_in"}, status=401)
    return pages.render(request, "sign_in.html", 401, name=name[:64], problem=sentence, next=wanted)
