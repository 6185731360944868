"""Take the whole archive in: every file is read once, and one file is held at a time."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from ecoreport import store
from ecoreport.archive.days import Days
from ecoreport.archive.hours_file import HoursFile
from ecoreport.archive.once import Once
from ecoreport.archive.read import Hours, read_file
from ecoreport.archive.years import station_statistics
from ecoreport.code import digest_of
from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cnemc import archive_files, coverage, imported_types
from ecoreport.project import Pair, Project
from ecoreport.standards.air.days import day_rules
from ecoreport.workbooks import safe_text

NAME = "_archive"
"""Stands where a district's name does, below data/processed; no district has such a name."""
HOURS, DAYS, STATISTICS, ABOUT = (
    "station_hours.parquet",
    "station_days.parquet",
    "station_statistics.csv",
    "about.json",
)


@dataclass(frozen=True)
class Archive:
    """What was taken in.

    Attributes
    ----------
    folder : pathlib.Path
        Holds the four files named in this module.
    about : dict
        Files with SHA-256, counts, what was dropped, hours and days that are missing.
    """

    folder: Path
    about: dict[str, Any]

    def remarks(self) -> list[str]:
        """Say what a person should know of it, one sentence a line."""
        about = self.about
        said = [
            _(
                "{stations} 个站点，{hours} 小时；全年缺 {missing} 小时，其中整日缺测 {days} 天"
            ).format(
                stations=about["stations"],
                hours=about["hours_present"],
                missing=about["hours_missing"],
                days=len(about["days_missing"]),
            )
        ]
        for key, words in {
            "repeated_rows_dropped": _("重复而略去的行：{count}"),
            "readings_below_zero_set_aside": _("小于 0、不作数据的值：{count}"),
            "hours_of_other_years_dropped": _("其他年份、未用的小时：{count}"),
        }.items():
            if about[key]:
                said.append(words.format(count=about[key]))
        if about["files_of_another_layout"]:
            names = ", ".join(about["files_of_another_layout"])
            said.append(_("格式不同、未读入的文件：{names}").format(names=names))
        return said


def take_in(
    project: Project,
    year: int,
    paths: Sequence[Path],
    watch: Callable[[Sequence[Path]], Iterable[Path]] = iter,
    n_workers: int | None = None,
) -> Archive:
    """Write the hours, days and annual statistics of every station of the archive.

    Parameters
    ----------
    project : Project
    year : int
    paths : sequence of pathlib.Path
        Files of the archive (also gzipped, also merged) or folders of them.
    watch : callable
        Wraps the list of files to show progress.
    n_workers : int, optional
        Processes for the statistics.

    Returns
    -------
    Archive
        In ``data/processed/archive/<year>``; all four files are new, or none is.

    Raises
    ------
    InputError
        As `ecoreport.ingest.cnemc.import_cnemc`.

    Notes
    -----
    Values, validity and statistics are those of `ecoreport.standards.air`. A station stands for
    itself: these are no figures of a city.
    """
    folder = project.processed(Pair(NAME, year))
    before, aside = _beside(folder)
    _clear_up(folder)
    aside.mkdir(parents=True)
    try:
        about = _pass(project, year, paths, aside, watch)
        days = pd.read_parquet(aside / DAYS)
        statistics = station_statistics(days, year, n_workers)
        # A code is what some header says: no spreadsheet may take it for a formula.
        statistics["station"] = statistics["station"].astype(str).map(safe_text)
        statistics.to_csv(aside / STATISTICS, index=False, encoding="utf-8-sig")
        store.write_json(aside / ABOUT, about)
        if folder.exists():
            folder.replace(before)
        aside.replace(folder)
    finally:
        _clear_up(folder)
    return Archive(folder, about)


def _pass(
    project: Project,
    year: int,
    paths: Sequence[Path],
    folder: Path,
    watch: Callable[[Sequence[Path]], Iterable[Path]],
) -> dict[str, Any]:
    types = imported_types(project)
    sources, skipped = archive_files(paths)
    once, days, moments = Once(), Days(year, day_rules(year)), []
    n_below_zero = n_elsewhere = 0
    with HoursFile(folder / HOURS, list(types.values())) as hours_file:
        for path in watch(list(sources)):
            read = read_file(path, sources[path], types)
            is_of_year = read.date.astype("datetime64[Y]") == np.datetime64(str(year))
            n_elsewhere += len(np.unique(_ends(read.rows(~is_of_year))))
            hours = once.new_rows(read.rows(is_of_year), path)
            is_below_zero = hours.values < 0
            n_below_zero += int(is_below_zero.sum())
            hours.values[is_below_zero] = np.nan
            if len(hours.date):
                hours_file.write(hours)
                days.add(hours)
                moments.append(np.unique(_ends(hours)))
    if not moments:
        raise InputError(_("所给文件中没有 {year} 年的小时。请核对 YEAR 和 FROM").format(year=year))
    of_stations = days.frame()
    of_stations.to_parquet(folder / DAYS, index=False)
    return {
        "source": "cnemc",
        "year": year,
        "files": [{"name": one.name, "sha256": digest_of(one)} for one in sources],
        "files_of_another_layout": [one.name for one in skipped],
        "stations": of_stations["station"].nunique(),
        "repeated_rows_dropped": once.n_repeated,
        "readings_below_zero_set_aside": n_below_zero,
        "hours_of_other_years_dropped": n_elsewhere,
        **coverage(pd.DatetimeIndex(np.unique(np.concatenate(moments))), year),
    }


def _ends(hours: Hours) -> npt.NDArray[np.datetime64]:
    ends: npt.NDArray[np.datetime64] = np.add(hours.date.astype("datetime64[h]"), hours.hour)
    return ends


def _beside(folder: Path) -> tuple[Path, Path]:
    """Return where the folder before goes while it is replaced, and where the next is written."""
    return folder.with_name(f".{folder.name}.before"), folder.with_name(f".{folder.name}.writing")


def _clear_up(folder: Path) -> None:
    """Remove what a run left, killed or not; the folder before comes back if nothing took over."""
    before, aside = _beside(folder)
    if before.exists() and not folder.exists():
        before.replace(folder)
    for left in (before, aside):
        shutil.rmtree(left, ignore_errors=True)
