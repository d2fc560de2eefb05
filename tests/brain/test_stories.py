"""Every rule has a talk in tests/test_stories.yml that `rasa test` passes."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.training import train_if_needed

ROOT = Path(__file__).parents[2]
STORIES = ROOT / "tests" / "test_stories.yml"
AFTER_AN_ACTION = {"action_ask_colleague", "action_follow_up"}
NEVER_READ_FROM_PLAIN_WORDS = {"nlu_fallback"}


def steps(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [step for rule in rules for step in rule["steps"]]


def test_every_rule_is_told_in_a_story() -> None:
    rules = [
        rule for path in (ROOT / "data" / "rules").glob("*.yml") for rule in yaml.safe_load(path.read_text())["rules"]
    ]
    told = steps(yaml.safe_load(STORIES.read_text())["stories"])
    ruled = {step["intent"] for step in steps(rules) if "intent" in step}
    assert ruled - NEVER_READ_FROM_PLAIN_WORDS == {step["intent"] for step in told if "intent" in step}
    acted = {step["action"] for step in steps(rules) if "action" in step}
    assert acted - {step["action"] for step in told if "action" in step} == AFTER_AN_ACTION | {"action_misunderstood"}


@pytest.mark.brain
def test_rasa_test_passes(tmp_path: Path) -> None:
    model = train_if_needed(ROOT, ROOT / "models")
    told = subprocess.run(
        [
            sys.executable, "-m", "rasa", "test", "core", "--stories", str(STORIES), "--model", str(model),
            "--out", str(tmp_path), "--no-plot", "--fail-on-prediction-errors", "--endpoints", "none",
        ],
        cwd=ROOT, env=os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"},
        capture_output=True, text=True, timeout=280,
    )  # fmt: skip
    assert told.returncode == 0, told.stdout[-3000:] + told.stderr[-3000:]
    report = json.loads((tmp_path / "story_report.json").read_text())
    assert report["accuracy"] == 1.0
