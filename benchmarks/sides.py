"""The ways to a report, each from nothing computed: one command, or several by hand."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    cell_seconds : float or None
        Executing cells, added up over all notebooks; None where the tool does not tell.
    pages, executed : tuple of Path
        A page and an executed notebook for each notebook.
    """

    step_seconds: Mapping[str, float]
    cell_seconds: float | None
    pages: tuple[Path, ...]
    executed: tuple[Path, ...]

    @property
    def wall_seconds(self) -> float:
        """From the start of the first command to the end of the last."""
        return sum(self.step_seconds.values())


class Side(Protocol):
    """A way to make a report."""

    @property
    def label(self) -> str:
        """What the table calls it."""

    def warm_up(self) -> None:
        """Have all files in memory that a run reads."""

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

    def warm_up(self) -> None:
        """Make the report."""
        self.run()

    def run(self) -> Measured:
        """Make the report anew, and read from ``run.json`` where the time went."""
        forget(self.project)
        wall = seconds(self.command, self.project)
        report = self.project / "reports" / self.district / self.year
        processed = self.project / "data" / "processed" / self.district / self.year
        record = self.record()
        stages: dict[str, float] = record["stages_seconds"]
        n_notebooks = len(stems_of(self.project))
        return Measured(
            {OUTSIDE_STAGES: wall - sum(stages.values()), **stages},
            sum(sum(one["cell_seconds"]) for one in record["notebooks"]),
            these(report, "versions/*/*.html", n_notebooks),
            these(processed, "**/executed/**/*.ipynb", n_notebooks),
        )

    def again(self) -> float:
        """Return the seconds of the command where nothing has changed."""
        return seconds(self.command, self.project)

    def record(self) -> dict[str, Any]:
        """Return what the last run that made anything cost."""
        path = self.project / "reports" / self.district / self.year / "run.json"
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return found


@dataclass(frozen=True)
class Stage:
    """Commands that do not need each other's results."""

    name: str
    commands: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class ByHand:
    """The same notebooks, data and checks with other tools.

    Attributes
    ----------
    python : Path
        Of the environment whose tools are used.
    tools : Tools
    n_at_once : int
        How many commands of a stage run side by side.
    """

    label: str
    project: Path
    district: str
    year: str
    python: Path
    tools: Tools
    n_at_once: int = 1

    def warm_up(self) -> None:
        """Type the first command of each stage."""
        forget(self.project)
        for stage in self.stages():
            seconds(stage.commands[0], self.project)

    def run(self) -> Measured:
        """Make the pages anew, timing each stage."""
        forget(self.project)
        return self.make()

    def make(self) -> Measured:
        """Make the pages beside what was made before."""
        steps = {stage.name: self._take(stage) for stage in self.stages()}
        stems = stems_of(self.project)
        executed = tuple(self.folder / self.tools.executed / f"{one}.ipynb" for one in stems)
        pages = tuple(self.folder / self.tools.pages / f"{one}.html" for one in stems)
        require(*executed, *pages)
        times = [self.tools.cell_seconds(path) for path in executed]
        return Measured(steps, None if None in times else sum(filter(None, times)), pages, executed)

    @property
    def folder(self) -> Path:
        """Where it all goes."""
        return self.project / "by-hand" / f"{self.district}-{self.year}"

    def stages(self) -> list[Stage]:
        """Return what a person types, in order."""
        self.folder.mkdir(parents=True, exist_ok=True)
        scripts = self.project / "benchmarks" / "by_hand"
        words = (self.district, self.year)
        computing = [
            Stage(name, (typed(self.python, scripts / f"{name}.py", *words),))
            for name in ("validate", "compute")
        ]
        return [*computing, *self.tools.stages(self)]

    def tool(self, name: str) -> Path:
        """Return a program of the environment."""
        return self.python.parent / name

    def _take(self, stage: Stage) -> float:
        started = time.perf_counter()
        with ThreadPoolExecutor(self.n_at_once) as beside:
            list(beside.map(lambda one: seconds(one, self.project), stage.commands))
        return time.perf_counter() - started


@dataclass(frozen=True)
class Tools:
    """What executes notebooks and makes pages of them, and where it leaves both."""

    stages: Callable[[ByHand], list[Stage]]
    cell_seconds: Callable[[Path], float | None]
    executed: str = ""
    pages: str = ""


def with_papermill(hand: ByHand) -> list[Stage]:
    """Execute each notebook with papermill, convert each."""
    return [executing(hand, "papermill"), converting(hand)]


def with_ploomber(hand: ByHand) -> list[Stage]:
    """Execute each notebook with ploomber-engine, convert each."""
    return [executing(hand, "ploomber-engine"), converting(hand)]


def with_book(hand: ByHand) -> list[Stage]:
    """Let Jupyter Book execute and render all."""
    script = hand.project / "benchmarks" / "by_hand" / "book.py"
    return [
        Stage("parameters", (typed(hand.python, script, hand.district, hand.year, hand.folder),)),
        Stage("jupyter-book", (typed(hand.tool("jupyter-book"), "build", hand.folder),)),
    ]


def executing(hand: ByHand, program: str) -> Stage:
    """Return the commands that execute each notebook."""
    parameters = ("-p", "district", hand.district, "-p", "year", hand.year)
    paths = [hand.project / "notebooks" / f"{one}.ipynb" for one in stems_of(hand.project)]
    commands = (
        typed(hand.tool(program), one, hand.folder / one.name, *parameters) for one in paths
    )
    return Stage(program, tuple(commands))


def converting(hand: ByHand) -> Stage:
    """Return the commands that make a page of each executed notebook."""
    words = (hand.tool("jupyter"), "nbconvert", "--to", "html")
    paths = [hand.folder / f"{one}.ipynb" for one in stems_of(hand.project)]
    return Stage("nbconvert", tuple(typed(*words, path) for path in paths))


def typed(*words: object) -> tuple[str, ...]:
    """Return a command as it is typed."""
    return tuple(map(str, words))


def papermill_seconds(notebook: Path) -> float:
    """Return what papermill measured for the cells of an executed notebook."""
    return sum(one.get("papermill", {}).get("duration") or 0.0 for one in cells_metadata(notebook))


def ploomber_seconds(notebook: Path) -> float:
    """Return what ploomber-engine measured."""
    times = [one["ploomber"] for one in cells_metadata(notebook) if "ploomber" in one]
    return float(sum(one["timestamp_end"] - one["timestamp_start"] for one in times))


def cells_metadata(notebook: Path) -> list[dict[str, Any]]:
    """Return what is said of each cell."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell["metadata"] for cell in cells]


PAPERMILL = Tools(with_papermill, papermill_seconds)
PLOOMBER = Tools(with_ploomber, ploomber_seconds)
BOOK = Tools(with_book, lambda _notebook: None, "_build/jupyter_execute", "_build/html")


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
    told(command, project)
    return time.perf_counter() - started


def told(command: Sequence[str], project: Path) -> str:
    """Run one command in the project's folder and return what it printed."""
    return run(
        command,
        "这一步没有成功，无法比较。",
        "This step failed: there is nothing to compare.",
        folder=project,
        ECOREPORT_ROOT=str(project),
        PYTHONPATH=str(project / "src"),
    )


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


def require(*paths: Path) -> None:
    """Look for the files that a run must have left.

    Raises
    ------
    BenchmarkError
        If one is missing.
    """
    for path in paths:
        if not path.is_file():
            raise BenchmarkError(f"{path}\n没有生成这个文件。\nThis file was not made.")
