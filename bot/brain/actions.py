"""Run custom actions inside the brain instead of behind a second HTTP server.

Rasa asks an endpoint to run an action; this endpoint asks ``rasa_sdk``'s executor, the same one ``rasa run actions`` uses.
"""

import inspect
import json
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from typing import Any, Final

import structlog
from rasa.shared.core.domain import Domain
from rasa.utils.endpoints import ClientResponseError, EndpointConfig, read_endpoint_config
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import Action, ActionExecutionRejection
from rasa_sdk.utils import all_subclasses

ACTIONS_PACKAGE: Final = "actions"
log = structlog.get_logger("bot.brain")


class InlineActions(EndpointConfig):
    """Answer like the webhook of an action server, without a network."""

    def __init__(self, package: str = ACTIONS_PACKAGE) -> None:
        super().__init__(url="inline:", enable_selective_domain=True)
        self._executor = ActionExecutor()
        for action in _actions_in(package):
            self._executor.register_action(action)

    @property
    def names(self) -> frozenset[str]:
        """Name every action that can be run."""
        return frozenset(self._executor.actions)

    async def request(self, *_args: Any, json: dict[str, Any], **_options: Any) -> Any:
        """Run the action that ``json`` asks for; whatever it raises ends the turn."""
        try:
            return await self._executor.run(json)
        except ActionExecutionRejection as rejection:
            raise _rejected(rejection) from rejection


class PretendActions(EndpointConfig):
    """Do nothing for every action: the warm-up plays a turn that must leave no trace in the profile."""

    def __init__(self) -> None:
        super().__init__(url="pretend:", enable_selective_domain=True)

    async def request(self, *_args: Any, json: dict[str, Any], **_options: Any) -> Any:
        """Answer as an action that had nothing to say."""
        starting = json["next_action"] == "action_session_start"
        events = [{"event": "session_started"}, {"event": "action", "name": "action_listen"}] if starting else []
        return {"events": events, "responses": []}


def action_endpoint(mode: str, endpoints_file: str, package: str = ACTIONS_PACKAGE) -> EndpointConfig:
    """Choose where actions run: ``inline`` here, ``remote`` where ``endpoints.yml`` says."""
    if mode == "inline":
        return InlineActions(package)
    remote = read_endpoint_config(endpoints_file, endpoint_type="action_endpoint")
    if remote is None:
        raise ValueError(f"BRAIN_ACTIONS=remote needs an action_endpoint in {endpoints_file}")
    return remote


def name_missing_actions(domain: Domain, endpoint: EndpointConfig) -> list[str]:
    """Name the actions that the domain lists and nobody wrote; a turn that needs one of them will fail."""
    if not isinstance(endpoint, InlineActions):
        return []
    custom = {name for name in domain.user_actions if not name.startswith("utter_")}
    missing = sorted(custom - endpoint.names)
    if missing:
        log.error("brain.actions_missing", actions=missing)
    return missing


def _actions_in(package: str) -> Iterator[type[Action]]:
    """Find the actions of this package alone; the executor's own search takes every one that was ever imported."""
    root = import_module(package)
    for module in pkgutil.walk_packages(root.__path__, prefix=f"{package}."):
        import_module(module.name)
    for action in all_subclasses(Action):
        if action.__module__.startswith(f"{package}.") and not inspect.isabstract(action):
            yield action


def _rejected(rejection: ActionExecutionRejection) -> ClientResponseError:
    """Say "rejected" the way an action server does: with status 400."""
    body = json.dumps({"action_name": rejection.action_name, "error": rejection.message})
    return ClientResponseError(400, "rejected", body)
