"""Jobs wait for their thread: the urgent before all others, each kind in its order, and none is forgotten."""

import threading
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.lines import Lines


def stopped(lines: Lines) -> Callable[[], None]:
    """Keep the only thread busy until the returned function is called."""
    begun, may_go_on = threading.Event(), threading.Event()

    def wait() -> None:
        begun.set()
        assert may_go_on.wait(10)

    lines.submit(wait)
    assert begun.wait(10)
    return may_go_on.set


@given(st.lists(st.booleans(), max_size=30))
def test_the_urgent_come_first_and_each_kind_keeps_its_order(urgent: list[bool]) -> None:
    lines, done = Lines(1, "test"), list[tuple[bool, int]]()
    go_on = stopped(lines)
    for number, is_urgent in enumerate(urgent):
        lines.submit(lambda job=(is_urgent, number): done.append(job), is_urgent=is_urgent)  # type: ignore[misc]
    go_on()
    lines.close()
    numbered = list(enumerate(urgent))
    assert done == [(True, n) for n, first in numbered if first] + [(False, n) for n, first in numbered if not first]


def test_an_error_goes_to_whoever_waits_for_the_job_and_to_nobody_else() -> None:
    lines = Lines(1, "test")

    def fail() -> None:
        raise KeyError("mine")

    failed, after = lines.submit(fail), lines.submit(lambda: "fine")
    with pytest.raises(KeyError, match="mine"):
        failed.result(10)
    assert after.result(10) == "fine"
    lines.close()


def test_what_waits_when_the_lines_close_is_done_before() -> None:
    lines = Lines(1, "test")
    go_on = stopped(lines)
    last = lines.submit(lambda: "done")
    threading.Thread(target=go_on).start()
    lines.close()
    assert last.result(0) == "done"
