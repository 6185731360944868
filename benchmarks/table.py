"""Comparisons as a table for people, in Markdown, and as JSON."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any

from benchmarks.measure import Compared, Spread


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def load_before() -> float:
    """Return how many processes were waiting on average when this was first asked."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def as_markdown(compared: Sequence[Compared], versions: Mapping[str, Mapping[str, str]]) -> str:
    """Return all tables.

    Parameters
    ----------
    compared : sequence of Compared
        The first is what the others are compared with.
    versions : mapping
        By label: of Python and of packages.
    """
    parts = [
        f"{platform.system()} {platform.machine()}, {cores()} cores, "
        f"load {load_before():.1f} before; rounds: {len(compared[0].runs)}; "
        "seconds, min / median / max",
        table(
            ("", "wall", "times as long", "executing cells", "all else"),
            [
                (one.label, seconds(one.wall), factor(one), seconds(one.cells), seconds(one.other))
                for one in compared
            ],
        ),
        *(
            table(
                (one.label, "seconds"),
                [(name, seconds(one.step(name))) for name in one.runs[0].step_seconds],
            )
            for one in compared
        ),
        table(
            ("", *next(iter(versions.values()))),
            [(label, *found.values()) for label, found in versions.items()],
        ),
    ]
    return "\n\n".join(parts) + "\n"


def seconds(spread: Spread) -> str:
    """Return ``8.41 / 8.60 / 9.02``."""
    return f"{spread.min:.2f} / {spread.median:.2f} / {spread.max:.2f}"


def factor(compared: Compared) -> str:
    """Return ``3.9× / 4.1× / 4.2×``."""
    spread = Spread.of(compared.ratios)
    return f"{spread.min:.1f}× / {spread.median:.1f}× / {spread.max:.1f}×"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns stand below each other in a terminal too."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)


def as_json(
    compared: Sequence[Compared], versions: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Return every single time, for other programs."""
    return {
        "machine": {"system": platform.platform(), "cores": cores(), "load": load_before()},
        "versions": versions,
        "sides": [
            {
                "label": one.label,
                "wall_seconds": [run.wall_seconds for run in one.runs],
                "cell_seconds": [run.cell_seconds for run in one.runs],
                "step_seconds": [dict(run.step_seconds) for run in one.runs],
                "ratios": one.ratios,
                "ratio": asdict(Spread.of(one.ratios)),
            }
            for one in compared
        ],
    }
