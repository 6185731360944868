"""Each chart of a report in our drawing, against the bare drawing of the same marks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.environments import CACHE, compile_sources, copy_project, lean_environment
from benchmarks.measure import Spread
from benchmarks.page import Part
from benchmarks.report import DISTRICT, YEAR, one_command
from benchmarks.sides import told, typed
from benchmarks.table import factor, machine, milliseconds, paragraphs, table

SCRIPT = Path("benchmarks") / "inside" / "charts.py"


def measure(n_rounds: int) -> Part:
    """Measure each chart of a report that was made, in one process.

    Raises
    ------
    BenchmarkError
    """
    project = copy_project(CACHE / "project")
    python = lean_environment(project)
    compile_sources(python, project)
    one_command(project).run()
    text = told(typed(python, project / SCRIPT, DISTRICT, YEAR, n_rounds), project)
    found: list[dict[str, Any]] = json.loads(text)
    return Part(as_markdown(found, n_rounds), {"charts": found})


def as_markdown(found: Sequence[Mapping[str, Any]], n_rounds: int) -> str:
    """Return a table with a row for each chart, and one for all together."""
    sides = ("ours", "bare")
    rounds = range(n_rounds)
    whole = {side: [sum(one[side][number] for one in found) for number in rounds] for side in sides}
    rows = [(one["chart"], str(one["n_marks"]), one) for one in found]
    rows.append(("all", str(sum(one["n_marks"] for one in found)), whole))
    return paragraphs(
        f"{DISTRICT} {YEAR}. {machine(n_rounds)}, milliseconds",
        table(
            ("chart", "marks", "ours", "bare", "times as long"),
            [
                (
                    name,
                    n_marks,
                    *(milliseconds(Spread.of(one[side])) for side in sides),
                    factor([a / b for a, b in zip(one["ours"], one["bare"], strict=True)]),
                )
                for name, n_marks, one in rows
            ],
        ),
    )
