"""Be heard on Telegram, by the real assistant: polled from a Bot API server on loopback, answered there, kept in the record."""

import itertools
import re
from dataclasses import dataclass
from typing import Any, Final

import pytest

from bot.words import say
from tests.crash.telegram_platform import Platform
from tests.crash.waiting import eventually
from tests.e2e.house import House
from tests.e2e.lines import EN, ZH, Lines

pytestmark = pytest.mark.e2e
CASE: Final = re.compile(r"C\d{6}-\d{4}")
ANSWER_S: Final = 30
_COUNT: Final = itertools.count(1)


@dataclass(frozen=True)
class Asked:
    """Be what is asked here beyond the lines of the story."""

    lines: Lines
    code: str
    hours: str
    wish: str


ASKED: Final = (
    Asked(ZH, "zh-hans", "你们几点开门？", "请帮我转人工，杯子的事"),
    Asked(EN, "en", "What are your opening hours?", "I want to talk to a person about this cup."),
)


class Chat:
    """Be somebody who writes to the bot."""

    def __init__(self, platform: Platform, code: str) -> None:
        self.id = 9_000 + next(_COUNT)
        self._platform, self._read = platform, 0
        self._user = {"id": self.id, "is_bot": False, "first_name": "Li", "language_code": code}

    def ask(self, text: str, answer: str | re.Pattern[str]) -> str:
        """Write something, wait for a message with these words and return it."""
        number = next(_COUNT)
        message = {"message_id": number, "date": 1_770_000_000, "from": self._user, "text": text}
        message["chat"] = {"id": self.id, "type": "private", "first_name": "Li"}
        self._platform.post([{"update_id": number, "message": message}])
        eventually(lambda: self._hears(answer), ANSWER_S, f"an answer to {text}")
        return self._heard

    def _hears(self, answer: str | re.Pattern[str]) -> bool:
        texts = [taken["text"] for taken in self._platform.record()["taken"] if taken["chat"] == self.id]
        for place, text in enumerate(texts[self._read :], self._read + 1):
            if answer in text if isinstance(answer, str) else answer.search(text):
                self._heard, self._read = text, place
                return True
        return False


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.lines.language)
def test_who_writes_on_telegram_is_understood_and_all_of_it_is_kept(
    house: House, telegram: Platform | None, asked: Asked
) -> None:
    if telegram is None:
        pytest.skip("../shared/protocol-data is not here")
    lines, chat = asked.lines, Chat(telegram, asked.code)
    chat.ask(asked.hours, "10:00")
    case = CASE.search(chat.ask(lines.complaint, CASE))
    assert case is not None
    chat.ask(lines.preference, say(lines.language, "preference-like", object=lines.object))
    chat.ask(asked.wish, say(lines.language, "person-is-coming"))
    _see_it_in_the_record(house.record(str(chat.id), channel="telegram"), asked, case.group())
    assert telegram.record()["wrong"] == []


def _see_it_in_the_record(record: dict[str, Any], asked: Asked, case: str) -> None:
    lines = asked.lines
    assert [one["channel"] for one in record["identities"]] == ["telegram"]
    (talk,) = record["conversations"]
    assert talk["state"] == "waiting"
    heard = {one["text"]: one["intent"] for one in talk["messages"] if one["author"] == "customer"}
    assert list(heard) == [asked.hours, lines.complaint, lines.preference, asked.wish]
    assert [heard[text] for text in list(heard)[:3]] == ["store_hours", "complaint", "preference"]
    assert [(one["number"], one["words"]) for one in record["complaints"]] == [(case, lines.complaint)]
    assert [(one["object"], one["quote"]) for one in record["preferences"]] == [(lines.object, lines.preference)]
    assert [one["reason"] for one in record["handoffs"]] == ["wish"]
    assert {one["delivery"] for one in talk["messages"] if one["author"] != "customer"} == {"sent"}
