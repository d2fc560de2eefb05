"""Train once, and keep one house standing for all who only look at its neighbours."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.training import train_if_needed
from tests.crash.house import House
from tests.crash.part import ROOT

POINTS = ("front.after_ack:5", "front.before_answer:4", "front.before_send:5", "front.after_send:3")
PLAN = POINTS * 3
TROUBLES = "brain.mid_turn:12,brain.after_save:17,brain.read=hang@quicksand,brain.read=raise@poison"


@pytest.fixture(scope="session")
def trained() -> Path:
    """Return the folder of the real model."""
    return train_if_needed(ROOT, ROOT / "models").parent


@pytest.fixture(scope="session")
def house(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Start a front that dies at the next named point in each of its lives, and a brain with every trouble."""
    built = House(tmp_path_factory.mktemp("house"))
    try:
        built.start_brain(always=TROUBLES)
        built.wait_until_brain_is_ready()
        built.start_front(PLAN)
        yield built
    finally:
        built.close()
