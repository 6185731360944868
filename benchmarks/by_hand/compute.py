"""Compute what the notebooks show, from checked data: ``compute.py DISTRICT YEAR``.

What ``validate.py`` read and found is taken from data/processed, not done again.
"""

from __future__ import annotations

import sys

from ecoreport.config.load import load_catalogue
from ecoreport.prepare import keep, prepare
from ecoreport.progress import QUIET, Progress
from ecoreport.project import Project


def main(district: str, year: str) -> None:
    project = Project.here()
    pair = project.pair(district, year)
    keep(project, prepare(project, load_catalogue(project), pair, None, Progress(QUIET)))


if __name__ == "__main__":
    main(*sys.argv[1:])
