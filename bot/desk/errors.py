"""Put every refusal into one shape: a page for people, ``{"error", "code"}`` for scripts. The only such place here."""

import traceback
from dataclasses import dataclass, field
from typing import Final

import structlog
from aiohttp import web

from bot.desk import auth, csrf, files, guard, hashing, language, pages, reading
from bot.domain.conversation import ConversationClosed, NotYours
from bot.domain.preferences import NotReviewable
from bot.edge.headers import Responder
from bot.errors import BotError, Conflict, NotFound, RecordUnavailable, Refused, TryLater, Undeliverable
from bot.services import users
from bot.services.handoffs import HeldByAnother
from bot.services.replies import BadReply
from bot.store.pages import BadCursor

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Answer:
    """Be how an error is told."""

    status: int
    code: str
    msgid: str
    values: dict[str, str] = field(default_factory=dict)


_ANSWERS: Final[tuple[tuple[type[BotError], Answer], ...]] = (
    (auth.NotRecognised, Answer(401, "not_signed_in", "Please sign in.")),
    (guard.WrongRole, Answer(403, "wrong_role", "This page is not for your role.")),
    (csrf.Forged, Answer(403, "forged", "This form is too old or comes from another page. Load the page again.")),
    (hashing.TooBusy, Answer(503, "busy", "Too many people sign in at this moment. Try again shortly.")),
    (RecordUnavailable, Answer(503, "unavailable", "The record does not answer at this moment. Try again shortly.")),
    (NotFound, Answer(404, "not_found", "There is nothing here.")),
    (ConversationClosed, Answer(409, "closed", "This conversation is closed.")),
    (NotYours, Answer(409, "not_yours", "Claim the conversation first.")),
    (NotReviewable, Answer(409, "not_reviewable", "This preference no longer stands.")),
    (users.NameTaken, Answer(409, "name_taken", "This sign-in name is taken.")),
    (users.LastAdmin, Answer(409, "last_admin", "The last admin stays admin.")),
    (Conflict, Answer(409, "conflict", "Somebody was faster. Load the page again.")),
    (
        users.BadUser,
        Answer(400, "bad_user", "A sign-in name has 2 to 32 letters a-z, digits, dots or dashes; a name is needed."),
    ),
    (TryLater, Answer(503, "file_later", "The platform does not give this file at this moment. Try again shortly.")),
    (files.TooBig, Answer(502, "file_too_big", "This file is too big to be fetched from the platform.")),
    (Undeliverable, Answer(502, "file_gone", "The platform does not give this file.")),
    (BadCursor, Answer(400, "bad_cursor", "This page of the list does not exist.")),
    (BadReply, Answer(400, "bad_reply", "The reply is empty or too long.")),
    (Refused, Answer(400, "refused", "This cannot be done.")),
)
_BROKEN: Final = Answer(500, "internal", "Something went wrong on our side.")
_OF_HTTP: Final = {
    404: Answer(404, "not_found", "There is nothing here."),
    405: Answer(405, "method_not_allowed", "This address does not do that."),
}


@web.middleware
async def translate(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Answer every error, and give each guest who gets a page the cookie that its forms are compared with."""
    response = await _answer(request, handler)
    if response.content_type == "text/html":
        auth.keep_guest(request, response)
    return response


async def _answer(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Answer as asked or with the error; what nobody foresaw is logged by its kind only."""
    try:
        return await handler(request)
    except BotError as error:
        return _tell(request, _answer_to(error))
    except web.HTTPException as error:
        if error.status < 400:
            raise
        response = _tell(request, _OF_HTTP.get(error.status, Answer(error.status, "refused", "This cannot be done.")))
        if "Allow" in error.headers:
            response.headers["Allow"] = error.headers["Allow"]
        return response
    except ConnectionError:
        raise  # the reader has gone: nobody is left to be told
    except Exception as error:  # the edge: a page that broke says so, in the reader's language
        place = traceback.extract_tb(error.__traceback__)[-1]  # no message, no locals: they may be a customer's words
        log.error("desk request failed", reason=type(error).__name__, file=place.filename, line=place.lineno)
        return _tell(request, _BROKEN)


def _answer_to(error: BotError) -> Answer:
    if isinstance(error, reading.BadInput):
        return Answer(error.status, error.code, error.msgid)
    if isinstance(error, HeldByAnother):
        values = {"holder": error.holder_name}
        return Answer(409, "held_by_another", "{holder} has this conversation.", values)
    return next((answer for kind, answer in _ANSWERS if isinstance(error, kind)), _BROKEN)


def _tell(request: web.Request, answer: Answer) -> web.Response:
    sentence = language.speaker(language.of(request))(answer.msgid, **answer.values)
    if reading.wants_json(request):
        body = {"error": sentence, "code": answer.code, **answer.values}
        return web.json_response(body, status=answer.status)
    if answer.status == 401 and request.method == "GET":
        return pages.render(request, "sign_in.html", 401, name="", problem=None, next=request.path_qs)
    return pages.render(request, "error.html", answer.status, sentence=sentence)
