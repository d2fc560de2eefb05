import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from bot import processes
from bot.domain.messages import Author, Turn
from tests.crash.house import House
from tests.crash.part import start
from tests.crash.switchboard import Switchboard
from tests.crash.waiting import eventually
from tests.crash.writers import Writer, recorder_customer

pytestmark = pytest.mark.crash

COMPLAINT = "我要投诉，快递太慢了，我喜欢红茶"


@dataclass
class ActionServers:
    """Be two real ``rasa run actions``; the first dies when it has written its third action."""

    first: "subprocess.Popen[bytes]"
    second: "subprocess.Popen[bytes]"
    ports: list[int]
    house: House

    def again(self) -> None:
        """Start the second one anew."""
        self.second = action_server(self.house, self.ports[1])


def action_server(house: House, port: int, failpoint: str = "") -> "subprocess.Popen[bytes]":
    command = ["-m", "rasa", "run", "actions", "--actions", "actions", "--port", str(port)]
    environment = {"TINGJIAN_HOME": str(house.folder), "TINGJIAN_FAILPOINT": failpoint}
    return start(command, environment | {"RASA_TELEMETRY_ENABLED": "false"}, house.folder / "actions.log")


@pytest.fixture(scope="module")
def servers(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ActionServers]:
    """Start a house whose actions run elsewhere."""
    house = House(tmp_path_factory.mktemp("remote"), workers=1)
    ports = processes.free_ports(2)
    switchboard = Switchboard(ports)
    endpoints = house.folder / "endpoints.yml"
    endpoints.write_text(f"action_endpoint:\n  url: http://127.0.0.1:{switchboard.port}/webhook\n")
    first, second = action_server(house, ports[0], "actions.after_write:3"), action_server(house, ports[1])
    servers = ActionServers(first, second, ports, house)
    try:
        house.start_brain(command=["-m", "tests.crash.remote_brain", str(endpoints)], BRAIN_ACTIONS="remote")
        house.start_front()
        for port in ports:
            await_server(port)
        house.wait_until_ready()
        yield servers
    finally:
        for server in (servers.first, servers.second):
            server.kill()
            server.wait()
        switchboard.close()
        house.close()


def await_server(port: int) -> None:
    eventually(lambda: requests.get(f"http://127.0.0.1:{port}/health", timeout=2).ok, 120, "the action server")


def settle(house: House, writer: Writer) -> None:
    asked_at = time.monotonic()
    eventually(lambda: house.record.is_settled(writer.external_id, asked_at), 60, "an answer")


def test_an_action_killed_after_its_write_runs_again_and_writes_once(servers: ActionServers) -> None:
    house = servers.house
    writer = recorder_customer(house.url, "twice")
    writer.write("How can I pay?")
    settle(house, writer)
    assert servers.first.poll() is None
    writer.write(COMPLAINT)
    settle(house, writer)
    assert servers.first.wait(5) == -9
    told = house.record.of("twice")
    message = told.written[1]
    assert (message.turn, message.attempts) == (Turn.DONE, 1)
    assert len(told.said_to(message)) == 1
    assert (len(told.complaints), len(told.preferences)) == (1, 1)
    assert told.complaints[0].message_id == message.id


def test_without_any_action_server_the_customer_is_told_and_gets_a_person(servers: ActionServers) -> None:
    house = servers.house
    servers.second.kill()
    servers.second.wait()
    writer = recorder_customer(house.url, "forsaken")
    writer.write(COMPLAINT)
    settle(house, writer)
    told = house.record.of("forsaken")
    message = told.written[0]
    assert (message.turn, message.attempts, told.owners) == (Turn.DEAD, 3, ["waiting"])
    assert told.said_to(message, Author.SYSTEM) and not told.said_to(message)
    assert (told.complaints, told.preferences) == ([], [])


def test_everybody_is_answered_when_it_is_back(servers: ActionServers) -> None:
    house = servers.house
    servers.again()
    await_server(servers.ports[1])
    eventually(house.is_ready, 30, "the house being ready")
    neighbour = recorder_customer(house.url, "neighbour")
    neighbour.write(COMPLAINT)
    settle(house, neighbour)
    told = house.record.of("neighbour")
    assert len(told.said_to(told.written[0])) == 1
    assert (len(told.complaints), len(told.preferences)) == (1, 1)
