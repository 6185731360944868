"""``python -m benchmarks.archive [--days N] [--write]``: the whole country's archive of a year.

Ten real days (``ECOREPORT_SHARED``) are repeated with their dates shifted until the year is full.
pandas takes part in a part of the year only; its ratio is that of the same days.
"""

from __future__ import annotations

import argparse
import datetime as dt
import gzip
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from benchmarks.__main__ import PAGE, write_between_marks
from benchmarks.environments import CACHE, ROOT, BenchmarkError, copy_project, tell
from benchmarks.table import cores, load_before, table

YEAR = 2019
FEW_DAYS = 20
RAW = "data/air/cnemc-station-hourly-2019/raw-january-whole-country"
BEGIN, END = (
    "<!-- measured: python -m benchmarks.archive --write -->\n",
    "<!-- archive to here -->\n",
)
MIB = 1024


@dataclass(frozen=True)
class Run:
    """One run of one side."""

    label: str
    n_days: int
    seconds: float
    peak_mib: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the files, measure, print."""
    described = argparse.ArgumentParser(prog="python -m benchmarks.archive", description=__doc__)
    described.add_argument("--days", type=int, default=365, help="files in the folder")
    described.add_argument("--write", action="store_true", help="into docs/performance.md")
    options = described.parse_args(arguments)
    try:
        text = as_markdown(measure(options.days))
        print(text)
        if options.write:
            write_between_marks(PAGE, text, BEGIN, END)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def measure(n_days: int) -> list[Run]:
    """Run every side over the files of some days, and pandas over a few of them.

    Raises
    ------
    BenchmarkError
    """
    few = min(FEW_DAYS, n_days)
    project = copy_project(CACHE / "archive-project")
    year, part = (daily_files(count) for count in (n_days, few))
    by_hand = project / "benchmarks" / "by_hand"
    runs = []
    for label, n, command in (
        ("reading alone (polars)", n_days, [by_hand / "archive_read.py", year]),
        ("make archive", n_days, ours(year)),
        ("make archive, a few days", few, ours(part)),
        (
            "pandas, a few days",
            few,
            [by_hand / "archive_pandas.py", str(YEAR), part, CACHE / "archive-pandas.csv"],
        ),
    ):
        seconds, peak_mib = run([sys.executable, *map(str, command)], project)
        runs.append(Run(label, n, seconds, peak_mib))
        tell(f"{label} {seconds:.1f} s", f"{label} {seconds:.1f} s")
    return runs


def ours(folder: Path) -> list[str]:
    """Return the command that takes a folder in."""
    return ["-m", "ecoreport", "archive", "--from", str(folder), "-q"]


def run(command: Sequence[str], project: Path) -> tuple[float, float]:
    """Return the seconds and the largest resident size (MiB) of a command and its children."""
    # A shell of Python's own in between: it waits for one child, whose peak is its own.
    watcher = (
        "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    )
    environment = os.environ | {
        "PYTHONPATH": str(project / "src"),
        "ECOREPORT_ROOT": str(project),
        "YEAR": str(YEAR),
    }
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", watcher, *command],
        cwd=project, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    seconds = time.perf_counter() - start
    if done.returncode:
        raise BenchmarkError(f"{' '.join(command)}\n{done.stderr}")
    return seconds, float(done.stdout.split()[-1]) / MIB


def daily_files(n_days: int) -> Path:
    """Return a folder of plain daily files: the real ones, in turn, under other dates.

    Raises
    ------
    BenchmarkError
        Without the real ones.
    """
    raw = Path(os.environ.get("ECOREPORT_SHARED") or ROOT.parent / "shared") / RAW
    real = sorted(raw.glob("china_sites_*.csv.gz"))
    if not real:
        raise BenchmarkError(f"没有真实数据 · no real days: {raw}")
    folder = CACHE / f"archive-{n_days}"
    folder.mkdir(parents=True, exist_ok=True)
    first = dt.date(YEAR, 1, 1)
    for number, source in zip(range(n_days), cycle(real), strict=False):
        day = f"{first + dt.timedelta(number):%Y%m%d}"
        path = folder / f"china_sites_{day}.csv"
        if not path.exists():
            written = source.name.removeprefix("china_sites_")[:8]
            text = gzip.decompress(source.read_bytes()).decode("utf-8-sig")
            path.write_text(text.replace(f"\n{written},", f"\n{day},"), encoding="utf-8")
    return folder


def as_markdown(runs: Sequence[Run]) -> str:
    """Return the table: each side against the first that read as many days."""
    rows = []
    for one in runs:
        against = next(other for other in runs if other.n_days == one.n_days)
        rows.append(
            (
                one.label,
                f"{one.n_days}",
                f"{one.seconds:.1f}",
                f"{one.seconds / against.seconds:.1f}×",
                f"{one.peak_mib:.0f}",
            )
        )
    head = ("", "days", "seconds", "times as long", "peak MiB")
    return f"{cores()} cores, load {load_before():.1f} before\n\n{table(head, rows)}\n"


if __name__ == "__main__":
    sys.exit(main())
