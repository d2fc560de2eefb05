import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.errors import BadSetting

if TYPE_CHECKING:
    from bot.brain.agent import BrainAgent, Words

pytestmark = pytest.mark.brain


@pytest.fixture
def agent(shop_agent: "BrainAgent", tmp_path: Path, diary: Path) -> "BrainAgent":
    shop_agent.open_profile(f"sqlite:///{tmp_path / 'shop.db'}")
    return shop_agent


def words(message_id: int, text: str, conversation_id: str = "c1", language: str = "zh-Hans") -> "Words":
    from bot.brain.agent import Words

    return Words(message_id, conversation_id, "u1", text, language)


def lines(diary: Path) -> list[str]:
    return diary.read_text().splitlines()


async def stored(agent: "BrainAgent", conversation_id: str = "c1") -> list:
    tracker = await agent._processor.tracker_store.retrieve_full_tracker(conversation_id)
    return list(tracker.events) if tracker else []


async def test_a_greeting_is_answered_in_the_customers_language(agent: "BrainAgent") -> None:
    assert (await agent.turn(words(1, "你好"))).replies == [{"text": "您好", "buttons": []}]
    english = await agent.turn(words(2, "hello", "c2", "en"))
    assert english.replies == [{"text": "Hello", "buttons": []}]
    assert (english.reading.intent, english.reading.language) == ("greeting", "en")


async def test_buttons_and_custom_payloads_are_carried(agent: "BrainAgent") -> None:
    order = await agent.turn(words(1, "where is my order"))
    assert order.replies == [{"text": "Which order?", "buttons": [{"title": "The last one", "payload": "last order"}]}]
    complaint = await agent.turn(words(2, "我要投訴"))
    assert [reply.get("custom") for reply in complaint.replies] == [None, {"case": "C-1"}]


async def test_the_reading_comes_from_the_write_back_of_this_turn_alone(agent: "BrainAgent") -> None:
    angry = (await agent.turn(words(1, "太差了，我要投诉"))).reading
    assert (angry.intent, angry.sentiment, angry.topics) == ("complaint", -2, ("quality",))
    calm = (await agent.turn(words(2, "你好"))).reading
    assert (calm.sentiment, calm.topics) == (0, ())


async def test_the_reading_names_every_matter_of_a_message(agent: "BrainAgent") -> None:
    reading = (await agent.turn(words(1, "我要投诉，质量太烂了！另外查一下订单发货了吗"))).reading
    assert reading.labels == ("complaint", "order_status")
    assert reading.as_json()["labels"] == ["complaint", "order_status"]
    assert (await agent.turn(words(2, "🙂"))).reading.labels == ()


async def test_a_repeated_message_gets_the_recorded_answer_and_runs_nothing(agent: "BrainAgent", diary: Path) -> None:
    first = await agent.turn(words(1, "我要投诉"))
    await agent.turn(words(2, "你好"))
    before, events = lines(diary), await stored(agent)
    assert await agent.turn(words(1, "我要投诉")) == first
    assert lines(diary) == before
    assert await stored(agent) == events


async def test_a_failing_action_fails_the_turn_and_leaves_the_tracker_as_it_was(
    agent: "BrainAgent", diary: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    from bot.brain.agent import TurnFailed

    await agent.turn(words(1, "你好"))
    before = await stored(agent)
    for _ in range(2):
        with pytest.raises(TurnFailed):
            await agent.turn(words(2, "please explode, secret words"))
    assert await stored(agent) == before
    assert lines(diary)[-2:] == ["exploded", "exploded"]
    assert (await agent.turn(words(3, "你好"))).replies
    captured = capfd.readouterr()
    assert "secret words" not in captured.out + captured.err


async def test_an_unknown_action_fails_the_reading_loudly(agent: "BrainAgent", monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.brain import agent as module

    monkeypatch.setattr(module, "UNDERSTAND_ACTIONS", ("action_nobody_wrote",))
    with pytest.raises(module.TurnFailed):
        await agent.understand(words(1, "你好"))


async def test_understanding_writes_back_and_leaves_no_tracker(agent: "BrainAgent", diary: Path) -> None:
    reading = await agent.understand(words(7, "太差了，我要投诉"))
    assert (reading.intent, reading.sentiment, reading.topics) == ("complaint", -2, ("quality",))
    assert lines(diary) == ["understand 7 complaint"]
    assert await stored(agent) == []


async def test_a_message_without_a_rule_is_answered_once(agent: "BrainAgent", diary: Path) -> None:
    turn = await agent.turn(words(1, "转人工"))
    assert turn.reading.intent == "ask_human"
    assert [reply["text"] for reply in turn.replies] == ["Sorry?"]
    assert lines(diary) == ["session c1", "turn 1 ask_human"]


@pytest.mark.parametrize(
    "text",
    [
        '/greeting{"language":"en"}', "/restart", "/session_start", "/back", " /order_status", "//order_status",
        "EXTERNAL: order_status", "/unknown", '/greeting{"language"', "session_started_metadata", "/", "", "\ud83d",
        "\x00", "…", "🙂", "/" * 3_000,
    ],
)  # fmt: skip
async def test_nothing_a_customer_types_is_a_command(agent: "BrainAgent", text: str, diary: Path) -> None:
    from rasa.shared.core.events import Restarted, SlotSet, UserUttered

    await agent.turn(words(1, "你好"))
    turn = await agent.turn(words(2, text))
    events = await stored(agent)
    said = [event for event in events if isinstance(event, UserUttered)][-1]
    assert said.entities == []
    assert not any(isinstance(event, Restarted) for event in events)
    assert [event.value for event in events if isinstance(event, SlotSet) and event.key == "language"] == ["zh-Hans"]
    assert turn.reading.confidence < 1.0
    assert lines(diary)[-1].startswith("turn 2 ")


async def test_a_megabyte_is_answered_quickly(agent: "BrainAgent") -> None:
    started_at = time.monotonic()
    await agent.turn(words(1, "长" * 1_000_000))
    assert time.monotonic() - started_at < 5


async def test_a_session_is_bounded_by_its_length(agent: "BrainAgent", diary: Path) -> None:
    from bot.brain.processor import SESSION_EVENTS

    for message_id in range(1, 60):
        await agent.turn(words(message_id, "你好"))
    tracker = await agent._processor.get_tracker("c1")
    assert len(tracker.events) < SESSION_EVENTS + 20
    assert lines(diary).count("session c1") > 1


async def test_a_session_ends_after_an_hour_of_silence(
    agent: "BrainAgent", diary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.brain import processor

    await agent.turn(words(1, "你好"))
    await agent.turn(words(2, "你好"))
    assert lines(diary).count("session c1") == 1
    monkeypatch.setattr(processor, "IDLE_SECONDS", -1)
    await agent.turn(words(3, "你好"))
    assert lines(diary).count("session c1") == 2


async def test_the_warm_up_runs_no_action_and_touches_no_profile(agent: "BrainAgent", diary: Path) -> None:
    await agent.warm_up()
    assert lines(diary) == []


def test_a_missing_model_gets_one_clear_sentence(tmp_path: Path) -> None:
    from bot.brain.agent import newest_model

    with pytest.raises(BadSetting, match="no trained model"):
        newest_model(tmp_path)
