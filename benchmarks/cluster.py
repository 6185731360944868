"""``python -m benchmarks.cluster [--districts 2] [--years 2016-2018] [--write]``.

The same district-years of synthetic districts on one worker and on two, each with a core of its
own; what they cost, what travels, and what the country would take by these measurements.
``--districts 1 --years 2016`` tries it in a minute.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import psutil

from benchmarks.batch import synthesize
from benchmarks.environments import CACHE, ROOT, BenchmarkError, copy_project, environ, tell
from benchmarks.page import write_between_marks
from benchmarks.table import cores, load_before, table
from benchmarks.travels import Sizes, sizes, store
from ecoreport.cluster.quiet import silence

PAGES = (ROOT / "docs" / "cluster.md", ROOT / "docs" / "cluster.zh-CN.md")
BEGIN, END = (
    "<!-- measured: python -m benchmarks.cluster --write -->\n",
    "<!-- cluster to here -->\n",
)
N_DISTRICTS, N_YEARS = 2800, 6
N_COUNTRY = N_DISTRICTS * N_YEARS
KIB, MIB, GIB = 2**10, 2**20, 2**30
PORT = 18900


@dataclass(frozen=True)
class Batch:
    """One batch of district-years."""

    n_workers: int
    seconds: float
    costs: list[dict[str, float]]
    """Of each district-year, as ``run.json`` has them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print."""
    described = argparse.ArgumentParser(prog="python -m benchmarks.cluster", description=__doc__)
    described.add_argument("--districts", type=int, default=2, help="how many, synthetic")
    described.add_argument("--years", default="2016-2018")
    described.add_argument("--write", action="store_true", help="into docs/cluster.md")
    options = described.parse_args(arguments)
    if options.write and options.districts < 2:
        described.error("--write: a district more is measured against another")
    load_before()
    silence(logging.CRITICAL)
    project = copy_project(CACHE / "cluster-project")
    districts = ",".join(synthesize(project, options.districts))
    try:
        batches = [measured(project, n, districts, options.years) for n in (1, min(2, cores()))]
        home = brought_home(project, districts, options.years)
        text = as_markdown(batches, home, sizes(project))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    print(text)
    if options.write:
        for page in PAGES:
            write_between_marks(page, text, BEGIN, END)
    return 0


def measured(project: Path, n_workers: int, districts: str, years: str) -> Batch:
    """Make district-years from nothing.

    Raises
    ------
    BenchmarkError
    """
    shutil.rmtree(store(project), ignore_errors=True)
    with cluster(project, n_workers) as address:
        seconds = batch(project, address, districts, years)
    costs = [
        {
            **about["elsewhere"],
            "peak_mib": max(one["peak_memory_mib"] for one in about["notebooks"]),
        }
        for path in sorted(project.glob("reports/*/*/run.json"))
        for about in [json.loads(path.read_text("utf-8"))]
    ]
    tell(f"{n_workers} 个工作进程 {seconds:.1f} 秒", f"{n_workers} workers {seconds:.1f} s")
    return Batch(n_workers, seconds, costs)


def brought_home(project: Path, districts: str, years: str) -> float:
    """Return the seconds of a batch that the store has: what is left is this machine's own work.

    Raises
    ------
    BenchmarkError
    """
    with cluster(project, 1) as address:
        return batch(project, address, districts, years)


def batch(project: Path, address: str, districts: str, years: str) -> float:
    """Return the seconds of ``make reports`` where nothing is at hand.

    Raises
    ------
    BenchmarkError
    """
    for name in ("reports", "data/processed"):
        shutil.rmtree(project / name, ignore_errors=True)
    given = {
        "DISTRICTS": districts,
        "YEARS": years,
        "SCHEDULER": address,
        "STORE": str(store(project)),
    }
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "ecoreport", "reports"],
        cwd=project, env=environ(**of_project(project), **given), capture_output=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise BenchmarkError(done.stderr.decode(errors="replace")[-2000:])
    return time.perf_counter() - start


@contextmanager
def cluster(project: Path, n_workers: int) -> Iterator[str]:
    """Start workers that have one core each; give the scheduler's address."""
    own = sorted(os.sched_getaffinity(0))[:n_workers] if hasattr(os, "sched_getaffinity") else []
    process = subprocess.Popen(
        [sys.executable, "-m", "ecoreport", "cluster"],
        cwd=project,
        env=environ(**of_project(project), WORKERS=str(n_workers), PORT=str(PORT)),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    # Before it has started any process or counted the cores.
    if own:
        psutil.Process(process.pid).cpu_affinity(own)
    try:
        said = ""
        for line in process.stderr or ():
            said += line
            if "Ctrl-C" in line:
                break
        found = re.search(r"tcp://[\d.]+:\d+", said)
        if found is None:
            raise BenchmarkError(said)
        yield found[0]
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def of_project(project: Path) -> dict[str, str]:
    """Return the variables with which Python finds the copy."""
    return {"PYTHONPATH": str(project / "src"), "ECOREPORT_ROOT": str(project)}


def as_markdown(batches: Sequence[Batch], home: float, found: Sizes) -> str:
    """Return the tables."""
    first = batches[0]
    n = len(first.costs)
    head = (
        "工作进程 · workers",
        "区县年 · district-years",
        "秒 · seconds",
        "每小时 · per hour",
        "",
    )
    scaling = [
        (
            f"{one.n_workers}",
            f"{n}",
            f"{one.seconds:.1f}",
            f"{3600 * n / one.seconds:.0f}",
            f"{first.seconds / one.seconds:.2f}×",
        )
        for one in batches
    ]
    parts = (
        f"{cores()} cores, load {load_before():.1f} before; each worker has one core",
        table(head, scaling),
        table(("一个区县年 · a district-year", ""), costs(first, home / n, found)),
        table(
            ("全国六年 · the country, six years", ""), country(first.seconds / n, home / n, found)
        ),
    )
    return "\n\n".join(parts) + "\n"


def costs(batch: Batch, own_seconds: float, found: Sizes) -> list[tuple[str, str]]:
    """Return what a district-year costs."""
    seconds = median(one["wall_seconds"] for one in batch.costs)
    peak = max(one["peak_mib"] for one in batch.costs)
    return [
        ("一个核的秒数 · seconds of one core", f"{seconds:.1f}"),
        ("发起机器的秒数 · seconds of the machine that asks", f"{own_seconds:.2f}"),
        ("笔记本最大内存 · peak memory of a notebook, MiB", f"{peak:.0f}"),
        (
            "发起机器认出无变化的秒数 · seconds in which it is found unchanged there",
            f"{found.looking:.2f}",
        ),
        ("共用的数据包 · the part that all share, KiB", f"{found.shared / KIB:.0f}"),
        ("自己的数据包 · parts of its own, KiB", f"{found.parts / KIB:.0f}"),
        ("送回的结果 · what comes back, KiB", f"{found.outcome / KIB:.0f}"),
        ("放好以后 · in its place, KiB", f"{found.standing / KIB:.0f}"),
        ("其中文件数 · files there", f"{found.n_files:.0f}"),
        ("任务本身 · the job itself, bytes", f"{found.job}"),
        (
            "调度器中每个等待的任务 · the scheduler, for each waiting job, KiB",
            f"{found.waiting / KIB:.1f}",
        ),
    ]


def country(core_seconds: float, own_seconds: float, found: Sizes) -> list[tuple[str, str]]:
    """Return what the country would take, computed from what was measured."""
    core_hours = N_COUNTRY * core_seconds / 3600
    return [
        ("区县年 · district-years", f"{N_DISTRICTS:,} × {N_YEARS} = {N_COUNTRY:,}"),
        ("核·小时 · core-hours", f"{core_hours:,.0f}"),
        *(
            (f"{one} 核的小时数 · hours of {one} cores", f"{core_hours / one:,.1f}")
            for one in (16, 64)
        ),
        (
            "发起机器的小时数 · hours of the machine that asks",
            f"{N_COUNTRY * own_seconds / 3600:,.1f}",
        ),
        ("它供得上的核数 · cores that it keeps busy", f"{core_seconds / own_seconds:.0f}"),
        (
            "续做前查看的小时数 · hours of looking before it goes on",
            f"{N_COUNTRY * found.looking / 3600:,.1f}",
        ),
        (
            "每做一遍，存储增加 · the store, more by each run, GiB",
            f"{N_COUNTRY * found.outcome / GIB:.0f}",
        ),
        (
            "发起机器的磁盘 · disk of the machine that asks, GiB",
            f"{N_COUNTRY * found.standing / GIB:.0f}",
        ),
        (
            "发起机器的文件数 · files of the machine that asks",
            f"{N_COUNTRY * found.n_files / 1e6:.1f} M",
        ),
        (
            "如一次提交，调度器的内存 · the scheduler, were all sent at once, MiB",
            f"{N_COUNTRY * found.waiting / MIB:.0f}",
        ),
        (
            "网站搜索索引 · the site's search index, MiB",
            f"{N_DISTRICTS * found.index / MIB:.1f}",
        ),
        (
            "一个指标的网页 · the page of an indicator, MiB",
            f"{N_COUNTRY * found.indicator / MIB:.1f}",
        ),
    ]


if __name__ == "__main__":
    sys.exit(main())
