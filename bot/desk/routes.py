"""Show every address of the desk, what answers there and who may go, on one screen."""

from dataclasses import dataclass
from typing import Final

from bot.desk import (
    actions,
    audit,
    complaints,
    conversations,
    customers,
    events,
    files,
    inbox,
    preferences,
    signing,
    users,
)
from bot.domain.users import Role
from bot.edge.headers import Responder

ANYBODY: Final = None
EVERYONE: Final = frozenset(Role)
AGENTS: Final = frozenset({Role.AGENT, Role.ADMIN})
MARKETERS: Final = frozenset({Role.MARKETER, Role.ADMIN})
ADMINS: Final = frozenset({Role.ADMIN})

_CONVERSATION: Final = "/conversations/{conversation_id:[0-9a-f]{32}}"
_CUSTOMER: Final = "/customers/{customer_id:[0-9a-f]{32}}"
_PREFERENCE: Final = "/preferences/{preference_id:[0-9a-f]{32}}"
_USER: Final = "/users/{user_id:[0-9a-f]{32}}"


@dataclass(frozen=True)
class Route:
    """Be one address. ``roles`` None: also for those who have not signed in. ``takes_files``: a form may bring one."""

    method: str
    path: str
    handler: Responder
    roles: frozenset[Role] | None
    takes_files: bool = False


ROUTES: Final = (
    Route("GET", "/sign-in", signing.show, ANYBODY),
    Route("POST", "/sign-in", signing.sign_in, ANYBODY),
    Route("POST", "/sign-out", signing.sign_out, EVERYONE),
    Route("POST", "/language", signing.choose_language, ANYBODY),
    Route("GET", "/", inbox.show, EVERYONE),  # marketers are shown on to their preferences
    Route("GET", "/list", inbox.show_list, AGENTS),
    Route("GET", "/events", events.stream, EVERYONE),
    Route("GET", _CONVERSATION, conversations.show, EVERYONE),
    Route("GET", _CONVERSATION + "/messages", conversations.show_messages, EVERYONE),
    Route("GET", _CONVERSATION + "/state", conversations.show_state, EVERYONE),
    Route("GET", _CONVERSATION + "/profile", conversations.show_profile, EVERYONE),
    Route("GET", _CONVERSATION + "/files/{message_id:[0-9]{1,18}}", files.show, EVERYONE),
    Route("POST", _CONVERSATION + "/claim", actions.claim, AGENTS),
    Route("POST", _CONVERSATION + "/reply", actions.reply, AGENTS, takes_files=True),
    Route("POST", _CONVERSATION + "/hand-back", actions.hand_back, AGENTS),
    Route("POST", _CONVERSATION + "/close", actions.close, AGENTS),
    Route("GET", _CUSTOMER, customers.show, EVERYONE),
    Route("GET", "/preferences", preferences.show, MARKETERS),
    Route("POST", _PREFERENCE + "/approve", preferences.approve, MARKETERS),
    Route("POST", _PREFERENCE + "/reject", preferences.reject, MARKETERS),
    Route("GET", "/complaints", complaints.show, AGENTS),
    Route("GET", "/users", users.show, ADMINS),
    Route("POST", "/users", users.add, ADMINS),
    Route("POST", _USER + "/role", users.change_role, ADMINS),
    Route("POST", _USER + "/password", users.renew_password, ADMINS),
    Route("POST", _USER + "/deactivate", users.deactivate, ADMINS),
    Route("POST", _USER + "/activate", users.activate, ADMINS),
    Route("GET", "/audit", audit.show, ADMINS),
)


def roles_of(handler: Responder) -> frozenset[Role] | None:
    """Return who may use a handler; raises KeyError for one that is not declared here."""
    return _ROLES[handler]


def takes_files(handler: Responder) -> bool:
    """Say whether a form may bring a file to this handler."""
    return handler in _TAKE_FILES


_ROLES: Final = {route.handler: route.roles for route in ROUTES}
_TAKE_FILES: Final = frozenset(route.handler for route in ROUTES if route.takes_files)
