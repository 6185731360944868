"""Import of the public archive of the national real-time platform (china_sites_YYYYMMDD.csv).

The archive is wide: date, hour, type, then one column a station; fifteen types. Hour 0 holds the
hour before midnight and belongs to the day before, as its hour 24 (the archive's running maximum
of O3 starts anew at hour 1). The values are real-time and not reviewed: 公开实时.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, TextIO

import pandas as pd

from ecoreport.code import digest_of
from ecoreport.config.layouts import Dataset
from ecoreport.config.vocabulary import Maturity
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cells import text_of
from ecoreport.ingest.imported import Imported, put_table
from ecoreport.project import Pair, Project

INDEX: Final = ("date", "hour", "type")
HOURS_A_DAY: Final = 24
NAME: Final = "air_hourly_cnemc_{year}.csv"
REPEATED = re.compile(r"\.\d+$")
"""What a program appends to a column name that it meets a second time."""


def import_cnemc(
    project: Project,
    pair: Pair,
    files: Sequence[Path],
    dataset: Dataset,
    station_codes: Sequence[str],
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
) -> Imported:
    """Write the hours of some stations and one year as a table of `dataset` into data/raw.

    Parameters
    ----------
    project : Project
    pair : Pair
    files : sequence of pathlib.Path
        Files of the archive (also gzipped, also merged into one wide file) or folders of them; in
        a folder whatever has another layout is left alone and named.
    dataset : Dataset
        ``air_hourly``: gives the headers.
    station_codes : sequence of str
        Stations wanted; those that the archive lacks are named.
    watch : callable
        Wraps the list of files to show progress.

    Returns
    -------
    Imported
        Importing the same again changes nothing; a different table that stood there is kept
        beside it under a name that ends in ``.earlier-`` and its hash.

    Raises
    ------
    InputError
        If a file has another layout or is damaged, no file is left, no hour lies in the year, no
        station is found, or two files contradict each other.
    """
    types = imported_types(project)
    sources, skipped = archive_files(files)
    parts, notes = [], _Notes()
    for path in watch(list(sources)):
        parts.append(_read(path, sources[path], set(types), station_codes, notes))
    wide = _one_value_each(pd.concat(parts), notes)
    hours = _in_year(wide, pair.year, notes)
    rows = _by_station(hours, types)
    found = [one for one in station_codes if one in rows.index.get_level_values("station")]
    if not found:
        raise InputError(
            _("所给文件中没有 {district} 的站点（{codes}）的数据").format(
                district=pair.district, codes=", ".join(station_codes)
            )
        )
    about = {
        "source": "cnemc",
        "year": pair.year,
        "files": [{"name": one.name, "sha256": digest_of(one)} for one in sources],
        "files_of_another_layout": [one.name for one in skipped],
        "stations": found,
        "stations_absent": [one for one in station_codes if one not in found],
        "rows": len(rows),
        **coverage(pd.DatetimeIndex(hours.index.get_level_values("moment").unique()), pair.year),
        **notes.as_dict(),
    }
    path = project.raw(pair) / NAME.format(year=pair.year)
    return put_table(path, _table(rows, dataset), about, _said(about))


class _Notes:
    """What was dropped on the way."""

    def __init__(self) -> None:
        self.duplicate_columns: dict[str, int] = {}
        self.repeated_values = 0
        self.hours_of_other_years = 0

    def as_dict(self) -> dict[str, object]:
        return {
            "duplicate_station_columns_dropped": self.duplicate_columns,
            "repeated_rows_dropped": self.repeated_values,
            "hours_of_other_years_dropped": self.hours_of_other_years,
        }


def imported_types(project: Project) -> dict[str, str]:
    """Return the canonical column of each type that is imported."""
    path = project.params / "imports" / "cnemc.csv"
    with path.open(encoding="utf-8-sig", newline="") as table:
        return {row["type"]: row["column"] for row in csv.DictReader(table) if row["column"]}


def archive_files(paths: Sequence[Path]) -> tuple[dict[Path, list[str]], list[Path]]:
    """Return the header of each file of the archive, and the files of folders that are none."""
    sources: dict[Path, list[str]] = {}
    skipped = []
    for path in paths:
        inside = [path]
        if path.is_dir():
            inside = sorted(one for end in ("*.csv", "*.csv.gz") for one in path.rglob(end))
        for one in inside:
            header = _header(one)
            if tuple(header[: len(INDEX)]) == INDEX:
                sources[one] = header
            elif path.is_dir():
                skipped.append(one)
            else:
                raise InputError(
                    _(
                        "文件 {file} 不是公开实时数据存档的格式："
                        "第一行应为 date,hour,type 和站点编码（china_sites_年月日.csv）"
                    ).format(file=one)
                )
    if not sources:
        raise InputError(
            _("{paths} 中没有公开实时数据存档的文件（china_sites_年月日.csv，可为 .gz）").format(
                paths=", ".join(map(str, paths))
            )
        )
    return sources, skipped


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(path), encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _header(path: Path) -> list[str]:
    try:
        with _open(path) as text:
            return next(csv.reader(text), [])
    except FileNotFoundError as error:
        raise InputError(_("没有文件 {file}").format(file=path)) from error
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error):
        return []


def _read(
    path: Path, header: list[str], types: set[str], codes: Sequence[str], notes: _Notes
) -> pd.DataFrame:
    """Read the stations wanted from one file, shape (moments × types, stations)."""
    names = [REPEATED.sub("", name) for name in header]
    places = [place for place, name in enumerate(names) if place < len(INDEX) or name in codes]
    try:
        with _open(path) as text:
            frame = pd.read_csv(
                text, header=0, names=range(len(header)), usecols=places, index_col=False
            )
        frame = frame[frame[2].isin(types)]
        moments = pd.to_datetime(frame[0].astype(str), format="%Y%m%d") + pd.to_timedelta(
            frame[1], unit="h"
        )
        values = frame[places[len(INDEX) :]].astype("float64")
    except (ValueError, TypeError, OSError, EOFError, zlib.error) as error:
        raise InputError(
            _("文件 {file} 已损坏或不是公开实时数据存档的格式（{detail}）").format(
                file=path, detail=str(error)[:100]
            )
        ) from error
    values = _without_repeated_columns(values, names, path, notes)
    values.columns.name = "station"
    values.index = pd.MultiIndex.from_arrays([moments, frame[2]], names=["moment", "type"])
    return values


def _without_repeated_columns(
    values: pd.DataFrame, names: list[str], path: Path, notes: _Notes
) -> pd.DataFrame:
    """Keep the first column of a station that stands twice; both must say the same."""
    kept: dict[str, int] = {}
    for place in map(int, values.columns):
        code = names[place]
        if code not in kept:
            kept[code] = place
        elif values[place].equals(values[kept[code]]):
            notes.duplicate_columns[code] = notes.duplicate_columns.get(code, 0) + 1
        else:
            raise InputError(
                _("文件 {file} 中站点 {code} 有两列，数值不同。请删去不对的一列").format(
                    file=path, code=code
                )
            )
    return values[list(kept.values())].set_axis(list(kept), axis=1)


def _one_value_each(wide: pd.DataFrame, notes: _Notes) -> pd.DataFrame:
    """Drop rows that stand twice; two files must not contradict each other."""
    repeated = wide.index.duplicated(keep="first")
    if not repeated.any():
        return wide
    per_row = wide[wide.index.duplicated(keep=False)].groupby(level=[0, 1])
    differing = ((per_row.max() - per_row.min()) > 0).any(axis=1)
    if differing.any():
        first = differing[differing].index.to_frame(index=False).iloc[0]
        raise InputError(
            _("所给文件对 {moment} 的 {type} 有不同数值。请只给其中一份").format(
                moment=f"{first['moment']:%Y-%m-%d %H}", type=first["type"]
            )
        )
    notes.repeated_values = int(repeated.sum())
    # Of two files one may know a station that the other lacks.
    return pd.DataFrame(wide.groupby(level=[0, 1], sort=False).first())


def _in_year(wide: pd.DataFrame, year: int, notes: _Notes) -> pd.DataFrame:
    """Keep the hours of `year`: an hour belongs to the day in which it begins."""
    moments = pd.DatetimeIndex(wide.index.get_level_values("moment"))
    is_inside = (moments - pd.Timedelta(hours=1)).year == year
    if not is_inside.any():
        raise InputError(
            _("所给文件的年份是 {years}，不是 {year}。请核对 YEAR 和 FROM").format(
                years=", ".join(map(str, sorted(set(moments.year)))), year=year
            )
        )
    notes.hours_of_other_years = moments[~is_inside].nunique()
    return wide.loc[is_inside].sort_index()


def _by_station(hours: pd.DataFrame, types: dict[str, str]) -> pd.DataFrame:
    """Return one row a moment and station, one canonical column a type."""
    series = hours.melt(ignore_index=False).set_index("station", append=True)["value"]
    rows = series.unstack("type").rename(columns=types)  # noqa: PD010 - a plain pivot
    return rows.reindex(columns=list(types.values())).dropna(how="all")


def coverage(moments: pd.DatetimeIndex, year: int) -> dict[str, Any]:
    """Say which hours of a year are there, given the ends of those that are."""
    whole = pd.date_range(f"{year}-01-01 01:00", f"{year + 1}-01-01 00:00", freq="h")
    missing = whole.difference(moments) - pd.Timedelta(hours=1)
    per_day = pd.Series(missing.normalize()).value_counts().sort_index()
    absent = [f"{day:%Y-%m-%d}" for day, count in per_day.items() if count == HOURS_A_DAY]
    return {
        "hours_present": len(moments),
        "hours_missing": len(missing),
        "days_missing": absent,
        "days_with_missing_hours": len(per_day) - len(absent),
    }


def _table(rows: pd.DataFrame, dataset: Dataset) -> str:
    """Return the rows as CSV in the ordinary layout of `dataset`."""
    flat = rows.reset_index().sort_values(["station", "moment"], ignore_index=True)
    begins = flat["moment"] - pd.Timedelta(hours=1)
    flat["date"] = begins.dt.strftime("%Y-%m-%d")
    flat["hour"] = begins.dt.hour + 1
    choices = {column.name: column.choices for column in dataset.columns}
    flat["maturity"] = choices["maturity"][Maturity.REAL_TIME.value][0]
    columns = [column for column in dataset.columns if column.name in flat]
    for column in columns:
        if column.type == "number":
            flat[column.name] = flat[column.name].map(text_of, na_action="ignore")
    labels = [f"{one.zh}({one.unit})" if one.unit else one.zh for one in columns]
    return (
        flat[[one.name for one in columns]]
        .set_axis(labels, axis=1)
        .to_csv(index=False, lineterminator="\r\n")
    )


def _said(about: dict[str, Any]) -> list[str]:
    """Say what a person should know of the table, one sentence a line."""
    said = [
        _("{stations} 个站点，{rows} 行；全年缺 {missing} 小时，其中整日缺测 {days} 天").format(
            stations=len(about["stations"]),
            rows=about["rows"],
            missing=about["hours_missing"],
            days=len(about["days_missing"]),
        )
    ]
    if about["stations_absent"]:
        said.append(_("没有数据的站点：{codes}").format(codes=", ".join(about["stations_absent"])))
    if about["files_of_another_layout"]:
        names = ", ".join(about["files_of_another_layout"])
        said.append(_("格式不同、未读入的文件：{names}").format(names=names))
    return said
