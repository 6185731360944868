"""Measurements as tables for people, in Markdown."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from functools import cache

from benchmarks.measure import Spread

NOTHING = "—"


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@cache
def load_before() -> float:
    """Return how many processes were waiting on average when this was first asked."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else 0.0


def machine(n_rounds: int) -> str:
    """Return what the times of a table rest on."""
    return (
        f"{platform.system()} {platform.machine()}, {cores()} cores, "
        f"load {load_before():.1f} before; rounds: {n_rounds}; min / median / max"
    )


def seconds(spread: Spread | None) -> str:
    """Return ``8.41 / 8.60 / 9.02``."""
    return figures(spread, "{:.2f}")


def milliseconds(spread: Spread | None) -> str:
    """Return ``84 / 86 / 90`` of a spread in seconds."""
    if spread is None:
        return NOTHING
    return " / ".join(f"{1000 * one:.0f}" for one in (spread.min, spread.median, spread.max))


def factor(ratios: Sequence[float], form: str = "{:.1f}×") -> str:
    """Return ``3.9× / 4.1× / 4.2×``."""
    return figures(Spread.of(ratios), form)


def share(ratios: Sequence[float]) -> str:
    """Return ``2.1 % / 2.2 % / 2.4 %``."""
    return factor([100 * one for one in ratios], "{:.1f} %")


def figures(spread: Spread | None, form: str) -> str:
    """Return the three figures, each in the same form."""
    if spread is None:
        return NOTHING
    return " / ".join(form.format(one) for one in (spread.min, spread.median, spread.max))


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table whose columns stand below each other in a terminal too."""
    lines = [list(head), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join("| " + " | ".join(map(str.ljust, line, widths)) + " |" for line in lines)


def paragraphs(*parts: str) -> str:
    """Return parts of a page with a blank line between them; empty ones are left out."""
    return "\n\n".join(filter(None, parts)) + "\n"
