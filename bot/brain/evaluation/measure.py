"""Measure the newest model on the measuring sets: ``make evaluate``; ``--write`` brings docs/understanding.md up to date,
``--raise`` brings the floors up to what was reached.

The exit code is 1 when a figure has fallen behind its floor.
"""

import json
import os
import re
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bot.brain.evaluation.cases import Case, Measured, read_cases
from bot.brain.evaluation.picture import draw_confusions
from bot.brain.evaluation.reader import Reader, load_reader
from bot.brain.evaluation.report import broken_floors, of_set, raised_floors, report
from bot.brain.evaluation.understood import understood

ROOT: Final = Path(__file__).resolve().parents[3]
MEASURING_SETS: Final = ROOT / "tests" / "understanding"
FLOORS: Final = MEASURING_SETS / "floors.json"
PAGE: Final = ROOT / "docs" / "understanding.md"
PICTURE: Final = ROOT / "docs" / "understanding" / "confusion.png"
_MEASURED: Final = re.compile(r"(?<=<!-- measured -->\n).*(?=<!-- /measured -->)", re.DOTALL)


def main(wishes: Sequence[str]) -> int:
    """Print the report; write it into the page and draw the picture if asked."""
    os.chdir(ROOT)
    measured = measure(read_cases(MEASURING_SETS), load_reader(ROOT / "models"))
    lines = list(report(measured))
    sys.stdout.write("\n".join(lines) + "\n")
    if "--write" in wishes:
        # A function, for the report may hold what would be an escape in a replacement.
        PAGE.write_text(_MEASURED.sub(lambda _old: "\n".join(lines) + "\n\n", PAGE.read_text()))
        draw_confusions(of_set(measured, "dev"), PICTURE)
    floors = json.loads(FLOORS.read_text())
    broken = broken_floors(measured, floors)
    if "--raise" in wishes:
        FLOORS.write_text(json.dumps(raised_floors(measured, floors), indent=2) + "\n")
    for sentence in broken:
        sys.stderr.write(f"BELOW ITS FLOOR  {sentence}\n")
    return 1 if broken else 0


def measure(cases: Sequence[Case], reader: Reader) -> list[Measured]:
    """Read every case, and take the time of one core that the model needs for it."""
    measured = []
    for case in cases:
        started = time.process_time()
        parsed = reader.parse(case.text)
        milliseconds = 1_000 * (time.process_time() - started)
        measured.append(Measured(case, understood(case.text, parsed), milliseconds))
    return measured


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
