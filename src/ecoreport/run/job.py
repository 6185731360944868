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
    def log(self) -> Path:
        """What the process wrote besides outputs of cells: crashes, messages of C libraries."""
        return self.output.with_suffix(".log")

    @property
    def unfinished(self) -> Path:
        """The executed notebook before it gets its name."""
        return self.output.with_name(f".{self.output.stem}.unfinished.ipynb")


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
class NotebookResult:
    """What became of one job.

    Parameters
    ----------
    job : NotebookJob
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
        What the step after execution returned.
    """

    job: NotebookJob
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
        if self.log is not None:
            lines.append(_("日志：{path}").format(path=self.log))
        return "\n".join(lines)


def raise_if_failed(results: Iterable[NotebookResult]) -> None:
    """Raise if any notebook did not finish.

    Raises
    ------
    NotebookFailedError
        Naming every notebook that failed, the cell and the cause.
    """
    failures = [result.describe_failure() for result in results if result.error is not None]
    if failures:
        raise NotebookFailedError("\n".join(failures))
