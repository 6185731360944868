"""A batch of district-years: `make reports`, against the same by hand, two at a time."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from benchmarks.environments import (
    CACHE,
    compile_sources,
    copy_project,
    lean_environment,
    plain_environment,
    tell,
)
from benchmarks.page import Part
from benchmarks.report import DISTRICT, PLAIN
from benchmarks.sides import PAPERMILL, ByHand, forget, require, seconds
from benchmarks.table import NOTHING, machine, paragraphs, table

N_DISTRICTS, YEARS = 20, ("2016", "2017", "2018")
N_BY_HAND = 2
"""Districts whose reports are made by hand, each by a person of its own."""
NAMES = (
    ("name_zh: 海陵区", "name_zh: 合成{number}区"),
    ("name_en: Hailing", "name_en: Synthetic {number}"),
    # By what its tables call it.
    ("aliases:\n", "aliases:\n  - 海陵区\n"),
    # Alone: a report reads what its neighbours in a city measured, too.
    ("parent: taizhou\n", ""),
    ('adcode: "321202"\n', ""),
)


@dataclass(frozen=True)
class Batch:
    """Seconds of district-years, and of the same where nothing has changed."""

    label: str
    n_reports: int
    wall: float
    again: float | None = None

    @property
    def per_hour(self) -> float:
        """District-years an hour."""
        return 3600 * self.n_reports / self.wall


def measure(_n_rounds: int, n_districts: int = N_DISTRICTS, n_by_hand: int = N_BY_HAND) -> Part:
    """Measure each side once: many reports in a row are rounds enough.

    Raises
    ------
    BenchmarkError
    """
    project = copy_project(CACHE / "project")
    districts = synthesize(project, n_districts)
    pythons = lean_environment(project), plain_environment(CACHE)
    for python in pythons:
        compile_sources(python, project)
    batches = [ours(project, districts), by_hand(project, districts[:n_by_hand], pythons[1])]
    return Part(as_markdown(batches), {"batches": [vars(one) for one in batches]})


def synthesize(project: Path, n_districts: int) -> list[str]:
    """Add districts to a copy of the project: Hailing's plan and tables under other names."""
    names = [f"synthetic-{number:02}" for number in range(1, n_districts + 1)]
    departments = project / "params" / "departments.csv"
    known = departments.read_text(encoding="utf-8")
    own = [line for line in known.splitlines() if f",{DISTRICT}," in line]
    added = (line.replace(DISTRICT, name) for name in names for line in own)
    departments.write_text(known + "".join(f"{line}\n" for line in added), encoding="utf-8")
    for name in names:
        for kind in ("districts", "plans"):
            shutil.copytree(project / "params" / kind / DISTRICT, project / "params" / kind / name)
            for path in (project / "params" / kind / name).iterdir():
                rewrite(path, [(DISTRICT, name)])
        number = name.rpartition("-")[2]
        words = [(old, new.format(number=number)) for old, new in NAMES]
        rewrite(project / "params" / "districts" / name / "district.yml", words)
        data = project / "data" / "demonstration"
        for year in YEARS:
            shutil.copytree(data / DISTRICT / year, data / name / year)
    return names


def rewrite(path: Path, words: Sequence[tuple[str, str]]) -> None:
    """Replace words in a file."""
    text = path.read_text(encoding="utf-8")
    for old, new in words:
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def ours(project: Path, districts: Sequence[str]) -> Batch:
    """Make all reports with one command, then again."""
    asked = (f"DISTRICTS={','.join(districts)}", f"YEARS={YEARS[0]}-{YEARS[-1]}")
    command = ("make", "reports", *asked)
    warm = ("make", "reports", f"DISTRICTS={districts[0]}", f"YEARS={YEARS[0]}")
    n_reports = len(districts) * len(YEARS)
    forget(project)
    seconds(warm, project)
    forget(project)
    tell(f"一条命令，{n_reports} 份报告", f"make reports, {n_reports} district-years")
    wall = seconds(command, project)
    reports = [project / "reports" / name / year for name in districts for year in YEARS]
    require(*(one / "index.html" for one in reports))
    return Batch("make reports", n_reports, wall, seconds(command, project))


def by_hand(project: Path, districts: Sequence[str], python: Path) -> Batch:
    """Make the reports of some districts side by side, those of one district in turn."""
    label = f"{PLAIN}, {len(districts)} districts at a time"
    turns = [
        [ByHand(label, project, name, year, python, PAPERMILL) for year in YEARS]
        for name in districts
    ]
    turns[0][0].warm_up()
    forget(project)
    n_reports = len(list(chain(*turns)))
    tell(f"手工，{n_reports} 份报告", f"by hand, {n_reports} district-years")
    with ThreadPoolExecutor(len(turns)) as beside:
        walls = list(beside.map(lambda turn: sum(made(turn)), turns))
    return Batch(label, n_reports, max(walls))


def made(turn: Sequence[ByHand]) -> Iterator[float]:
    """Make reports one after the other and yield the seconds of each."""
    for one in turn:
        yield one.make().wall_seconds
        tell("手工：一份", f"by hand: {one.district} {one.year}")


def as_markdown(batches: Sequence[Batch]) -> str:
    """Return the table of throughput and of what an unchanged batch costs."""
    slowest = min(one.per_hour for one in batches)
    return paragraphs(
        machine(1),
        table(
            ("", "district-years", "seconds", "district-years an hour", "times", "nothing changed"),
            [
                (
                    one.label,
                    str(one.n_reports),
                    f"{one.wall:.1f}",
                    f"{one.per_hour:.0f}",
                    f"{one.per_hour / slowest:.1f}×",
                    NOTHING if one.again is None else f"{100 * one.again / one.wall:.1f} %",
                )
                for one in batches
            ],
        ),
    )
