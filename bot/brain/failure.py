"""Make a failed turn loud: nothing is saved, the caller is told, and the next try starts clean.

Rasa catches what an action raises, drops its events and goes on as if nothing had happened. Here the first exception ends
the turn. It travels as a ``BaseException`` because Rasa's own ``except Exception`` stands in between.
"""

import traceback
from typing import Any

import structlog
from rasa.core.actions.action import Action, ActionExecutionRejection

log = structlog.get_logger("bot.brain")


class TurnAborted(BaseException):
    """End a turn from the inside; caught only by the agent, which raises ``TurnFailed`` in its place."""


class LoudAction:
    """Stand in for one of Rasa's actions and turn its exceptions into an aborted turn."""

    def __init__(self, action: Action) -> None:
        self._action = action

    def __getattr__(self, name: str) -> Any:
        return getattr(self._action, name)

    async def run(self, *args: Any, **kwargs: Any) -> Any:
        """Run the action; a rejection is Rasa's ordinary way to let another action answer."""
        try:
            return await self._action.run(*args, **kwargs)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            report("brain.action_failed", error, action=self._action.name())
            raise TurnAborted(self._action.name()) from error


def report(event: str, error: BaseException, **where: str) -> None:
    """Log the type and the place of an error, never its message: that may quote a customer."""
    root = error
    while root.__cause__ is not None:
        root = root.__cause__
    frames = traceback.extract_tb(root.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    place = f"{ours[-1].filename.rsplit('/', 2)[-2]}/{ours[-1].name}:{ours[-1].lineno}" if ours else "unknown"
    log.error(event, error=type(root).__name__, place=place, **where)
