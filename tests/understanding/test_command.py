import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = [pytest.mark.brain, pytest.mark.timeout(600)]


def test_the_command_answers_each_message_and_nothing_else_on_standard_output(tmp_path: Path) -> None:
    messages = tmp_path / "messages.jsonl"
    lines = [
        '{"id": "a", "text": "快递还没到，再不发我就投诉，另外帮我开发票"}',
        "not JSON",
        '{"id": 2, "text": ""}',
        '{"id": "c", "text": "/restart", "more": true}',
        '{"id": "d", "text": "有活人吗，转人工"}',
    ]
    messages.write_text("\n".join(lines))
    played = subprocess.run(
        [sys.executable, "-m", "bot", "evaluate", str(messages)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    answers = [json.loads(line) for line in played.stdout.splitlines()]
    assert [one["id"] for one in answers] == ["a", 2, "c", "d"]
    assert "line 2 is not JSON" in played.stderr
    assert played.returncode == 1
    assert answers[0]["labels"][0] == "complaint" and "invoice" in answers[0]["labels"]
    assert answers[0]["complaint"] is not None
    assert [one["label"] for one in answers[1:]] == ["out_of_scope", "out_of_scope", "ask_human"]
