"""Stand at the door of the JSON API: ask for the token, and put every refusal into the same words and shape."""

import hmac
from typing import Final

import structlog
from aiohttp import web

from bot.desk.api_query import BadQuery
from bot.desk.openapi import PREFIX
from bot.edge.headers import Responder
from bot.edge.keys import SETTINGS
from bot.errors import NotFound, Refused, RejectedRequest

_CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="tingjian"'}
log = structlog.get_logger(__name__)


class ApiOff(RejectedRequest):
    """Refuse everybody, because the operator has set no token."""


@web.middleware
async def answer_errors(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Translate every error into ``{"error", "code"}``; what nobody foresaw is logged by its kind only."""
    try:
        return await handler(request)
    except ApiOff as error:
        return refusal(401, str(error), "api_off", _CHALLENGE)
    except RejectedRequest as error:
        return refusal(401, str(error), "unauthorized", _CHALLENGE)
    except BadQuery as error:
        return refusal(400, str(error), error.code)
    except NotFound as error:
        return refusal(404, f"there is no such {error}", "not_found")
    except Refused as error:
        return refusal(400, str(error), "refused")
    except web.HTTPMethodNotAllowed as error:
        return refusal(405, "this API only reads: use GET", "method_not_allowed", {"Allow": error.headers["Allow"]})
    except web.HTTPNotFound:
        return refusal(404, "there is nothing at this address", "not_found")
    except web.HTTPException as error:
        return refusal(error.status, error.reason.lower(), "refused")
    except Exception as error:  # the edge: a client is owed an answer in the shape it knows
        log.error("api request failed", reason=type(error).__name__)
        return refusal(500, "something went wrong on our side", "internal")


@web.middleware
async def require_token(request: web.Request, handler: Responder) -> web.StreamResponse:
    """Let nobody pass without the token; only the description is open to all."""
    if request.path != f"{PREFIX}/openapi.json":
        _check_token(request)
    return await handler(request)


def refusal(status: int, sentence: str, code: str, headers: dict[str, str] | None = None) -> web.Response:
    """Return an error in the shape that all errors of the API have."""
    return web.json_response({"error": sentence, "code": code}, status=status, headers=headers)


def _check_token(request: web.Request) -> None:
    token = request.config_dict[SETTINGS].api_token
    if not token:
        raise ApiOff("the API is off: the operator has not set TINGJIAN_API_TOKEN")
    given = request.headers.getall("Authorization", [])
    scheme, _, credential = given[0].partition(" ") if len(given) == 1 else ("", "", "")
    right = hmac.compare_digest(credential.strip().encode(errors="surrogateescape"), token.encode())
    if scheme.lower() != "bearer" or not right:
        raise RejectedRequest("a valid token is needed: send it as Authorization: Bearer")
