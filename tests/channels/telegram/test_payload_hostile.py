"""Whatever is sent as an update is read, put aside or refused; nothing else ever happens."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram import payload
from bot.channels.telegram.senders import language_of
from bot.domain.arrivals import Arrival, Edit, Ignored, Press, Unreadable
from bot.domain.messages import Incoming
from bot.errors import UnreadablePayload
from tests.channels.telegram.test_payload import UPDATES, US, raw

ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
SAMPLES = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(UPDATES.glob("*.json"))]


def paths(value: Any, before: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [before, *(path for key, part in inside for path in paths(part, (*before, key)))]


def replaced(value: Any, path: tuple[Any, ...], by: Any) -> Any:
    if not path:
        return by
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = replaced(value[path[0]], path[1:], by)
    return copy


def taken(update: object) -> Arrival | None:
    try:
        return payload.parse(update, US)
    except UnreadablePayload:
        return None


@pytest.mark.property
@given(ANY_JSON)
def test_any_json_gives_an_arrival_or_a_refusal(update: Any) -> None:
    taken(update)
    assert taken({"update_id": 1, "message": update}) is not None
    assert taken({"update_id": 1, "callback_query": update}) is not None
    payload.press_id({"callback_query": update})
    payload.is_from_group({"message": update})


@pytest.mark.property
@given(st.data())
def test_any_value_in_any_place_of_a_real_update_gives_an_arrival_or_a_refusal(data: st.DataObject) -> None:
    update = data.draw(st.sampled_from(SAMPLES))
    path = data.draw(st.sampled_from(paths(update)[1:]))
    arrival = taken(replaced(update, path, data.draw(ANY_JSON)))
    assert arrival is not None or path == ("update_id",)
    if arrival is None or isinstance(arrival.content, Unreadable | Ignored):
        return
    content = arrival.content
    incoming = content.incoming if isinstance(content, Edit | Press) else content
    if isinstance(incoming, Incoming):
        assert isinstance(incoming.text, str) and isinstance(incoming.display_name, str | None)
        assert incoming.external_id.removeprefix("-").replace(":", "").isdecimal()


@pytest.mark.parametrize("update_id", [None, "1", 1.0, True, -1, 2**63, 2**70, [], {}])
def test_an_update_without_a_usable_id_is_refused(update_id: object) -> None:
    with pytest.raises(UnreadablePayload):
        payload.parse({"update_id": update_id, "message": {}}, US)


@pytest.mark.parametrize("update", [[], None, "x", 123, {}])
def test_what_is_no_update_is_refused(update: object) -> None:
    with pytest.raises(UnreadablePayload):
        payload.parse(update, US)


@pytest.mark.parametrize("chat_id", ["abc", -5, 0, 2**52, 2**63, 1.5, True, None, [1]])
def test_a_private_chat_without_a_possible_id_is_put_aside(chat_id: object) -> None:
    update = raw("text")
    update["message"]["chat"]["id"] = chat_id
    assert isinstance(payload.parse(update, US).content, Unreadable)


def test_a_missing_chat_is_put_aside() -> None:
    update = raw("text")
    del update["message"]["chat"]
    assert isinstance(payload.parse(update, US).content, Unreadable)


def test_nesting_beyond_reason_is_refused_and_not_suffered() -> None:
    nested: list[Any] = []
    for _ in range(100_000):
        nested = [nested]
    with pytest.raises(UnreadablePayload):
        payload.parse({"update_id": 1, "message": nested}, US)


def test_what_is_kept_beside_the_words_has_no_control_characters_and_an_end() -> None:
    update = raw("document")
    update["message"]["document"]["file_name"] = "a\x00b\ud83d" + "x" * 5_000
    found = payload.parse(update, US).content
    assert isinstance(found, Incoming) and found.attachment is not None
    assert found.attachment.name == "a\ufffdb\ufffd" + "x" * 996
    update["message"]["document"]["file_id"] = "../x\n"
    assert isinstance(payload.parse(update, US).content, Unreadable)


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("zh", "zh-Hans"), ("zh-hans", "zh-Hans"), ("zh-CN", "zh-Hans"), ("zh-sg", "zh-Hans"), ("zh_TW", "zh-Hant"),
        ("zh-hant", "zh-Hant"), ("zh-hk", "zh-Hant"), ("zh-mo", "zh-Hant"), ("zh-hans-hk", "zh-Hans"), ("en", "en"),
        ("fr", "en"), ("", "en"), (None, None),
    ],
)  # fmt: skip
def test_the_language_of_the_app_is_the_first_guess(code: str | None, language: str | None) -> None:
    assert language_of(code) == language
