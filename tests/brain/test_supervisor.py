import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests

pytestmark = pytest.mark.brain

SUPERVISED = Path(__file__).with_name("supervised.py")
AUTHORIZED = {"Authorization": "Bearer brain-token"}


class Brain:
    """Be a running supervisor with two workers, asked over HTTP like the front does."""

    def __init__(self, models: Path, folder: Path, **environment: str) -> None:
        self.ports = [_free_port(), _free_port()]
        self.diary = folder / "diary"
        self.log = folder / "log"
        self.diary.touch()
        command = [
            sys.executable,
            str(SUPERVISED),
            str(models),
            f"sqlite:///{folder / 'brain.db'}",
            *map(str, self.ports),
        ]
        variables = os.environ | {"SHOP_DIARY": str(self.diary)} | environment
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
        self._message_id = 0

    def get(self, path: str, worker: int = 0) -> requests.Response:
        return requests.get(f"http://127.0.0.1:{self.ports[worker]}{path}", timeout=2)

    def post(self, path: str, worker: int = 0, headers: Any = AUTHORIZED, **fields: Any) -> requests.Response:
        self._message_id += 1
        body = {
            "message_id": self._message_id, "conversation_id": "c1", "customer_id": "u1", "text": "你好", "language": "zh-Hans",
        } | fields  # fmt: skip
        return requests.post(f"http://127.0.0.1:{self.ports[worker]}{path}", json=body, headers=headers, timeout=15)

    def worker_pid(self, worker: int = 0) -> int:
        for child in psutil.Process(self.process.pid).children():
            listening = {at.laddr.port for at in child.net_connections("tcp") if at.status == psutil.CONN_LISTEN}
            if listening == {self.ports[worker]}:
                return child.pid
        raise AssertionError("no worker serves this port")


@pytest.fixture(scope="module")
def brain(shop_models: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Brain]:
    """Start one supervisor for this file; the first thing asserted is what its ports say while it loads."""
    started = Brain(shop_models, tmp_path_factory.mktemp("brain"))
    eventually(lambda: started.get("/healthz").status_code == 200, within=5)
    loading = started.get("/readyz", worker=1)
    assert (loading.status_code, loading.json()) == (503, {"ready": False, "missing": ["model"]})
    assert started.post("/turn").status_code == 503
    eventually(lambda: started.get("/readyz").status_code == 200, within=150)
    yield started
    started.process.kill()
    started.process.wait()


def eventually(is_so: Callable[[], bool], within: float) -> None:
    """Ask again and again until it is so; fail after ``within`` seconds."""
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        try:
            if is_so():
                return
        except (requests.RequestException, AssertionError, psutil.Error):
            pass
        time.sleep(0.05)
    raise AssertionError("it never became so")


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def test_both_workers_answer(brain: Brain) -> None:
    for worker in (0, 1):
        answer = brain.post("/turn", worker=worker, conversation_id=f"both-{worker}")
        assert answer.status_code == 200
        assert answer.json()["replies"] == [{"text": "您好", "buttons": []}]
    reading = brain.post("/understand", text="我要投诉").json()["reading"]
    assert reading["intent"] == "complaint"
    assert set(reading) == {"intent", "confidence", "language", "labels", "sentiment", "topics"}


@pytest.mark.parametrize(
    "headers", [{}, {"Authorization": "Bearer "}, {"Authorization": "Bearer wrong"}, {"Authorization": "brain-token"}]
)
def test_a_stranger_is_refused(brain: Brain, headers: dict[str, str]) -> None:
    assert brain.post("/turn", headers=headers).status_code == 401
    assert brain.post("/understand", headers=headers, text=None).status_code == 401


@pytest.mark.parametrize(
    "wrong",
    [
        {"message_id": "1"}, {"message_id": True}, {"message_id": 0}, {"conversation_id": ""}, {"conversation_id": "x" * 300},
        {"conversation_id": "a\nb"}, {"customer_id": None}, {"text": 7}, {"language": "fr"}, {"language": ["en"]},
    ],
)  # fmt: skip
def test_a_malformed_question_gets_the_reason(brain: Brain, wrong: dict[str, Any]) -> None:
    answer = brain.post("/turn", **wrong)
    assert answer.status_code == 400
    assert answer.json()["error"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff", b"[" * 100_000])
def test_a_body_that_is_no_question_is_malformed(brain: Brain, body: bytes) -> None:
    url = f"http://127.0.0.1:{brain.ports[0]}/turn"
    assert requests.post(url, data=body, headers=AUTHORIZED, timeout=5).status_code == 400


def test_rasas_own_server_is_not_there(brain: Brain) -> None:
    for path in ("/model", "/domain", "/conversations/c1/tracker", "/webhooks/rest/webhook", "/status"):
        assert brain.get(path).status_code == 404


def test_a_failing_action_is_told_to_the_caller(brain: Brain) -> None:
    answer = brain.post("/turn", text="please explode", conversation_id="failing")
    assert (answer.status_code, answer.json()) == (500, {"error": "turn failed"})
    assert "please explode" not in brain.log.read_text()


def test_a_killed_worker_is_replaced_in_a_blink(brain: Brain) -> None:
    for _ in range(5):
        os.kill(brain.worker_pid(), signal.SIGKILL)
        eventually(lambda: brain.post("/turn", conversation_id="killed").status_code == 200, within=2)


def test_a_hanging_worker_is_replaced_and_the_other_one_keeps_answering(brain: Brain) -> None:
    pid = brain.worker_pid()
    with pytest.raises(requests.ConnectionError):
        brain.post("/turn", text="explode now, hang", conversation_id="hanging")
    eventually(lambda: not psutil.pid_exists(pid), within=2)
    eventually(lambda: brain.post("/turn", conversation_id="hanging").status_code == 200, within=2)
    assert brain.post("/turn", worker=1, conversation_id="other").status_code == 200


def test_a_stop_signal_ends_everything_in_order(shop_models: Path, tmp_path: Path) -> None:
    brain = Brain(shop_models, tmp_path, TINGJIAN_FAILPOINT="brain.mid_turn:2")
    eventually(lambda: brain.get("/readyz").status_code == 200, within=150)
    assert brain.post("/turn", message_id=1).status_code == 200
    with pytest.raises(requests.ConnectionError):
        brain.post("/turn", message_id=2)
    assert brain.post("/turn", message_id=2).status_code == 200
    workers = psutil.Process(brain.process.pid).children()
    assert len(workers) == 2
    brain.process.terminate()
    assert brain.process.wait(timeout=8) == 0
    assert not any(worker.is_running() for worker in workers)


def test_workers_do_not_outlive_a_killed_supervisor(brain: Brain) -> None:
    workers = psutil.Process(brain.process.pid).children()
    brain.process.kill()
    brain.process.wait()
    _, alive = psutil.wait_procs(workers, timeout=3)
    assert alive == []
