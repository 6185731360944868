"""Execute one notebook with papermill, in the process that this runs in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import DeadKernelError
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from ecoreport.run import engine
from ecoreport.run.content import strip_times
from ecoreport.run.job import NotebookJob
from ecoreport.run.parameters import TAG

KERNEL = "python3"
PAPERMILL_ENGINES = {"warm": engine.ENGINE_NAME, "ordinary": "nbclient"}


@dataclass(frozen=True)
class Failure:
    """The exception that stopped a notebook; `cell` counts from 1 in the source."""

    cell: int
    name: str
    value: str


@dataclass(frozen=True)
class Executed:
    """An executed notebook without times, and the times."""

    notebook: NotebookNode
    failure: Failure | None
    cell_seconds: tuple[float, ...]
    stderr: str


def execute(job: NotebookJob, engine_name: str, on_cell: Callable[[int], None]) -> Executed:
    """Execute the notebook of `job` and put it in its place, with the error if a cell raised.

    Parameters
    ----------
    job : NotebookJob
    engine_name : {"warm", "ordinary"}
    on_cell : callable
        Told the number of each cell before it runs, counted from 1 in the source notebook.

    Raises
    ------
    SystemExit
        If an ordinary kernel died: so does this process, and its parent says where.
    """
    source = read_source(job.notebook)
    try:
        with suppress(PapermillExecutionError):
            _run_papermill(source, job, engine_name, on_cell)
    except DeadKernelError as error:
        raise SystemExit(1) from error
    executed = _read(job.unfinished)
    cell_seconds = tuple(_seconds(executed))
    strip_times(executed)
    nbformat.write(executed, job.unfinished)  # type: ignore[no-untyped-call]
    job.unfinished.replace(job.output)
    return Executed(executed, _failure(executed, source), cell_seconds, _stderr(executed))


def read_source(path: Path) -> NotebookNode:
    """Read a notebook; cells without an id are numbered, not given a random one."""
    notebook = _read(path)
    for number, cell in enumerate(notebook.cells):
        cell.setdefault("id", f"cell-{number}")
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    return notebook


def cell_number(source: NotebookNode, cell: NotebookNode) -> int:
    """Return which cell of the source, counted from 1, an executed cell is.

    The one that papermill puts in counts as the one that declares the parameters.
    """
    numbers = {known.id: number for number, known in enumerate(source.cells, start=1)}
    declaring = (known.id for known in source.cells if TAG in known.metadata.get("tags", []))
    return numbers[cell.id if cell.id in numbers else next(declaring)]


def _read(path: Path) -> NotebookNode:
    notebook: NotebookNode = nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    return notebook


def _run_papermill(
    source: NotebookNode, job: NotebookJob, engine_name: str, on_cell: Callable[[int], None]
) -> None:
    def tell(cell: NotebookNode, cell_index: int) -> None:  # noqa: ARG001
        on_cell(cell_number(source, cell))

    options: dict[str, Any] = {"is_capturing_descriptors": True} if engine_name == "warm" else {}
    papermill.execute_notebook(
        source,
        # papermill fills in braces of a path.
        str(job.unfinished).replace("{", "{{").replace("}", "}}"),
        parameters=dict(job.parameters),
        engine_name=PAPERMILL_ENGINES[engine_name],
        # A notebook may carry the name of a kernel of the analyst's own computer.
        kernel_name=KERNEL,
        language="python",
        cwd=str(job.cwd or job.notebook.parent),
        progress_bar=False,
        request_save_on_cell_execute=False,
        autosave_cell_every=0,
        on_cell_start=tell,
        **options,
    )


def _failure(executed: NotebookNode, source: NotebookNode) -> Failure | None:
    """Return the first error; a cell that ended the notebook with ``exit()`` counts as one."""
    for cell in executed.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return Failure(cell_number(source, cell), output.ename, output.evalue)
    return None


def _seconds(executed: NotebookNode) -> list[float]:
    times = (cell.metadata.get("papermill", {}).get("duration") for cell in executed.cells)
    return [time for time in times if time is not None]


def _stderr(executed: NotebookNode) -> str:
    return "".join(
        output.text
        for cell in executed.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream" and output.name == "stderr"
    )
