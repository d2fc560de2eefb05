"""Run the fake of WeCom as a process of its own, let a crowd write there, and ask what reached whom."""

import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Final

import requests

from bot import processes
from tests.channels.wecom.fake.server import CORP_ID, SECRET
from tests.channels.wecom.house import AES_KEY, TOKEN, callback
from tests.crash.part import ROOT

FAKE: Final = ["-m", "tests.channels.wecom.fake"]
ACCOUNTS: Final = ("wkTea", "wkCups", "wkGifts")
PATIENCE_S: Final = 2


@dataclass(frozen=True)
class Crowd:
    """Be many customers, each at one of the accounts, who write by turns."""

    customers: int
    each: int

    @property
    def ids(self) -> list[str]:
        return [f"wm{number:04}" for number in range(self.customers)]

    def texts(self, external_id: str) -> list[str]:
        """Return what one of them writes, in order."""
        return [f"message {number} of {external_id}" for number in range(self.each)]

    def writes(self) -> list[tuple[str, str, str]]:
        """Return account, customer and text of everything, in the order in which it is written."""
        return [
            (account_of(external_id), external_id, self.texts(external_id)[number])
            for number in range(self.each)
            for external_id in self.ids
        ]


def account_of(external_id: str) -> str:
    return ACCOUNTS[int(external_id.removeprefix("wm")) % len(ACCOUNTS)]


class WecomPlatform:
    """Be WeCom on loopback; it calls back once, whether anybody is at home or not."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *FAKE, *ACCOUNTS], cwd=ROOT, stdout=subprocess.PIPE, text=True,
            preexec_fn=processes.die_with_parent,
        )  # fmt: skip
        assert self._process.stdout is not None
        self.url = self._process.stdout.readline().strip()

    @property
    def settings(self) -> dict[str, str]:
        """Return what the front needs to know."""
        return {
            "WECOM_CORP_ID": CORP_ID, "WECOM_KF_SECRET": SECRET, "WECOM_KF_TOKEN": TOKEN, "WECOM_KF_AES_KEY": AES_KEY,
            "WECOM_API_BASE": self.url, "WECOM_KF_POLL_S": "1",
        }  # fmt: skip

    def write(self, writes: list[tuple[str, str, str]], front_url: str) -> None:
        """Let customers write, and call back for each account; a callback that finds nobody at home is lost."""
        tokens = requests.post(f"{self.url}/control/wrote", json=writes, timeout=30).json()
        for account in {account for account, _, _ in writes}:
            params, body = callback(account, tokens[account])
            try:
                requests.post(f"{front_url}/channels/wecom-kf", params=params, data=body, timeout=PATIENCE_S)
            except requests.RequestException:
                continue

    def record(self) -> dict[str, Any]:
        """Return what it took from us, and what it refused."""
        record: dict[str, Any] = requests.get(f"{self.url}/control/taken", timeout=30).json()
        return record

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
