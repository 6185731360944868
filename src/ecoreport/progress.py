"""What a run tells while it works: a line on a terminal, a log file, the time of each stage."""

from __future__ import annotations

import datetime as dt
import logging
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ecoreport.visible import spelt

logger = logging.getLogger("ecoreport")
WHY = logging.getLogger("ecoreport.why")
QUIET, NORMAL, VERBOSE = -1, 0, 1


@dataclass
class Progress:
    """Stages of one run.

    Attributes
    ----------
    verbosity : int
        Below zero nothing but errors is printed, above zero every stage with its time.
    seconds : dict
        Time of each stage that has ended.
    """

    verbosity: int = NORMAL
    seconds: dict[str, float] = field(default_factory=dict)
    console: Console = field(default_factory=lambda: Console(stderr=True, highlight=False))

    @contextmanager
    def stage(self, name: str, title: str) -> Iterator[None]:
        """Time a stage; on a terminal its title stands while it lasts.

        Parameters
        ----------
        name : str
            Key in ``run.json``; the same name adds up.
        title : str
            What people read.
        """
        start = time.perf_counter()
        logger.info("%s …", title)
        try:
            if self.console.is_terminal and self.verbosity >= NORMAL:
                with self.console.status(title):
                    yield
            else:
                yield
        finally:
            spent = time.perf_counter() - start
            self.seconds[name] = self.seconds.get(name, 0.0) + spent
            logger.info("%s: %.2f s", title, spent)
            if self.verbosity >= VERBOSE:
                self.console.print(f"{title}  {spent:.2f} s", style="dim", markup=False)

    def say(self, text: str) -> None:
        """Print a line that is not an error."""
        told = spelt(text)
        logger.info("%s", told)
        if self.verbosity >= NORMAL:
            self.console.print(told, markup=False, soft_wrap=True)

    def show(self, table: Table) -> None:
        """Print a table."""
        if self.verbosity >= NORMAL:
            self.console.print(table)


def say_why(progress: Progress) -> None:
    """Print what is done again, and why."""
    handler = logging.Handler()
    handler.emit = lambda record: progress.say(record.getMessage())  # type: ignore[method-assign]
    WHY.addHandler(handler)
    WHY.setLevel(logging.INFO)
    # A log file has it as well, what is printed stands there already.
    WHY.propagate = False


class _Log(logging.FileHandler):
    """A log that a full disk cuts short: what stops a run is told by whoever meets it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - of logging
        """Say nothing, where the library would print a traceback."""

    def close(self) -> None:
        """Close the file; what is left of it in memory may find no room any more."""
        with suppress(OSError):
            super().close()


@contextmanager
def log_file(folder: Path, name: str) -> Iterator[Path]:
    """Write what is logged to a new file below `folder`.

    Yields
    ------
    Path
        Of the file: time of start, `name` and the process.
    """
    folder.mkdir(parents=True, exist_ok=True)
    started = dt.datetime.now(tz=dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"{started}-{name}.log"
    handler = _Log(path, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    try:
        yield path
    except BaseException:
        logger.exception("failed on %s", sys.platform)
        raise
    finally:
        logger.removeHandler(handler)
        handler.close()
