"""What happens in the process of one notebook, warm or new.

Imports of this module stay light: the parent imports it, and a new process must set its
environment before anything heavy is imported.
"""

from __future__ import annotations

import faulthandler
import importlib
import os
import signal
import sys
import tempfile
import threading
import traceback
from dataclasses import dataclass
from multiprocessing import connection, parent_process
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ecoreport import garbage
from ecoreport.errors import EcoReportError, words_of
from ecoreport.i18n import use_locale
from ecoreport.run.causes import cause_of_exception
from ecoreport.run.job import Job, NotebookError, NotebookJob, Status, Step

if TYPE_CHECKING:
    from ecoreport.run.execute import Executed, Failure

ORPHAN_GRACE_SECONDS = 30


@dataclass(frozen=True)
class Task:
    """All that a child is given."""

    job: Job
    engine: str
    before: str | None
    after: str | None
    timeout: float | None
    locale: str
    environment: dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What a child gives back; see `JobResult` for the fields."""

    status: Status
    error: NotebookError | None
    cell_seconds: tuple[float, ...] = ()
    peak_memory_mib: float | None = None
    stderr: str = ""
    after: Any = None


def prepare_imports() -> None:
    """Set what must be set before numpy, matplotlib and jsonschema are imported."""
    garbage.put_off()
    # A fork server must not have threads; numpy and pyarrow start theirs when imported.
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    os.environ["JE_ARROW_MALLOC_CONF"] = "background_thread:false"
    # As kernels do where nothing is set; a setting of the caller would lose every figure.
    os.environ["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    # jsonschema imports it if it is there, which takes a second, for a format that no notebook
    # uses; it validates as well without.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]


def run_child(task: Task, channel: connection.Connection) -> None:
    """Execute a notebook and do what comes after, or take a step; send an `Outcome`.

    Before each cell its number is sent, so that the parent knows where a process died.
    """
    _belong_to_parent()
    use_locale(task.locale)
    try:
        job = task.job
        # Where not even a log can be written, the parent is told why.
        _write_below_to(job.log, task.timeout)
        os.environ.clear()
        os.environ.update(task.environment)
        prepare_imports()
        garbage.look_seldom()
        outcome = _step(job) if isinstance(job, Step) else _run(task, job, channel)
    except Exception as error:
        _log_unless_told(error)
        outcome = Outcome("failed", _outside_cells(error))
    channel.send(outcome)


def _step(step: Step) -> Outcome:
    # What is printed is for the log.
    os.dup2(2, 1)
    result = _load(step.call)(**step.arguments)
    return Outcome("done", None, peak_memory_mib=peak_memory_mib(), after=result)


def _run(task: Task, job: NotebookJob, channel: connection.Connection) -> Outcome:
    import numpy as np  # noqa: PLC0415

    from ecoreport.run.execute import execute  # noqa: PLC0415

    # Forked children would all draw the same random numbers.
    np.random.seed()
    if task.before is not None and task.engine == "warm":
        _load(task.before)(job)
    executed = execute(job, task.engine, channel.send)
    # What is printed from here on is no output of a cell.
    os.dup2(2, 1)
    if executed.failure is not None:
        return _outcome(executed, "failed", _in_cell(executed.failure))
    if task.after is None:
        return _outcome(executed, "done")
    try:
        result = _load(task.after)(executed.notebook, job)
    except Exception as error:
        _log_unless_told(error)
        return _outcome(executed, "failed", _outside_cells(error))
    return _outcome(executed, "done", after=result)


def _log_unless_told(error: Exception) -> None:
    """Write to the log where an error arose, unless it is one that a person can mend."""
    if not isinstance(error, (EcoReportError, OSError)):
        traceback.print_exc()
        sys.stderr.flush()


def _load(name: str) -> Any:
    module, _, function = name.partition(":")
    return getattr(importlib.import_module(module), function)


def _outcome(
    executed: Executed, status: Status, error: NotebookError | None = None, after: object = None
) -> Outcome:
    return Outcome(status, error, executed.cell_seconds, peak_memory_mib(), executed.stderr, after)


def _in_cell(failure: Failure) -> NotebookError:
    cause = cause_of_exception(failure.name, failure.value)
    return NotebookError(failure.cell, failure.name, failure.value, cause)


def _outside_cells(error: Exception) -> NotebookError:
    name, value = type(error).__name__, str(error)
    if isinstance(error, (EcoReportError, OSError)):
        return NotebookError(None, name, value, words_of(error))
    return NotebookError(None, name, value, cause_of_exception(name, value))


def peak_memory_mib() -> float | None:
    """Return the largest resident size of this process or of a kernel it waited for, in MiB."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return None
    processes = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    sizes = (resource.getrusage(who).ru_maxrss for who in processes)
    bytes_per_unit = 1 if sys.platform == "darwin" else 1024
    return max(sizes) * bytes_per_unit / 2**20


def _belong_to_parent() -> None:
    """End with all that the cells started when the parent ends, however it ends."""
    if hasattr(os, "setsid"):
        os.setsid()
    parent = parent_process()
    assert parent is not None, "runs in a child process only"  # noqa: S101

    def watch() -> None:
        connection.wait([parent.sentinel])
        if hasattr(os, "killpg"):
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent-watch").start()


def _write_below_to(log: Path, timeout: float | None) -> None:
    """Point descriptors 1 and 2 to files, and let crashes write where they happened."""
    error_file = os.open(log, os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND, 0o644)
    os.dup2(error_file, 2)
    os.close(error_file)
    with tempfile.TemporaryFile() as output_file:
        os.dup2(output_file.fileno(), 1)
    faulthandler.enable(file=2)
    if timeout is not None:
        # Only where neither the parent nor the watching thread can act any more.
        faulthandler.dump_traceback_later(timeout + ORPHAN_GRACE_SECONDS, exit=True, file=2)
