"""``python -m benchmarks [--runs N] [--quick] [--json] [--write]``; see docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.environments import (
    CACHE,
    ROOT,
    BenchmarkError,
    compile_sources,
    copy_project,
    lean_environment,
    plain_environment,
    tell,
    versions,
)
from benchmarks.measure import Compared, compare
from benchmarks.sides import ByHand, OneCommand, Side
from benchmarks.table import as_json, as_markdown, load_before

DISTRICT, YEAR = "hailing", "2018"
N_ROUNDS = "5"
QUIET_LOAD = 0.5
"""Processes that others may keep waiting; one command keeps two cores busy, by hand only one."""
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: python -m benchmarks --write -->\n", "<!-- to here -->\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the environments, measure, print."""
    options = parser().parse_args(arguments)
    if options.runs < 1:
        parser().error("--runs: 1, 2, …")
    try:
        compared, known = measure(1 if options.quick else options.runs)
        text = as_markdown(compared, known)
        print(json.dumps(as_json(compared, known), indent=1) if options.json else text)
        if options.write:
            write_between_marks(PAGE, text)
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the options; RUNS=3 may also stand in the environment, as make gives it."""
    described = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="一份报告的用时，与手工流程比较 · A report against the same work by hand",
    )
    rounds = os.environ.get("RUNS") or N_ROUNDS
    described.add_argument(
        "--runs", type=int, default=rounds, metavar="N", help="每方运行次数 · rounds measured"
    )
    described.add_argument("--quick", action="store_true", help="只测一次 · one round only")
    described.add_argument("--json", action="store_true", help="全部用时 · every single time")
    described.add_argument(
        "--write", action="store_true", help=f"写入 · put the tables into {PAGE.relative_to(ROOT)}"
    )
    return described


def measure(n_rounds: int) -> tuple[list[Compared], dict[str, Mapping[str, str]]]:
    """Measure this project against both environments.

    Raises
    ------
    BenchmarkError
    """
    project = copy_project(CACHE / "project")
    pythons = {
        "by hand, plain pip install": plain_environment(CACHE),
        "by hand, lean environment": lean_environment(project),
    }
    for python in pythons.values():
        compile_sources(python, project)
    command = ("make", "report", f"DISTRICT={DISTRICT}", f"YEAR={YEAR}")
    sides: list[Side] = [
        OneCommand("make report", project, DISTRICT, YEAR, command),
        *(ByHand(label, project, DISTRICT, YEAR, python) for label, python in pythons.items()),
    ]
    known = {label: versions(python) for label, python in pythons.items()}
    tell(f"每方 {n_rounds} 次", f"rounds: {n_rounds}")
    if load_before() > QUIET_LOAD:
        tell(
            f"机器正忙（负载 {load_before():.1f}），用时和倍数都不可靠",
            "the machine is busy: neither times nor ratios can be trusted",
        )
    return compare(sides, n_rounds, lambda line: print(line, file=sys.stderr, flush=True)), known


def write_between_marks(page: Path, text: str, first: str = BEGIN, last: str = END) -> None:
    """Replace what stands between the two marks of a page.

    Raises
    ------
    BenchmarkError
        If a mark is missing.
    """
    before, begin, rest = page.read_text(encoding="utf-8").partition(first)
    _old, end, after = rest.partition(last)
    if not (begin and end):
        raise BenchmarkError(
            f"{page}\n页面中缺少标记，未写入。\nA mark is missing there: nothing was written."
        )
    page.write_text(f"{before}{first}\n{text}\n{last}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
