"""The two ways to a report, each from nothing computed: one command, or six by hand."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from benchmarks.environments import BenchmarkError, run

OUTSIDE_STAGES = "start and end"
"""What passes before the first stage and after the last: the interpreter, imports, parameters."""


@dataclass(frozen=True)
class Measured:
    """One run.

    Attributes
    ----------
    step_seconds : mapping of str to float
        Of each step, in order; together they are the wall.
    cell_seconds : float
        Executing cells, as papermill measured it; of notebooks side by side, the longest.
    pages, executed : tuple of Path
        A page and an executed notebook for each notebook.
    """

    step_seconds: Mapping[str, float]
    cell_seconds: float
    pages: tuple[Path, ...]
    executed: tuple[Path, ...]

    @property
    def wall_seconds(self) -> float:
        """From the start of the first command to the end of the last."""
        return sum(self.step_seconds.values())

    @property
    def other_seconds(self) -> float:
        """Time that is not executing cells."""
        return self.wall_seconds - self.cell_seconds


class Side(Protocol):
    """A way to make a report."""

    @property
    def label(self) -> str:
        """What the table calls it."""

    def run(self) -> Measured:
        """Make the report anew, in new processes, and measure it."""


@dataclass(frozen=True)
class OneCommand:
    """The report as this project makes it: `command`, typed in the folder `project`."""

    label: str
    project: Path
    district: str
    year: str
    command: Sequence[str]

    def run(self) -> Measured:
        """Make the report anew, and read from ``run.json`` where the time went."""
        forget(self.project)
        wall = seconds(self.command, self.project)
        report = self.project / "reports" / self.district / self.year
        processed = self.project / "data" / "processed" / self.district / self.year
        record: dict[str, Any] = json.loads((report / "run.json").read_text(encoding="utf-8"))
        stages: dict[str, float] = record["stages_seconds"]
        n_notebooks = len(stems_of(self.project))
        return Measured(
            {OUTSIDE_STAGES: wall - sum(stages.values()), **stages},
            max(sum(one["cell_seconds"]) for one in record["notebooks"]),
            these(report, "versions/*/*.html", n_notebooks),
            these(processed, "**/executed/**/*.ipynb", n_notebooks),
        )


@dataclass(frozen=True)
class ByHand:
    """The same notebooks, data and checks with papermill and nbconvert, one after the other.

    Attributes
    ----------
    python : Path
        Of the environment whose tools are used.
    """

    label: str
    project: Path
    district: str
    year: str
    python: Path

    def run(self) -> Measured:
        """Make the pages anew, timing each command."""
        forget(self.project)
        folder = self.project / "by-hand"
        folder.mkdir()
        steps = {name: seconds(command, self.project) for name, command in self.commands(folder)}
        n_notebooks = len(stems_of(self.project))
        executed = these(folder, "*.ipynb", n_notebooks)
        pages = these(folder, "*.html", n_notebooks)
        return Measured(steps, sum(map(papermill_seconds, executed)), pages, executed)

    def commands(self, folder: Path) -> list[tuple[str, list[str]]]:
        """Return what a person types, in order, with a name for each."""
        scripts = self.project / "benchmarks" / "by_hand"
        papermill, jupyter = (self.python.parent / name for name in ("papermill", "jupyter"))
        stems = stems_of(self.project)
        typed: list[tuple[str, list[object]]] = [
            (name, [self.python, scripts / f"{name}.py", self.district, self.year])
            for name in ("validate", "compute")
        ]
        for stem in stems:
            source, output = self.project / "notebooks" / f"{stem}.ipynb", folder / f"{stem}.ipynb"
            parameters = ["-p", "district", self.district, "-p", "year", self.year]
            typed.append((f"papermill {stem}", [papermill, source, output, *parameters]))
        for stem in stems:
            page = [jupyter, "nbconvert", "--to", "html", folder / f"{stem}.ipynb"]
            typed.append((f"nbconvert {stem}", page))
        return [(name, [str(word) for word in words]) for name, words in typed]


def stems_of(project: Path) -> list[str]:
    """Return the names of the notebooks without their ending."""
    return sorted(path.stem for path in (project / "notebooks").glob("*.ipynb"))


def forget(project: Path) -> None:
    """Remove whatever a run computes."""
    for name in ("data/processed", "reports", "by-hand"):
        shutil.rmtree(project / name, ignore_errors=True)


def seconds(command: Sequence[str], project: Path) -> float:
    """Run one command in the project's folder and return how long it took."""
    started = time.perf_counter()
    run(
        command,
        "这一步没有成功，无法比较。",
        "This step failed: there is nothing to compare.",
        folder=project,
        ECOREPORT_ROOT=str(project),
        PYTHONPATH=str(project / "src"),
    )
    return time.perf_counter() - started


def papermill_seconds(notebook: Path) -> float:
    """Return what papermill measured for the cells of an executed notebook."""
    cells: list[dict[str, Any]] = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return sum(cell["metadata"].get("papermill", {}).get("duration") or 0.0 for cell in cells)


def these(folder: Path, pattern: str, n_expected: int) -> tuple[Path, ...]:
    """Return the files that a run must have left, sorted.

    Raises
    ------
    BenchmarkError
        If there are more or fewer.
    """
    found = tuple(sorted(folder.glob(pattern)))
    if len(found) != n_expected:
        raise BenchmarkError(
            f"{folder}: {pattern}: {len(found)}\n应有 {n_expected} 个文件。\n"
            f"There should be {n_expected} files."
        )
    return found
