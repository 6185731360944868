"""What a measurement found, and its place in the documentation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.environments import ROOT, BenchmarkError

PAGE = ROOT / "docs" / "performance.md"


@dataclass(frozen=True)
class Part:
    """A part of the benchmark: its tables in Markdown, and every single time."""

    text: str
    data: Mapping[str, Any]


def marks(name: str) -> tuple[str, str]:
    """Return the two lines between which a part stands."""
    first = f"<!-- measured: python -m benchmarks --only {name} --write -->\n"
    return first, f"<!-- {name} to here -->\n"


def write_between_marks(page: Path, text: str, first: str, last: str) -> None:
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
