"""A person comes to whom the talk makes ever more unhappy, once, and only while the bot has it."""

from datetime import timedelta

from actions.complaints import ActionOpenComplaint
from actions.write_back import ActionListen, ActionWriteBack
from bot.domain.conversation import Reason
from bot.services import handoffs
from tests import build
from tests.actions.conftest import Talk


def reason(talk: Talk) -> Reason | None:
    request = talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id))
    return request.reason if request else None


def test_a_mood_that_falls_fast_brings_a_person(talk: Talk) -> None:
    assert talk.say("谢谢，很满意", ActionListen) == []
    said = talk.say("算了，真让人失望", ActionListen)
    assert "同事" in said[0]["text"] and reason(talk) is Reason.ANGRY


def test_two_angry_messages_bring_a_person(talk: Talk) -> None:
    talk.say("垃圾", ActionListen)
    said = talk.say("骗子", ActionListen)
    assert said and reason(talk) is Reason.ANGRY


def test_one_unhappy_message_brings_nobody(talk: Talk) -> None:
    talk.say("我的订单到哪了", ActionListen)
    assert talk.say("有点慢", ActionListen) == [] and reason(talk) is None


def test_a_repeated_turn_asks_once(talk: Talk) -> None:
    talk.say("谢谢，很满意", ActionListen)
    first = talk.say("太让人失望了", ActionListen)
    asked = talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id))
    assert first and talk.again(ActionListen) == []
    assert talk.read(lambda uow: uow.conversations.handoff_for(talk.message_id)).id == asked.id


def test_whoever_was_called_in_this_turn_is_not_called_again(talk: Talk) -> None:
    talk.say("垃圾", ActionListen)
    said = talk.say("快递再不到我就打12315", ActionOpenComplaint, ActionListen, intent="complaint")
    assert reason(talk) is Reason.ANGRY and not [bubble for bubble in said if "看得出来" in bubble["text"]]


def test_while_a_person_has_the_talk_nobody_is_called(talk: Talk) -> None:
    talk.say("垃圾", ActionListen)
    agent = build.user(talk.database)
    talk.database.perform(handoffs.claim, talk.conversation_id, agent, talk.now)
    assert talk.say("骗子", ActionWriteBack, ActionListen) == [] and reason(talk) is None


def test_what_was_said_before_a_person_gave_the_talk_back_is_forgiven(talk: Talk) -> None:
    talk.say("垃圾", ActionListen)
    agent = build.user(talk.database)
    talk.database.perform(handoffs.claim, talk.conversation_id, agent, talk.now)
    talk.now += timedelta(minutes=5)
    talk.database.perform(handoffs.hand_back, talk.conversation_id, agent, talk.now)
    talk.now += timedelta(minutes=5)
    assert talk.say("骗子", ActionListen) == [] and reason(talk) is None
