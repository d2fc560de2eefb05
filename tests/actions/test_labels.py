"""What a message is about beside its intent reaches the actions and the record."""

import json
from dataclasses import replace

from rasa_sdk import Tracker

from actions.turn import turn_of
from actions.write_back import write_back
from bot.domain.complaints import Severity
from bot.domain.preferences import Expressed, Polarity, Strength
from tests.actions.conftest import Talk


def tracker(labels: dict[str, str]) -> Tracker:
    told = [{"name": label, "confidence": 0.9, "words": words} for label, words in labels.items()]
    latest = {"text": "订单到哪了，顺便开发票", "intent": {"name": "order_status", "confidence": 0.9}, "labels": told}
    return Tracker("conversation", {}, latest, [], False, None, {}, "action_listen")


def test_a_turn_knows_the_further_matters_of_its_message_and_their_words() -> None:
    turn = turn_of(tracker({"order_status": "订单到哪了", "invoice": "顺便开发票"}))
    assert (turn.asked, turn.further) == ("订单到哪了", {"invoice": "顺便开发票"})
    assert turn_of(tracker({"order_status": "订单到哪了"})).further == {}


def test_where_no_model_has_read_a_message_all_of_it_is_what_was_asked() -> None:
    turn = turn_of(tracker({}))
    assert (turn.asked, turn.further) == (turn.text, {})


def test_further_matters_become_topics_of_the_record(talk: Talk) -> None:
    talk.say("订单到哪了，顺便开发票")
    turn = replace(turn_of(tracker({})), message_id=talk.message_id, further={"invoice": "顺便开发票"})
    talk.database.perform(write_back, turn, talk.now)
    assert "invoice" in talk.read(lambda uow: uow.messages.readings_of([talk.message_id]))[talk.message_id].topics


def test_what_the_model_read_reaches_the_actions_as_it_was_read() -> None:
    read = Expressed("attribute", "靠窗", Polarity.WANT, "要靠窗的", 0.7, 0, 4, aspect="seat", strength=Strength.STRONG)
    latest = {
        "text": "要靠窗的", "intent": {"name": "complaint", "confidence": 0.9}, "preferences": [read.as_json()],
        "grievance": {"topic": "service", "severity": "high"},
    }  # fmt: skip
    turn = turn_of(Tracker("conversation", {}, json.loads(json.dumps(latest)), [], False, None, {}, "action_listen"))
    assert turn.expressed == (read,)
    assert (turn.topic, turn.severity) == ("service", Severity.HIGH)


def test_where_no_model_has_read_a_message_the_rules_hear_it() -> None:
    latest = {"text": "我喜欢浅烘的咖啡豆", "intent": {"name": "preference", "confidence": 0.9}}
    turn = turn_of(Tracker("conversation", {}, latest, [], False, None, {}, "action_listen"))
    assert [one.polarity for one in turn.expressed] == [Polarity.LIKE]
    assert (turn.topic, turn.severity) == (None, None)
