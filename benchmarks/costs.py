"""What a report costs, stage by stage; against the floor, and where nothing has changed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from benchmarks.environments import CACHE, compile_sources, copy_project, lean_environment
from benchmarks.measure import Spread
from benchmarks.page import Part
from benchmarks.report import DISTRICT, YEAR, one_command, said
from benchmarks.sides import OneCommand, told, typed
from benchmarks.table import (
    cores,
    factor,
    figures,
    machine,
    milliseconds,
    paragraphs,
    seconds,
    share,
    table,
)

FLOOR = Path("benchmarks") / "inside" / "floor.py"


@dataclass(frozen=True)
class Round:
    """One report from nothing, the same again, and the floor.

    Attributes
    ----------
    record : mapping
        ``run.json`` of the first.
    wall, again : float
        Seconds of the command from nothing, and where nothing has changed.
    floor, floor_alone : float
        Seconds of cells and rendering over all cores: with as many processes at once as there
        are cores, and with one alone.
    """

    record: Mapping[str, Any]
    wall: float
    again: float
    floor: float
    floor_alone: float

    @property
    def notebooks(self) -> float:
        """Seconds of the stage that executes and renders."""
        return float(self.record["stages_seconds"]["notebooks"])


def measure(n_rounds: int) -> Part:
    """Measure rounds, after one that is dropped.

    Raises
    ------
    BenchmarkError
    """
    project = copy_project(CACHE / "project")
    python = lean_environment(project)
    compile_sources(python, project)
    side = one_command(project)
    side.warm_up()
    rounds = []
    for number in range(1, n_rounds + 1):
        rounds.append(one_round(side, python))
        said(f"{number}/{n_rounds}  {rounds[-1].wall:.2f} s, floor {rounds[-1].floor:.2f} s")
    return Part(as_markdown(rounds), {"rounds": [asdict(one) for one in rounds]})


def one_round(side: OneCommand, python: Path) -> Round:
    """Measure once."""
    made = side.run()
    again = side.again()
    return Round(
        side.record(),
        made.wall_seconds,
        again,
        floor(side, python, cores()),
        floor(side, python, 1),
    )


def floor(side: OneCommand, python: Path, n_processes: int) -> float:
    """Return the seconds of cells and rendering over all cores, the mean of some processes."""
    command = typed(python, side.project / FLOOR, side.district, side.year)
    with ThreadPoolExecutor(n_processes) as beside:
        found = list(beside.map(lambda _n: told(command, side.project), range(n_processes)))
    sums = [
        sum(one["cells"] + one["rendering"] for one in json.loads(text).values()) for text in found
    ]
    return float(sum(sums)) / len(sums) / cores()


def as_markdown(rounds: Sequence[Round]) -> str:
    """Return the tables of stages, notebooks, floor and of what an unchanged report costs."""
    return paragraphs(
        f"{DISTRICT} {YEAR}. {machine(len(rounds))}",
        table(("make report", "seconds"), stages(rounds)),
        table(
            ("", "seconds", "of cells and rendering: times the floor"),
            [
                ("stage *notebooks*", seconds(Spread.of([one.notebooks for one in rounds])), ""),
                ("floor, all cores busy", *against(rounds, [one.floor for one in rounds])),
                ("floor, one process alone", *against(rounds, [one.floor_alone for one in rounds])),
            ],
        ),
        table(
            ("", "seconds", "share"),
            [
                ("make report from nothing", seconds(Spread.of([one.wall for one in rounds])), ""),
                (
                    "make report, nothing changed",
                    seconds(Spread.of([one.again for one in rounds])),
                    share([one.again / one.wall for one in rounds]),
                ),
            ],
        ),
        table(
            ("notebook", "milliseconds in its process", "cells", "slowest cell", "peak MiB"),
            notebooks(rounds),
        ),
    )


def stages(rounds: Sequence[Round]) -> list[tuple[str, str]]:
    """Return a row for each stage, and the memory of the process that leads."""
    records = [one.record for one in rounds]
    names = records[0]["stages_seconds"]
    found = [
        (name, seconds(Spread.of([one["stages_seconds"][name] for one in records])))
        for name in names
    ]
    peak = Spread.of([one["peak_memory_mib"] for one in records])
    return [*found, ("peak memory of the command, MiB", figures(peak, "{:.0f}"))]


def notebooks(rounds: Sequence[Round]) -> list[tuple[str, ...]]:
    """Return a row for each notebook."""
    rows: list[tuple[str, ...]] = []
    for runs in zip(*(one.record["notebooks"] for one in rounds), strict=True):
        cells = [one["cell_seconds"] for one in runs]
        rows.append(
            (
                runs[0]["notebook"],
                milliseconds(Spread.of([one["wall_seconds"] for one in runs])),
                milliseconds(Spread.of([sum(one) for one in cells])),
                milliseconds(Spread.of([max(one) for one in cells])),
                figures(Spread.of([one["peak_memory_mib"] for one in runs]), "{:.0f}"),
            )
        )
    return rows


def against(rounds: Sequence[Round], floors: Sequence[float]) -> tuple[str, str]:
    """Return a floor, and how many times as long the stage takes in the same round."""
    ratios = [one.notebooks / floor for one, floor in zip(rounds, floors, strict=True)]
    return seconds(Spread.of(floors)), factor(ratios, "{:.2f}×")
