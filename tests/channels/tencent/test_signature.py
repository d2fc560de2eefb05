"""Whoever does not know the token, or comes back with an old push, learns nothing but "not allowed"."""

from datetime import UTC, datetime, timedelta

import pytest
from multidict import MultiDict
from werobot.utils import get_signature

from bot.channels.tencent.signature import check, check_fresh, only, sign
from bot.errors import RejectedRequest
from tests.channels.tencent.shared import vectors

NOW = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
GENUINE = sign("token", "1", "2")


def test_tencents_examples_are_signed_as_tencent_signed_them() -> None:
    given = vectors()
    for example in (given["verify"], given["plain"], given["aes_in"]):
        assert sign(given["token"], example["timestamp"], example["nonce"]) == example["signature"]


@pytest.mark.parametrize(
    "shown",
    ["", GENUINE.upper(), GENUINE[:-1], GENUINE + "0", f" {GENUINE}", GENUINE[:-1] + "é", "\ud83d", None, [GENUINE], 1],
)
def test_anything_but_the_signature_to_the_last_character_is_refused(shown: object) -> None:
    check(GENUINE, "token", "1", "2")
    with pytest.raises(RejectedRequest, match=r"^not allowed$"):
        check(shown, "token", "1", "2")


def test_another_token_and_another_nonce_are_refused() -> None:
    for token, nonce in (("Token", "2"), ("token", "3")):
        with pytest.raises(RejectedRequest):
            check(GENUINE, token, "1", nonce)


def test_another_implementation_signs_alike() -> None:
    for nonce in range(100):
        assert sign("token", "1714036504", str(nonce)) == get_signature("token", "1714036504", str(nonce))


@pytest.mark.parametrize("age_s", [-300, -5, 0, 15, 300])
def test_a_push_of_these_minutes_is_fresh(age_s: int) -> None:
    check_fresh(str(int((NOW - timedelta(seconds=age_s)).timestamp())), NOW, 300)


@pytest.mark.parametrize(
    "timestamp", ["1777884700", "1777885801", "1777881600", "0", "-1", "", "abc", "1e9", " 1777885200", "９", "1" * 400]
)
def test_an_old_a_future_and_an_odd_time_are_refused(timestamp: str) -> None:
    with pytest.raises(RejectedRequest, match=r"^not allowed$"):
        check_fresh(timestamp, NOW, 300)


def test_a_parameter_counts_only_if_it_is_there_once() -> None:
    assert only(MultiDict(nonce="1"), "nonce") == "1"
    for query in (
        MultiDict(),
        MultiDict(nonce=""),
        MultiDict([("nonce", "1"), ("nonce", "1")]),
        MultiDict({"nonce[]": "1"}),
    ):
        with pytest.raises(RejectedRequest, match=r"^not allowed$"):
            only(query, "nonce")
