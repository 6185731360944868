"""``python -m benchmarks [--only PART] [--runs N] [--quick] [--json] [--write]``.

See docs/performance.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping, Sequence

from benchmarks import batch, charts, costs, report
from benchmarks.environments import ROOT, BenchmarkError, tell
from benchmarks.page import PAGE, Part, marks, write_between_marks
from benchmarks.table import cores, load_before

QUIET_LOAD = 0.5
"""Processes that others may keep waiting; one command keeps two cores busy, by hand only one."""
PARTS: Mapping[str, tuple[Callable[[int], Part], int]] = {
    "report": (report.measure, 1),
    "costs": (costs.measure, 5),
    "charts": (charts.measure, 5),
    "batch": (batch.measure, 1),
}
"""How each part is measured, and in how many rounds: in twenty minutes all."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the environments, measure, print."""
    options = parser().parse_args(arguments)
    if options.runs is not None and options.runs < 1:
        parser().error("--runs: 1, 2, …")
    if options.only not in (None, *PARTS):
        parser().error(f"--only: {', '.join(PARTS)}")
    if load_before() > QUIET_LOAD:
        tell(
            f"机器正忙（负载 {load_before():.1f}），用时和倍数都不可靠",
            "the machine is busy: neither times nor ratios can be trusted",
        )
    data: dict[str, object] = {
        "machine": {"system": platform.platform(), "cores": cores(), "load": load_before()}
    }
    try:
        for name in [options.only] if options.only else PARTS:
            tell(f"正在测量 {name}", f"measuring {name}")
            measure, n_rounds = PARTS[name]
            part = measure(1 if options.quick else options.runs or n_rounds)
            data[name] = part.data
            if not options.json:
                print(part.text, flush=True)
            if options.write:
                write_between_marks(PAGE, part.text, *marks(name))
    except BenchmarkError as error:
        print(error, file=sys.stderr)
        return 1
    if options.json:
        print(json.dumps(data, indent=1, ensure_ascii=False))
    return 0


def parser() -> argparse.ArgumentParser:
    """Describe the options; RUNS=3 and ONLY=batch may also stand in the environment."""
    described = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description="用时，与手工流程比较 · What it costs, against the same work by hand",
    )
    described.add_argument(
        "--runs",
        type=int,
        default=os.environ.get("RUNS") or None,
        metavar="N",
        help="每方运行次数 · rounds measured",
    )
    described.add_argument("--quick", action="store_true", help="只测一次 · one round only")
    described.add_argument(
        "--only",
        metavar="|".join(PARTS),
        default=os.environ.get("ONLY") or None,
        help="只测这一部分 · one part only",
    )
    described.add_argument("--json", action="store_true", help="全部用时 · every single time")
    described.add_argument(
        "--write", action="store_true", help=f"写入 · put the tables into {PAGE.relative_to(ROOT)}"
    )
    return described


if __name__ == "__main__":
    sys.exit(main())
