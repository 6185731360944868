"""Each chart of a report beside the bare drawing of its marks: ``charts.py DISTRICT YEAR ROUNDS``.

Cells of the executed notebooks are run again to learn which function draws a chart, and of what.
"""

from __future__ import annotations

from ecoreport.run.child import prepare_imports

prepare_imports()

# ruff: noqa: E402
import functools
import importlib
import inspect
import io
import json
import pkgutil
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output
from marks import AxesMarks, draw, marks_of
from matplotlib.figure import Figure

import ecoreport.charts
from ecoreport import show
from ecoreport.charts.chart import Chart
from ecoreport.charts.style import drawing
from ecoreport.handed import hand_over, take_over
from ecoreport.project import Project
from ecoreport.report import open_report

MADE: dict[Figure, Callable[[], Chart]] = {}
"""How to draw each chart again; its words may have been replaced afterwards."""
SHOWN: dict[str, Chart] = {}
"""By the chart's id on its page."""


def main(district: str, year: str, n_rounds: str) -> None:
    project = Project.here()
    record_charts()
    show.chart = note
    report = open_report(district, int(year))
    handed = hand_over(report)
    for path in sorted(project.processed(report.pair).glob("**/executed/zh/*.ipynb")):
        run_cells(path, handed)
    print(
        json.dumps([measured(name, MADE[one.figure], int(n_rounds)) for name, one in SHOWN.items()])
    )


def note(drawing: Chart, identifier: str, provenance: object) -> None:  # noqa: ARG001 - as shown
    """Note a chart in place of showing it."""
    SHOWN[identifier] = drawing


def record_charts() -> None:
    """Have every function that draws a chart note what it was called with."""
    for found in pkgutil.iter_modules(ecoreport.charts.__path__):
        module = importlib.import_module(f"ecoreport.charts.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if inspect.signature(function).return_annotation == Chart.__name__:
                setattr(module, name, recorded(function))


def recorded(function: Callable[..., Chart]) -> Callable[..., Chart]:
    """Return the function, noting its calls."""

    @functools.wraps(function)
    def drawn(*values: Any, **named: Any) -> Chart:
        again = functools.partial(function, *values, **named)
        chart = again()
        MADE[chart.figure] = again
        return chart

    return drawn


def run_cells(executed: Path, handed: bytes) -> None:
    """Run the cells of a notebook, its parameters among them."""
    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    take_over(handed)
    for cell in nbformat.read(executed, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output():
                result = shell.run_cell(cell.source)
            result.raise_error()


def measured(identifier: str, again: Callable[[], Chart], n_rounds: int) -> dict[str, Any]:
    """Return the seconds of drawing a chart into its page, and of drawing its marks, in turn."""
    chart = again()
    chart.html(identifier)
    width, height = chart.figure.get_size_inches()
    size = float(width), float(height)
    marks = marks_of(chart.figure)
    bare(size, marks)
    ours, bares = [], []
    for _round in range(n_rounds):
        ours.append(seconds(lambda: again().html(identifier)))
        bares.append(seconds(lambda: bare(size, marks)))
    n_marks = sum(len(one.makers) for one in marks)
    return {"chart": identifier, "n_marks": n_marks, "ours": ours, "bare": bares}


def bare(size: tuple[float, float], marks: list[AxesMarks]) -> str:
    """Return the marks as SVG, in the same fonts and with text as text."""
    stream = io.StringIO()
    with drawing():
        draw(size, marks).savefig(stream, format="svg", metadata={"Date": None})
    return stream.getvalue()


def seconds(what: Callable[[], object]) -> float:
    """Return the processor time of a call, which others on the machine do not lengthen."""
    started = time.process_time()
    what()
    return time.process_time() - started


if __name__ == "__main__":
    main(*sys.argv[1:])
