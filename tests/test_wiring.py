"""Check the seams that Rasa holds together with strings: every name in the domain has its code, data and rule, and back."""

import inspect
import pkgutil
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action

import actions
from actions import slots
from bot.domain.hearing_kinds import NAMES
from bot.domain.preferences import Polarity
from bot.words import LANGUAGES, catalogue, say

ROOT = Path(__file__).parent.parent
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text())
ENGINE_ONLY = {"nlu_fallback"}
RUN_BY_THE_ENGINE = {"action_session_start", "action_listen", "action_hear_language", "action_write_back"}


def yaml_files(folder: str) -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text()) for path in sorted((ROOT / "data" / folder).glob("**/*.yml"))]


def steps() -> list[dict[str, Any]]:
    return [step for file in yaml_files("rules") for rule in file["rules"] for step in rule["steps"]]


def written_actions() -> dict[str, type[Action]]:
    modules = [import_module(f"actions.{module.name}") for module in pkgutil.iter_modules(actions.__path__)]
    classes = {
        found
        for module in modules
        for _, found in inspect.getmembers(module, inspect.isclass)
        if issubclass(found, Action) and found is not Action and not inspect.isabstract(found)
    }
    return {found().name(): found for found in classes if found.__module__.startswith("actions.")}


def test_every_action_of_the_domain_is_written_and_every_written_one_is_listed() -> None:
    assert set(DOMAIN["actions"]) == set(written_actions())


def test_an_action_is_named_like_its_class() -> None:
    for name, written in written_actions().items():
        assert re.sub(r"(?<!^)(?=[A-Z])", "_", written.__name__).lower() == name


def test_every_action_and_response_is_used_by_a_rule_or_by_the_engine() -> None:
    used = {step["action"] for step in steps() if "action" in step}
    assert set(DOMAIN["actions"]) | set(DOMAIN["responses"]) == used | RUN_BY_THE_ENGINE


def test_every_intent_has_one_rule_and_training_data() -> None:
    ruled = [step["intent"] for step in steps() if "intent" in step]
    taught = {block["intent"] for file in yaml_files("nlu") for block in file["nlu"]}
    assert sorted(ruled) == sorted([*DOMAIN["intents"], *ENGINE_ONLY])
    assert taught == set(DOMAIN["intents"])


def test_stories_use_only_what_the_domain_has() -> None:
    told = [step for file in yaml_files("stories") for story in file["stories"] for step in story["steps"]]
    assert {step["intent"] for step in told if "intent" in step} <= set(DOMAIN["intents"])
    known = set(DOMAIN["actions"]) | set(DOMAIN["responses"])
    assert {step["action"] for step in told if "action" in step} <= known


def test_slots_are_named_in_one_place_and_never_steer_the_dialogue() -> None:
    assert set(DOMAIN["slots"]) == set(slots.ALL)
    assert not any(slot["influence_conversation"] for slot in DOMAIN["slots"].values())


@pytest.mark.parametrize("name", sorted(DOMAIN["responses"]))
def test_every_response_speaks_all_languages_and_repeats_nothing_of_the_customer(name: str) -> None:
    variations = DOMAIN["responses"][name]
    spoken = {condition["value"] for variation in variations for condition in variation.get("condition", [])}
    assert spoken == set(LANGUAGES)
    assert not any("{" in variation["text"] for variation in variations)


def test_every_word_that_actions_say_exists_in_every_language() -> None:
    source = "\n".join(path.read_text() for path in sorted((ROOT / "actions").glob("*.py")))
    quoted = set(re.findall(r'"([a-z]+(?:-[a-z]+)*)"', source))
    for language in LANGUAGES:
        words = catalogue(language, "actions")
        assert set(catalogue("en", "actions")) == set(words)
        unused = {
            key
            for key in words
            if key not in quoted and not key.startswith(("order-", "preference-", "promise-", "known-"))
        }
        assert unused == set()
        said = set(re.findall(r'(?:words|say|line)\([^"()]*"([a-z-]+)"', source))
        assert said <= set(words), said - set(words)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_polarity_can_be_said(language: str) -> None:
    for polarity in Polarity:
        assert "tea" in say(language, f"preference-{polarity}", object="tea")


def test_kinds_of_preferences_are_the_agreed_ones() -> None:
    agreed = {
        "product", "category", "brand", "attribute", "price", "delivery", "contact_channel", "contact_time", "language",
        "payment", "invoice", "marketing", "dietary", "other",
    }  # fmt: skip
    assert set(NAMES) == agreed
