"""One report with all its chapters, from nothing computed: by one command and by hand."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from benchmarks.environments import (
    CACHE,
    BenchmarkError,
    book_environment,
    compile_sources,
    copy_project,
    lean_environment,
    plain_environment,
    ploomber_environment,
    tell,
    versions,
)
from benchmarks.measure import Comparison, Spread, compare
from benchmarks.page import Part
from benchmarks.sides import BOOK, PAPERMILL, PLOOMBER, ByHand, OneCommand, Side, Tools
from benchmarks.table import NOTHING, factor, machine, paragraphs, seconds, table

DISTRICT, YEAR = "hailing", "2018"
PLAIN, LEAN = "papermill, plain pip install", "papermill, lean environment"
PLOOMBER_LABEL, BOOK_LABEL = "ploomber-engine", "jupyter-book"
WAYS: tuple[tuple[str, str, Tools, int], ...] = (
    (PLAIN, PLAIN, PAPERMILL, 1),
    (f"{PLAIN}, two at a time", PLAIN, PAPERMILL, 2),
    (LEAN, LEAN, PAPERMILL, 1),
    (f"{LEAN}, two at a time", LEAN, PAPERMILL, 2),
    (PLOOMBER_LABEL, PLOOMBER_LABEL, PLOOMBER, 1),
    (BOOK_LABEL, BOOK_LABEL, BOOK, 1),
)
"""Label, environment, tools, commands at a time."""


def measure(n_rounds: int) -> Part:
    """Measure every side.

    Raises
    ------
    BenchmarkError
        If our own side fails, or another after its warm-up.
    """
    project = copy_project(CACHE / "project")
    pythons, absent = environments(project)
    sides: list[Side] = [
        one_command(project),
        *(
            ByHand(label, project, DISTRICT, YEAR, pythons[environment], tools, n_at_once)
            for label, environment, tools, n_at_once in WAYS
            if environment in pythons
        ),
    ]
    found = compare(sides, n_rounds, said)
    found = Comparison(found.compared, {**absent, **found.absent})
    known = {label: versions(python) for label, python in pythons.items()}
    return Part(as_markdown(found, known), as_data(found, known))


def one_command(project: Path, district: str = DISTRICT, year: str = YEAR) -> OneCommand:
    """Return our own side."""
    command = ("make", "report", f"DISTRICT={district}", f"YEAR={year}")
    return OneCommand("make report", project, district, year, command)


def environments(project: Path) -> tuple[dict[str, Path], dict[str, str]]:
    """Return the Python of each environment that can be made, and why the others cannot."""
    makers: dict[str, Callable[[], Path]] = {
        LEAN: lambda: lean_environment(project),
        PLAIN: lambda: plain_environment(CACHE),
        PLOOMBER_LABEL: lambda: ploomber_environment(CACHE),
        BOOK_LABEL: lambda: book_environment(CACHE),
    }
    pythons, absent = {}, {}
    for label, make in makers.items():
        try:
            pythons[label] = make()
            compile_sources(pythons[label], project)
        except BenchmarkError as error:
            absent[label] = str(error)
            tell(f"没有 {label}", f"without {label}: {error}")
    return pythons, absent


def said(line: str) -> None:
    """Tell how far it has come."""
    print(line, file=sys.stderr, flush=True)


def as_markdown(found: Comparison, known: Mapping[str, Mapping[str, str]]) -> str:
    """Return all tables.

    Parameters
    ----------
    known : mapping
        By environment: the versions of Python and of packages.
    """
    compared = found.compared
    ours, *others = compared
    names = list(dict.fromkeys(name for one in others for name in one.runs[0].step_seconds))
    steps = [
        [one.label, *(_step(one.runs[0].step_seconds, name, one.step) for name in names)]
        for one in others
    ]
    return paragraphs(
        machine(len(ours.runs)),
        table(
            ("", "seconds", "times as long", "of which cells"),
            [
                (one.label, seconds(one.wall), factor(one.ratios), seconds(one.cells))
                for one in compared
            ],
        ),
        table(("seconds", *names), steps) if steps else "",
        *(f"Without *{label}*, which could not be run:\n\n{quoted(why)}"
          for label, why in found.absent.items()),
        table(
            ("", *next(iter(known.values()))),
            [(label, *versions.values()) for label, versions in known.items()],
        ) if known else "",
    )  # fmt: skip


def _step(seconds_of: Mapping[str, float], name: str, spread_of: Callable[[str], Spread]) -> str:
    return seconds(spread_of(name)) if name in seconds_of else NOTHING


def quoted(text: str) -> str:
    """Return a message as a block that shows it as it is."""
    return "\n".join(f"    {line.strip()}" for line in text.splitlines() if line.strip())


def as_data(found: Comparison, known: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """Return every single time, for other programs."""
    return {
        "versions": known,
        "absent": dict(found.absent),
        "sides": [
            {
                "label": one.label,
                "wall_seconds": [run.wall_seconds for run in one.runs],
                "cell_seconds": [run.cell_seconds for run in one.runs],
                "step_seconds": [dict(run.step_seconds) for run in one.runs],
                "ratios": one.ratios,
                "ratio": asdict(Spread.of(one.ratios)),
            }
            for one in found.compared
        ],
    }
