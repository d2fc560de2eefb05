"""Print the measures, keep them as JSON, and put them into the marked block of docs/performance.md."""

import json
import os
import platform
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Final

import psutil

from tests.bench.figures import Measure, Spread
from tests.bench.served import Weight

BEGIN: Final = "<!-- bench: begin (written by `make bench`) -->"
END: Final = "<!-- bench: end -->"
_HEAD: Final = "| what | ours | stock | ours / stock | aim | met |\n|---|---|---|---|---|---|"


def surroundings() -> str:
    """Say where and when, and how busy the machine was with other things."""
    memory = psutil.virtual_memory().total / 2**30
    return (
        f"Measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC: {psutil.cpu_count()} cores, {memory:.0f} GB, {platform.system()},"
        f" Python {platform.python_version()}, Rasa {version('rasa')}; load average {os.getloadavg()[1]:.1f}"
        " (five minutes, the bench included)."
    )


def as_markdown(measures: Sequence[Measure], weights: Sequence[Weight], where: str) -> str:
    """Return the block: where, the table, the memory."""
    lines = [where, "", "Each cell: median of the rounds (lowest to highest).", "", _HEAD]
    lines += [_row(measure) for measure in measures]
    lines += ["", "| memory, MB | resident | proportional | its own |", "|---|---|---|---|"]
    lines += [f"| {w.name} | {w.rss:.0f} | {w.pss:.0f} | {w.uss:.0f} |" for w in weights]
    return "\n".join(lines)


def keep(measures: Sequence[Measure], weights: Sequence[Weight], where: str, json_file: Path, page: Path) -> None:
    """Write both files; the page keeps all its words outside the marked block. Raises ValueError without a block."""
    facts = [asdict(measure) | {"met": measure.met} for measure in measures]
    kept = {"where": where, "measures": facts, "memory": [asdict(weight) for weight in weights]}
    json_file.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")
    words = page.read_text()
    before, after = words.index(BEGIN) + len(BEGIN), words.index(END)
    page.write_text(f"{words[:before]}\n{as_markdown(measures, weights, where)}\n{words[after:]}")


def _row(measure: Measure) -> str:
    aim = _aim(measure)
    met = {True: "yes", False: "**no**", None: ""}[measure.met]
    stock = _cell(measure.stock, measure.unit) if measure.stock else ""
    ratio = _cell(measure.ratio, "×") if measure.ratio else ""
    return f"| {measure.name} | {_cell(measure.ours, measure.unit)} | {stock} | {ratio} | {aim} | {met} |"


def _cell(rounds: Spread, unit: str) -> str:
    digits = 2 if unit in ("×", "s") else 1 if unit == "/s" else 0
    middle = f"{rounds.median:.{digits}f} {unit}"
    return middle if rounds.low == rounds.high else f"{middle} ({rounds.low:.{digits}f} to {rounds.high:.{digits}f})"


def _aim(measure: Measure) -> str:
    if measure.aim is None:
        return ""
    unit = "×" if measure.aim.of == "ratio" else measure.unit
    return f"{measure.aim.sense} {measure.aim.value:g} {unit}"
