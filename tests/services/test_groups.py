"""Where others read along only what everybody may know is said, and nobody is asked for a rating."""

from pathlib import Path

import pytest
import yaml

from bot.domain.conversation import Owner, Reason
from bot.domain.messages import Reply
from bot.services import groups, handoffs, messaging
from bot.store.unit_of_work import Database
from bot.words import say
from tests import build
from tests.build import NOW
from tests.services.arriving import owner_of, said, turn_of

ROOT = Path(__file__).parents[2]
SAYS_NOTHING_OF_THE_RECORD = {
    "action_answer_question", "action_ask_colleague", "action_out_of_scope", "action_misunderstood", "utter_goodbye",
    "utter_thanks",
}  # fmt: skip


def actions_of(intent: str) -> set[str]:
    rules = [
        rule for path in (ROOT / "data" / "rules").glob("*.yml") for rule in yaml.safe_load(path.read_text())["rules"]
    ]
    return {
        step["action"]
        for rule in rules
        if {"intent": intent} in rule["steps"]
        for step in rule["steps"]
        if "action" in step
    }


def answer(database: Database, intent: str, *, brings_person: bool = False) -> list[str]:
    turn = turn_of(database, "where is my order please", in_group=True)
    if brings_person:
        database.perform(handoffs.request_person, turn.message_id, Reason.ANGRY, "", NOW)
    database.perform(groups.answer, turn, intent, [Reply("words of the brain")], NOW)
    assert owner_of(database, turn.conversation_id) is (Owner.WAITING if brings_person else Owner.BOT)
    return [message.text for message in said(database, turn.conversation_id)]


@pytest.mark.parametrize("intent", sorted(groups.PUBLIC_INTENTS))
def test_a_public_intent_runs_only_actions_that_say_nothing_of_the_record(intent: str) -> None:
    assert actions_of(intent) and actions_of(intent) <= SAYS_NOTHING_OF_THE_RECORD


@pytest.mark.parametrize("intent", ["store_hours", "refund_return", "price"])
def test_what_everybody_may_know_is_said(database: Database, intent: str) -> None:
    assert answer(database, intent, brings_person=intent == "price") == ["words of the brain"]


@pytest.mark.parametrize("intent", ["order_status", "complaint", "data_request", "rating", "affirm", "", "of tomorrow"])
def test_everything_else_is_for_private(database: Database, intent: str) -> None:
    assert answer(database, intent) == [say("en", "let-us-talk-in-private")]


def test_a_greeting_names_nobody_and_no_case(database: Database) -> None:
    assert answer(database, "greeting") == [say("en", "greet")]


@pytest.mark.parametrize("intent", ["complaint", "ask_human", "greeting"])
def test_a_person_is_called_as_ever_and_that_may_be_read(database: Database, intent: str) -> None:
    assert answer(database, intent, brings_person=True) == [say("en", "person-is-coming")]


@pytest.mark.parametrize("leave", [handoffs.hand_back, handoffs.close])
def test_nobody_is_asked_for_a_rating_in_a_group(database: Database, leave) -> None:  # type: ignore[no-untyped-def]
    turn, anna = turn_of(database, "你好", in_group=True), build.user(database)
    database.perform(messaging.set_aside, turn.message_id)
    database.perform(handoffs.claim, turn.conversation_id, anna, NOW)
    database.perform(leave, turn.conversation_id, anna, NOW)
    assert "5" not in said(database, turn.conversation_id)[-1].text
    assert turn_of(database, "5", in_group=True).rates is None
