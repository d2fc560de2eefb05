import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from bot.domain.messages import Author
from tests.crash.part import ROOT
from tests.crash.waiting import eventually
from tests.crash.whole_house import STOPS_WITHIN_S, WholeHouse, load, visitors
from tests.crash.writers import Writer

pytestmark = pytest.mark.crash


@pytest.fixture(scope="module")
def house(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WholeHouse]:
    """Own one database for this file; its tests start and stop the house on it, in their order."""
    house = WholeHouse(tmp_path_factory.mktemp("whole"))
    yield house
    house.close()


@pytest.fixture(scope="module")
def crowd() -> list[Writer]:
    """Hold everybody who ever wrote: what was accepted from them must be answered in the end."""
    return []


def assert_recorded(house: WholeHouse, crowd: list[Writer]) -> None:
    for writer in crowd:
        recorded = [message.platform_id for message in house.record.of(writer.external_id).written]
        accepted = set(writer.accepted)
        assert [known for known in recorded if known in accepted] == writer.accepted


def test_who_writes_before_the_brain_is_ready_is_told_so_once_and_answered_when_it_is(
    house: WholeHouse, crowd: list[Writer]
) -> None:
    house.start()
    crowd += visitors(house)
    for writer in crowd:
        writer.write_all(["How can I pay?", "What are your opening hours?"])
    assert house.missing() == ["brain"]
    eventually(lambda: house.missing() == [], 240, "the house being ready")
    eventually(house.record.is_quiet, 60, "the house being quiet")
    for writer in crowd:
        told = house.record.of(writer.external_id)
        assert [len(told.said_to(message)) for message in told.written] == [1, 1]
        assert len([said for said in told.messages if said.author is Author.SYSTEM]) == 1


def test_a_stop_signal_under_load_ends_it_in_time_with_nothing_lost(house: WholeHouse, crowd: list[Writer]) -> None:
    family = house.family()
    with load(crowd):
        lasted_s = house.stop(signal.SIGTERM)
    assert (house.process.returncode, lasted_s < STOPS_WITHIN_S) == (0, True)
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert_recorded(house, crowd)


def test_after_the_next_start_every_accepted_message_is_answered(house: WholeHouse, crowd: list[Writer]) -> None:
    house.start()
    eventually(lambda: house.missing() == [], 240, "the house being ready")
    eventually(house.record.is_quiet, 240, "the house being quiet")
    for writer in crowd:
        told = house.record.of(writer.external_id)
        assert [len(told.said_to(message)) for message in told.written] == [1] * len(told.written)


def test_nothing_outlives_a_house_that_was_killed(house: WholeHouse, crowd: list[Writer]) -> None:
    family = house.family()
    assert len(family) >= 3
    with load(crowd):
        house.stop(signal.SIGKILL)
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert_recorded(house, crowd)


def test_ctrl_c_ends_it_in_time_also_while_the_brain_is_loading(house: WholeHouse, crowd: list[Writer]) -> None:
    house.start()
    family = house.family()
    with load(crowd):
        lasted_s = house.stop(signal.SIGINT)
    assert (house.process.returncode, lasted_s < STOPS_WITHIN_S) == (0, True)
    assert psutil.wait_procs(family, timeout=5)[1] == []
    assert_recorded(house, crowd)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_training_ends_with_the_house(number: signal.Signals, tmp_path: Path) -> None:
    root = tmp_path / "copy"
    for folder in ("bot", "actions", "data"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("config.yml", "domain.yml", "endpoints.yml"):
        shutil.copy(ROOT / file, root)
    house = WholeHouse(tmp_path, root)
    try:
        house.start()
        eventually(lambda: any("bot.brain.train" in p.cmdline() for p in house.family()), 30, "the training")
        family = house.family()
        lasted_s = house.stop(number)
        assert lasted_s < STOPS_WITHIN_S
        assert house.process.returncode == (0 if number is signal.SIGTERM else -9)
        assert psutil.wait_procs(family, timeout=5)[1] == []
    finally:
        house.close()
