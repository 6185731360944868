"""A report of what departments of a real district report, in a folder of its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from small_report import catalogue

from ecoreport.assessment import frames_folder
from ecoreport.findings.area import Chapter
from ecoreport.judging import judge_pair
from ecoreport.observe import observe
from ecoreport.observe.observation import SourceReference
from ecoreport.observed import Observed
from ecoreport.project import Pair, Project
from ecoreport.report import Report
from ecoreport.store import write_frame
from ecoreport.validate.finding import Validation

Tables = Mapping[str, pd.DataFrame]
USUAL = {
    "unit": "%",
    "basis": "全区",
    "document": "年报",
    "document_number": "泰海〔2019〕1号",
    "evidence_file": "材料.pdf",
    "department": "hailing-environment",
    "filled_by": "张",
    "checked_by": "李",
    "remark": "",
    "unit_as_reported": "%",
    "confirmed_by": "王",
    "confirmed_on": pd.Timestamp("2019-01-15"),
    "maturity": "audited",
    "source_file": "data/raw/hailing/2018/表.xlsx",
    "source_sheet": "表",
}


def figures(year: int, **values: float | tuple[float, str]) -> pd.DataFrame:
    """Return reported figures: ``greening__forest_cover=22.7``, or with another basis."""
    rows = []
    for name, told in values.items():
        value, basis = told if isinstance(told, tuple) else (told, USUAL["basis"])
        rows.append(
            _row(name, year) | {"value": value, "value_as_reported": f"{value}", "basis": basis}
        )
    return _frame(rows)


def statuses(year: int, **values: str) -> pd.DataFrame:
    """Return confirmations: ``institutional__plan="done"``."""
    return _frame([_row(name, year) | {"status": status} for name, status in values.items()])


def events(year: int, indicator: str, by_month: Mapping[int, float]) -> pd.DataFrame:
    """Return signed monthly returns."""
    rows = [
        _row(indicator, year) | {"period": f"{year}-{month:02d}", "events": number}
        for month, number in by_month.items()
    ]
    return _frame(rows)


def table(dataset: str, *rows: Mapping[str, object]) -> pd.DataFrame:
    """Return a canonical frame: each row a few cells, all other columns missing."""
    columns = catalogue().datasets[dataset].columns
    frame = pd.DataFrame({one.name: [row.get(one.name) for row in rows] for one in columns})
    for one in columns:
        cells = frame[one.name]
        if one.type == "number":
            frame[one.name] = cells.astype("float64")
        elif one.type == "date":
            frame[one.name] = pd.to_datetime(cells).astype("datetime64[us]")
        else:
            frame[one.name] = cells.astype("str").where(cells.notna(), None)
    place = {"maturity": "audited", "source_file": USUAL["source_file"], "source_sheet": "表"}
    return frame.assign(**place, source_row=range(5, 5 + len(rows)))


def demonstration(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same as our generator would have made it."""
    return frame.assign(maturity="demonstration")


def _row(name: str, year: int) -> dict[str, object]:
    return {**USUAL, "indicator": name.replace("__", "."), "period": str(year)}


def _frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    return pd.DataFrame(rows).assign(source_row=range(5, 5 + len(rows)))


def chapter_of(
    root: Path,
    area: str,
    by_year: Mapping[int, Tables],
    *,
    district: str = "hailing",
    as_of: dt.date | None = None,
) -> Chapter:
    """Return an area's chapter of the last of some years, observed and judged as always."""
    pair = Pair(district, max(by_year))
    observed = {
        Pair(district, year): _observed(Pair(district, year), tables, as_of)
        for year, tables in by_year.items()
    }
    assessment = judge_pair(catalogue(), pair, as_of, observed, "")
    project = Project(root)
    for other, one in observed.items():
        for name, frame in one.frames.items():
            write_frame(frames_folder(project, pair, as_of, other.year) / f"{name}.parquet", frame)
    return Chapter(Report(project, pair, catalogue(), assessment), area)


def _observed(pair: Pair, tables: Tables, as_of: dt.date | None) -> Observed:
    sources = [
        SourceReference.model_validate(
            {
                "dataset": name,
                "file": frame["source_file"].iloc[0],
                "sha256": "0" * 64,
                "n_rows": len(frame),
                "maturity": frame["maturity"].iloc[0],
            }
        )
        for name, frame in tables.items()
    ]
    last_day = as_of if as_of and as_of.year == pair.year else None
    found, kept = observe(catalogue(), pair, dict(tables), sources, last_day)
    return Observed(tuple(found), (), Validation(), frozenset(), frames=kept)
