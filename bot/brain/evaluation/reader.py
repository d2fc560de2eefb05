"""Load the newest model and read texts with it, as the brain does."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.brain.evaluation.understood import Understood, understood
from bot.brain.quiet import hush, quiet_logs

if TYPE_CHECKING:
    from bot.brain.agent import BrainAgent


class Reader:
    """Read one text after the other."""

    def __init__(self, agent: "BrainAgent") -> None:
        self._agent = agent

    def __call__(self, text: str) -> Understood:
        """Return what the text means."""
        return understood(text, self.parse(text))

    def parse(self, text: str) -> dict[str, Any]:
        """Return what the model alone reads in it."""
        return self._agent.read(text)


def load_reader(models: Path) -> Reader:
    """Load the newest model of a folder; its dictionaries too, so that the first text takes no longer than the next."""
    hush()
    # Before TensorFlow, as in the supervisor: its import searches every loaded module.
    import_module("skops.io")
    from bot.brain.actions import PretendActions
    from bot.brain.agent import BrainAgent, newest_model

    quiet_logs()
    reader = Reader(BrainAgent(newest_model(models), PretendActions()))
    reader("你好, hello")
    return reader
