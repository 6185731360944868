"""What is to be run, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ecoreport.errors import NotebookFailedError
from ecoreport.i18n import _

Status = Literal["done", "failed", "died", "timed_out"]


@dataclass(frozen=True)
class NotebookJob:
    """One notebook with its parameters.

    Parameters
    ----------
    notebook : Path
        The source; never changed.
    output : Path
        Where the executed notebook goes, whole or not at all; an earlier one is removed when
        this one starts. Its log lies beside it.
    parameters : Mapping
        Values for the cell tagged ``parameters``.
    cwd : Path or None
        Folder the cells run in; the notebook's own by default, as in JupyterLab.
    options : Mapping
        What the step after execution needs to know; the notebook does not see it.
    """

    notebook: Path
    output: Path
    parameters: Mapping[str, object] = field(default_factory=dict)
    cwd: Path | None = None
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Name of its process."""
        return self.notebook.stem

    @property
    def log(self) -> Path:
        """What the process wrote besides outputs of cells: crashes, messages of C libraries."""
        return self.output.with_suffix(".log")

    @property
    def unfinished(self) -> Path:
        """The executed notebook before it gets its name."""
        return self.output.with_name(f".{self.output.stem}.unfinished.ipynb")

    def start(self) -> None:
        """Make room: no output of an earlier run stays."""
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self.output.unlink(missing_ok=True)

    def end(self) -> None:
        """Remove what a process that was ended left."""
        self.unfinished.unlink(missing_ok=True)


@dataclass(frozen=True)
class Step:
    """A function to be called in a process of its own.

    Parameters
    ----------
    name : str
        For people and logs: ``observe-hailing-2018``.
    call : str
        ``module:function``; what it returns must be picklable.
    arguments : Mapping
        What it is called with, picklable.
    log : Path
        What its process writes to stderr; removed where that is nothing.
    inputs : Mapping
        SHA-256 of the files that it reads, by their path below the project: what must travel
        with it to another machine.
    """

    name: str
    call: str
    arguments: Mapping[str, Any]
    log: Path
    inputs: Mapping[str, str] = field(default_factory=dict)

    def start(self) -> None:
        """Make room for the log."""
        self.log.parent.mkdir(parents=True, exist_ok=True)

    def end(self) -> None:
        """Leave nothing: a step puts its results in place whole or not at all."""


Job = NotebookJob | Step


@dataclass(frozen=True)
class NotebookError:
    """Why a notebook stopped.

    Parameters
    ----------
    cell : int or None
        Number of the cell in the source notebook, counted from 1 over all; None outside cells.
    name, value : str
        The exception as Python names it; empty where the process died.
    cause : str
        One sentence for people, translated.
    """

    cell: int | None
    name: str
    value: str
    cause: str


@dataclass(frozen=True)
class JobResult:
    """What became of one job.

    Parameters
    ----------
    job : NotebookJob or Step
    status : {"done", "failed", "died", "timed_out"}
        ``failed``: a cell or the step after it raised; the executed notebook of a failed cell
        is kept. ``died``: the process ended. ``timed_out``: it was ended.
    error : NotebookError or None
    cell_seconds : tuple of float
        Time of each cell of the executed notebook, with the injected one.
    wall_seconds : float
        From starting the child to its end.
    peak_memory_mib : float or None
        Largest resident size of the process; None where the platform does not tell. In a warm
        child most of it is shared with the other children.
    stderr : str
        What the cells wrote to stderr: warnings, mostly.
    log : Path or None
        None if nothing was written.
    after : object
        What a step, or the step after execution, returned.
    """

    job: Job
    status: Status
    error: NotebookError | None = None
    cell_seconds: tuple[float, ...] = ()
    wall_seconds: float = 0.0
    peak_memory_mib: float | None = None
    stderr: str = ""
    log: Path | None = None
    after: Any = None

    def describe_failure(self) -> str:
        """Return notebook, cell, cause and where to look, as one paragraph for people."""
        if self.error is None:
            return ""
        if isinstance(self.job, Step):
            return "\n".join([self.error.cause, *self._log_line()])
        place = (
            _("第 {cell} 个单元格").format(cell=self.error.cell)
            if self.error.cell is not None
            else _("单元格之外")
        )
        lines = [
            _("笔记本 {notebook} 在{place}出错：{cause}").format(
                notebook=self.job.notebook.name, place=place, cause=self.error.cause
            )
        ]
        if self.job.output.exists():
            lines.append(_("出错后的笔记本：{path}").format(path=self.job.output))
        return "\n".join([*lines, *self._log_line()])

    def _log_line(self) -> list[str]:
        return [_("日志：{path}").format(path=self.log)] if self.log is not None else []


def raise_if_failed(results: Iterable[JobResult]) -> None:
    """Raise if any notebook did not finish.

    Raises
    ------
    NotebookFailedError
        Naming every notebook that failed, the cell and the cause.
    """
    failures = [result.describe_failure() for result in results if result.error is not None]
    if failures:
        raise NotebookFailedError("\n".join(failures))
