"""Import of readings of automatic sections as the national platform shows them.

One table of displayed and raw values (``raw_…``), a row a section and reading. The raw value is
taken where it is there: classes rest on it. ``time`` has no year: it is that of ``file_date``, or
the one before where a file of January holds a reading of December. Readings are not reviewed:
公开实时.
"""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from ecoreport.code import digest_of
from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Maturity
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import text_of
from ecoreport.ingest.imported import Imported, put_table
from ecoreport.ingest.sections import section_codes
from ecoreport.project import Pair, Project

INDEX: Final = ("file_date", "section", "time", "official_class")
NAME: Final = "water_automatic_cnemc_{year}.csv"
SUFFIXES: Final = ("*.csv", "*.csv.gz")
NO_CLASS, NORMAL = "-", "正常"
"""What the platform writes where a reading has no class, and of a station at work."""


def import_cnemc_water(
    project: Project,
    pair: Pair,
    files: Sequence[Path],
    dataset: Dataset,
    listed: pd.DataFrame,
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> Imported:
    """Write the readings of the sections of a list and one year as a table of `dataset`.

    Parameters
    ----------
    project : Project
    pair : Pair
    files : sequence of pathlib.Path
        Tables (also gzipped) or folders of them.
    dataset : Dataset
        ``water_automatic``: gives the headers.
    listed : pandas.DataFrame
        The year's list: ``section``, ``name``; others' sections are left out.
    watch : callable
        Wraps the list of files to show progress.

    Raises
    ------
    InputError
        If a file is damaged or of another layout, nothing is of the year or of the list, or two
        rows of one section and time contradict each other.
    """
    columns = _columns(project)
    sources = _tables(files)
    read = [_read(path, columns) for path in watch(sources)]
    rows = _settled(pd.concat(read, ignore_index=True), pair, listed)
    found = sorted(rows["section"].unique())
    about = {
        "source": "cnemc-water",
        "year": pair.year,
        "files": [{"name": one.name, "sha256": digest_of(one)} for one in sources],
        "sections": found,
        "sections_absent": [
            f"{one.section} {one.name}"
            for one in listed.itertuples(index=False)
            if one.section not in found
        ],
        "rows": len(rows),
        "days": int(rows["date"].nunique()),
    }
    path = project.raw(pair) / NAME.format(year=pair.year)
    return put_table(path, _table(rows, dataset, columns), about, _said(about))


def _columns(project: Project) -> dict[str, tuple[str, str]]:
    """Return, by canonical column, the platform's column and its unit, as the table says."""
    path = project.params / "imports" / "cnemc_water.csv"
    with path.open(encoding="utf-8-sig", newline="") as table:
        return {row["column"]: (row["type"], row["unit"]) for row in csv.DictReader(table)}


def _tables(paths: Sequence[Path]) -> list[Path]:
    found = []
    for path in paths:
        inside = [path]
        if path.is_dir():
            inside = sorted(one for suffix in SUFFIXES for one in path.rglob(suffix))
        found += inside
    if not found:
        raise InputError(
            _("{paths} 中没有自动站数据的文件（.csv，可为 .gz）").format(
                paths=", ".join(map(str, paths))
            )
        )
    return found


def _read(path: Path, columns: dict[str, tuple[str, str]]) -> pd.DataFrame:
    """Read one table: section, moment, class and status as they stand, numbers of each column."""
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except FileNotFoundError as error:
        raise InputError(_("没有文件 {file}").format(file=path)) from error
    except (OSError, ValueError, EOFError, zlib.error) as error:
        raise InputError(
            _("文件 {file} 已损坏或不是自动站数据的格式（{detail}）").format(
                file=path, detail=str(error)[:100]
            )
        ) from error
    lacking = [name for name in (*INDEX, "station_status") if name not in frame]
    if lacking:
        raise InputError(
            _("文件 {file} 不是自动站数据的格式：缺少列 {columns}").format(
                file=path, columns=", ".join(lacking)
            )
        )
    values = {name: _numbers(frame, source) for name, (source, _unit) in columns.items()}
    return pd.DataFrame(
        {
            "section": frame["section"],
            "moment": _moments(frame, path),
            "status": frame["station_status"],
            "class_published": frame["official_class"].replace(NO_CLASS, ""),
            **values,
        }
    )


def _numbers(frame: pd.DataFrame, source: str) -> pd.Series[float]:
    """Return raw values, or displayed ones where a row has no raw one; marks are missing."""
    nothing = pd.Series(np.nan, frame.index)
    raw, shown = (
        pd.to_numeric(frame[name], errors="coerce") if name in frame else nothing
        for name in (f"raw_{source}", source)
    )
    return raw.fillna(shown)


def _moments(frame: pd.DataFrame, path: Path) -> pd.Series[pd.Timestamp]:
    days = pd.to_datetime(frame["file_date"], format="%Y-%m-%d", errors="coerce")
    text = days.dt.year.astype("Int64").astype("str") + "-" + frame["time"]
    moments = pd.to_datetime(text, format="%Y-%m-%d %H:%M", errors="coerce")
    before = (days.dt.year - 1).astype("Int64").astype("str") + "-" + frame["time"]
    last_year = pd.to_datetime(before, format="%Y-%m-%d %H:%M", errors="coerce")
    moments = moments.where(moments <= days + pd.Timedelta(days=2), last_year)
    is_wrong = moments.isna() & (frame["time"].str.strip() != "")
    if is_wrong.any():
        place = int(is_wrong.to_numpy().argmax())
        raise InputError(
            _("文件 {file} 第 {row} 行的时间 {time!r} 不可识别").format(
                file=path, row=place + 2, time=f"{frame['file_date'][place]} {frame['time'][place]}"
            )
        )
    return moments


def _settled(rows: pd.DataFrame, pair: Pair, listed: pd.DataFrame) -> pd.DataFrame:
    """Keep one row a listed section and moment of the year; hour 0 ends the day before.

    Two stations may bear one name: the reading of the one in normal operation is taken.
    """
    names = rows["section"].drop_duplicates()
    codes = dict(zip(names, section_codes(names, listed), strict=True))
    own = rows.assign(section=rows["section"].map(codes)).dropna(subset=["section", "moment"])
    begins = own["moment"] - pd.Timedelta(hours=1)
    own = own.assign(date=begins.dt.strftime("%Y-%m-%d"), hour=begins.dt.hour + 1)
    own = own[begins.dt.year == pair.year].drop(columns="moment").drop_duplicates()
    if own.empty:
        raise InputError(_("所给文件中没有 {pair} 断面清单所列断面的数据").format(pair=pair))
    key = ["section", "date", "hour"]
    in_operation = own[own["status"] == NORMAL]
    repeated = in_operation[in_operation.duplicated(key)]
    if len(repeated):
        first = repeated.iloc[0]
        raise InputError(
            _("所给文件对断面 {section} {date} {hour} 时有不同数值。请只给其中一份").format(
                section=first["section"], date=first["date"], hour=first["hour"]
            )
        )
    is_at_rest = own["status"] != NORMAL
    ordered = own.assign(_is_at_rest=is_at_rest).sort_values([*key, "_is_at_rest"], kind="stable")
    return ordered.drop_duplicates(key, ignore_index=True).drop(columns="_is_at_rest")


def _table(rows: pd.DataFrame, dataset: Dataset, columns: dict[str, tuple[str, str]]) -> str:
    """Return the rows as CSV in the ordinary layout of `dataset`, in the platform's units."""
    choices = {column.name: column.choices for column in dataset.columns}
    flat = rows.assign(maturity=choices["maturity"][Maturity.REAL_TIME.value][0])
    known = [column for column in dataset.columns if column.name in flat]
    for name in columns:
        flat[name] = flat[name].map(text_of, na_action="ignore")
    units = {name: unit for name, (_source, unit) in columns.items() if unit}
    labels = [f"{one.zh}({units[one.name]})" if one.name in units else one.zh for one in known]
    return (
        flat[[one.name for one in known]]
        .set_axis(labels, axis=1)
        .to_csv(index=False, lineterminator="\r\n")
    )


def _said(about: dict[str, Any]) -> list[str]:
    """Say what a person should know of the table, one sentence a line."""
    said = [
        _("{sections} 个断面，{rows} 行，{days} 天").format(
            sections=len(about["sections"]), rows=about["rows"], days=about["days"]
        )
    ]
    if about["sections_absent"]:
        names = ", ".join(about["sections_absent"])
        said.append(_("清单中没有自动站数据的断面：{names}").format(names=names))
    return said
