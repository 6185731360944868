"""What has come back: the rows of this year's workbooks, and of last year's."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.vocabulary import Severity
from ecoreport.ingest.correct import ingest_corrected
from ecoreport.ingest.gather import Ingested
from ecoreport.observe.progress import DATASET
from ecoreport.project import Pair, Project


@dataclass(frozen=True)
class Received:
    """What departments sent, as it was read.

    Attributes
    ----------
    frame : pandas.DataFrame or None
        Canonical rows of ``progress``, of this year and the last; None where nothing came.
    files : tuple of str
        Files of this year that hold rows, relative to the project.
    n_faults : int
        Rows of this year that could not be read, and files.
    """

    frame: pd.DataFrame | None
    files: tuple[str, ...]
    n_faults: int


def received(project: Project, pair: Pair, catalogue: Catalogue) -> Received:
    """Read what has come back for a district and year, and for the year before."""
    own = ingest_corrected(project, pair, catalogue)
    last_year = Pair(pair.district, pair.year - 1)
    frames = [_frame(own)]
    if project.raw(last_year).is_dir():
        frames.append(_frame(ingest_corrected(project, last_year, catalogue)))
    known = [one for one in frames if one is not None]
    stops = own.problems[
        (own.problems["dataset"] == DATASET) & (own.problems["severity"] == Severity.STOP.value)
    ]
    return Received(
        pd.concat(known, ignore_index=True) if known else None,
        tuple(one.path for one in own.sources if one.dataset == DATASET and one.rows),
        int(stops["rows"].sum()),
    )


def _frame(ingested: Ingested) -> pd.DataFrame | None:
    """Return the rows that departments sent: nobody is reminded on demonstration data."""
    return None if ingested.is_demonstration(DATASET) else ingested.frames.get(DATASET)
