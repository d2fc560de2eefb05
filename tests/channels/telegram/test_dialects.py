"""Servers that speak the Bot API a little differently are understood all the same."""

from typing import Any

import pytest

from bot.channels.telegram import payload
from bot.domain.arrivals import Edit, Press, Unreadable
from bot.domain.messages import Incoming
from tests.channels.telegram.test_payload import US, raw


def content(update: dict[str, Any]) -> object:
    return payload.parse(update, US).content


def test_dates_in_milliseconds_are_read_like_those_in_seconds() -> None:
    for name in ("text", "reply", "edited_text", "press"):
        plain, strange = raw(name), raw(name)
        (it,) = (value for value in strange.values() if isinstance(value, dict))
        for place in (it, it.get("message", {}), it.get("reply_to_message", {})):
            for date in {"date", "edit_date"} & place.keys():
                place[date] *= 1000
        assert content(strange) == content(plain), name
        assert isinstance(content(strange), Incoming | Edit | Press)


def test_a_sender_and_a_chat_of_which_little_is_told_are_read() -> None:
    update = raw("text")
    update["message"] |= {"from": {"id": 77}, "chat": {"id": 77}}
    found = content(update)
    assert isinstance(found, Incoming)
    assert (found.external_id, found.display_name, found.is_public) == ("77", "", False)


def test_a_press_that_does_not_say_from_which_chat_it_is_counts() -> None:
    update = raw("press")
    del update["callback_query"]["chat_instance"]
    assert content(update) == content(raw("press"))


@pytest.mark.parametrize("chat", [{"id": -100}, {"id": 78}, {}, {"id": -100, "title": "a group"}])
def test_a_chat_of_unknown_kind_is_not_taken_for_a_private_one(chat: dict[str, Any]) -> None:
    update = raw("text")
    update["message"] |= {"from": {"id": 77}, "chat": chat}
    assert isinstance(content(update), Unreadable)


@pytest.mark.parametrize("date", [None, "soon", 10**30, -1, True, [1]])
def test_a_date_that_is_none_does_no_harm(date: object) -> None:
    update = raw("text")
    update["message"]["date"] = date
    assert isinstance(content(update), Incoming | Unreadable)
