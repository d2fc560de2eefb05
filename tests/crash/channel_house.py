"""Build a house of real processes that talks to a platform on loopback; its brain only echoes."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

import requests
import sqlalchemy as sa

from bot import processes
from bot.domain.messages import Author, Delivery
from bot.store.migrate import migrate
from bot.store.tables import messages_ as messages
from bot.store.unit_of_work import Database
from tests.crash.part import Part
from tests.crash.record import Record
from tests.crash.waiting import eventually

API_TOKEN: Final = "api-token-for-these-tests"
FRONT: Final = ["-m", "bot", "front"]
BRAIN: Final = ["-m", "tests.crash.echo_brain"]
BRAINS: Final = 4
"""How many turns may be under way at once, as with so many workers."""
READY_WITHIN_S: Final = 60


class ChannelHouse:
    """Own a folder, a database and two processes; ``of_channel`` are the settings of the platform's channel."""

    def __init__(self, folder: Path, channel: str, of_channel: Mapping[str, str]) -> None:
        self.folder, self.channel = folder, channel
        port, *brain_ports = processes.free_ports(1 + BRAINS)
        self.url = f"http://127.0.0.1:{port}"
        self._settings = {
            "TINGJIAN_HOME": str(folder), "TINGJIAN_PORT": str(port), "TINGJIAN_API_TOKEN": API_TOKEN,
            "BRAIN_URL": ",".join(f"http://127.0.0.1:{brain}" for brain in brain_ports),
        }  # fmt: skip
        self._of_front = {**self._settings, **of_channel}
        url = f"sqlite:///{folder / 'tingjian.db'}"
        migrate(url)
        self.record, self._database = Record(url), Database(url)
        self._parts: list[Part] = []

    def start(self, plan: Iterable[str] = ()) -> None:
        """Start brain and front, and wait until both can answer; ``plan`` arms the front's lives."""
        self._parts.append(Part(BRAIN, self._settings, self.folder / "brain.log"))
        self.front = Part(FRONT, self._of_front, self.folder / "front.log", plan=plan)
        self._parts.append(self.front)
        self.wait_until_ready()

    def wait_until_ready(self) -> None:
        ready = lambda: requests.get(f"{self.url}/readyz", timeout=2).status_code == 200  # noqa: E731
        eventually(ready, READY_WITHIN_S, "the house being ready")

    def customer(self, external_id: object) -> dict[str, Any]:
        """Return the whole record of a customer, as the JSON API shows it."""
        query = {"channel": self.channel, "external_id": str(external_id)}
        headers = {"Authorization": f"Bearer {API_TOKEN}"}
        answer = requests.get(f"{self.url}/api/v1/customers", params=query, headers=headers, timeout=10)
        answer.raise_for_status()
        (found,) = answer.json()["items"]
        record: dict[str, Any] = found
        return record

    def messages(self, external_id: object) -> list[dict[str, Any]]:
        """Return what was said in a customer's only conversation."""
        (talk,) = self.customer(external_id)["conversations"]
        messages: list[dict[str, Any]] = talk["messages"]
        return messages

    def progress(self) -> int:
        """Count what has been written down and what has been sent: one each for every message in the end."""
        sent = sa.or_(messages.c.author == Author.CUSTOMER, messages.c.delivery == Delivery.SENT)
        with self._database.reading() as uow:
            return uow.session.scalar(sa.select(sa.func.count()).where(sent)) or 0

    @property
    def most_unsure_after_one_kill(self) -> int:
        """Return the largest number of sends that one killed front left with unknown outcome."""
        told = self.log().splitlines()
        return max((json.loads(line)["count"] for line in told if '"sends with unknown outcome"' in line), default=0)

    def log(self) -> str:
        return (self.folder / "front.log").read_text()

    def close(self) -> None:
        for part in reversed(self._parts):
            part.stop()
        self.record.close()
        self._database.close()
