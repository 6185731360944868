"""Small tables of waste, surveys and nature as departments send them, and what is observed."""

import datetime as dt
from functools import cache

import pandas as pd

from ecoreport.config.catalogue import Catalogue
from ecoreport.config.load import load_catalogue
from ecoreport.observe import observe
from ecoreport.observe.observation import SourceReference
from ecoreport.project import Pair, Project

PAIR = Pair("hailing", 2018)
FILE = "data/raw/hailing/2018/表.xlsx"


@cache
def catalogue() -> Catalogue:
    return load_catalogue(Project.here())


def table(dataset, *rows):
    """Return a canonical frame: each row a few cells, all other columns missing."""
    columns = catalogue().datasets[dataset].columns
    cells = {
        one.name: [row.get(one.name) for row in rows] for one in columns if one.name != "maturity"
    }
    frame = pd.DataFrame(cells)
    for one in columns:
        if one.name == "maturity":
            continue
        if one.type == "number":
            frame[one.name] = frame[one.name].astype("float64")
        elif one.type == "date":
            frame[one.name] = pd.to_datetime(frame[one.name]).astype("datetime64[us]")
        else:
            frame[one.name] = frame[one.name].astype("str").where(frame[one.name].notna(), None)
    return frame.assign(
        maturity=[row.get("maturity", "audited") for row in rows],
        source_file=FILE,
        source_sheet="数据",
        source_row=range(2, len(rows) + 2),
    )


def seen(frames, pair=PAIR, as_of=None):
    """Return observations by indicator (the first of each), the frames kept, and all of them."""
    sources = [
        SourceReference(
            dataset=name, file=FILE, sha256="0" * 64, n_rows=len(frame), maturity="audited"
        )
        for name, frame in frames.items()
    ]
    day = dt.date.fromisoformat(as_of) if as_of else None
    observations, kept = observe(catalogue(), pair, frames, sources, day)
    first = {}
    for one in observations:
        if one.district == pair.district:
            first.setdefault(one.indicator, one)
    return first, kept, observations
