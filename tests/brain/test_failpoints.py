import os
import subprocess
import sys

PASSES = (
    "from bot.failpoints import failpoint\nfor n in range(10): failpoint('a'); failpoint('b'); print(n, flush=True)"
)


def passages(spec: str | None) -> tuple[int, list[str]]:
    environment = {name: value for name, value in os.environ.items() if name != "TINGJIAN_FAILPOINT"}
    if spec is not None:
        environment["TINGJIAN_FAILPOINT"] = spec
    done = subprocess.run([sys.executable, "-c", PASSES], env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.split()


def test_nothing_happens_without_the_variable() -> None:
    assert passages(None) == (0, [str(n) for n in range(10)])


def test_the_named_point_kills_at_every_nth_passage() -> None:
    assert passages("a:4") == (-9, ["0", "1", "2"])
    assert passages("x:1, b:2") == (-9, ["0"])


def test_a_name_alone_kills_at_the_first_passage() -> None:
    assert passages("a") == (-9, [])
