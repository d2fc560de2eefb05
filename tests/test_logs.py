"""Logs are one line each, readable by machines, and betray nobody."""

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from bot import logs


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = before
    structlog.reset_defaults()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_what_must_not_be_logged_is_blanked(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    structlog.get_logger("x").info("received", text="我的卡号 4111", token="t0ken", external_id="v1", message_id=7)
    [line] = lines(capsys)
    assert (line["text"], line["token"], line["external_id"], line["message_id"]) == ("…", "…", "…", 7)


def test_a_value_cannot_begin_a_line_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    structlog.get_logger("x").warning("odd", reason="a\n2026 ERROR forged \x1b[31mred")
    logging.getLogger("library").warning("%s", "b\r\nforged")
    first, second = lines(capsys)
    assert "\n" not in first["reason"] and "\x1b" not in first["reason"]
    assert "\n" not in second["event"]


def test_the_standard_library_goes_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    logging.getLogger("library").error("broken", extra={"reason": "x"})
    [line] = lines(capsys)
    assert (line["event"], line["level"], line["reason"]) == ("broken", "error", "x")


TOKEN = "123456789:AAExampleExampleExampleExample12345"


def test_no_bot_token_is_written_wherever_it_comes_from(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    log = structlog.get_logger("x")
    log.warning("odd", url=f"https://api.telegram.org/bot{TOKEN}/getMe", nested=[{"url": TOKEN}], count=7)
    log.warning(f"in the event {TOKEN}")
    logging.getLogger("library").error("for %s", ValueError("http://127.0.0.1/file/botsampleToken/photos/1.jpg"))
    try:
        raise ValueError(f"no route to https://api.telegram.org/bot{TOKEN}/sendMessage")
    except ValueError:
        log.exception("broken")
        logging.getLogger("library").exception("broken there")
    written = capsys.readouterr().err
    assert "123456789:" not in written and "sampleToken" not in written
    assert [json.loads(line)["event"] for line in written.splitlines()][-1] == "broken there"
    assert "/bot…/sendMessage" in written and '"count": 7' in written


def test_libraries_that_write_addresses_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure(level=logging.DEBUG)
    for name in ("httpx", "httpcore.connection", "telegram.Bot", "telegram.ext"):
        logging.getLogger(name).info("POST https://api.telegram.org/…")
    assert capsys.readouterr().err == ""
