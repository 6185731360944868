"""What executing and rendering cost when nothing but them is done: ``floor.py DISTRICT YEAR``.

Every notebook is executed and rendered twice in this one process; the second time counts. Each
time begins with the report as a child of a run gets it, so that nothing is kept but what was
imported and read.
"""

from __future__ import annotations

from ecoreport.run.child import prepare_imports

prepare_imports()

# ruff: noqa: E402
import json
import sys
import time
from pathlib import Path

import nbformat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from ecoreport import garbage
from ecoreport.handed import hand_over, take_over
from ecoreport.i18n import SOURCE_LOCALE
from ecoreport.project import Project
from ecoreport.render.page import page
from ecoreport.render.site import Site
from ecoreport.report import open_report
from ecoreport.site import site_of


def main(district: str, year: str) -> None:
    garbage.look_seldom()
    project = Project.here()
    report = open_report(district, int(year), locale=SOURCE_LOCALE)
    handed = hand_over(report)
    site = site_of(project, report.catalogue, report.assessment, SOURCE_LOCALE)
    paths = sorted(project.processed(report.pair).glob("**/executed/zh/*.ipynb"))
    for _time in range(2):
        found = {
            path.stem: {"cells": executing(path, handed), "rendering": rendering(path, site)}
            for path in paths
        }
    print(json.dumps(found))


def executing(executed: Path, handed: bytes) -> float:
    """Return the seconds of the cells of a notebook, its parameters among them."""
    shell = InteractiveShell.instance()
    shell.reset(new_session=False)
    take_over(handed)
    seconds = 0.0
    for cell in nbformat.read(executed, as_version=4).cells:
        if cell.cell_type == "code":
            with capture_output():
                started = time.perf_counter()
                result = shell.run_cell(cell.source)
                seconds += time.perf_counter() - started
            result.raise_error()
    return seconds


def rendering(executed: Path, site: Site) -> float:
    """Return the seconds of making a page of an executed notebook."""
    notebook = nbformat.read(executed, as_version=4)
    started = time.perf_counter()
    page(notebook, site)
    return time.perf_counter() - started


if __name__ == "__main__":
    main(*sys.argv[1:])
