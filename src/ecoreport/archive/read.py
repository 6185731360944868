"""Read one wide file of the archive: all stations, the types that are imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

from ecoreport.errors import InputError
from ecoreport.i18n import _
from ecoreport.ingest.cnemc import HOURS_A_DAY, INDEX, REPEATED


@dataclass(frozen=True)
class Hours:
    """Readings of many stations, one row an hour and column.

    Attributes
    ----------
    stations : list of str
        Of the columns of `values`.
    date : numpy.ndarray
        datetime64[D], the day in which the hour begins.
    hour : numpy.ndarray
        1 to 24, its end.
    column : numpy.ndarray
        Canonical column of the readings, as text.
    values : numpy.ndarray
        Shape (rows, stations), µg/m³, CO mg/m³; NaN where nothing was measured.
    """

    stations: list[str]
    date: npt.NDArray[np.datetime64]
    hour: npt.NDArray[np.int8]
    column: npt.NDArray[Any]
    values: npt.NDArray[np.float64]

    def rows(self, chosen: npt.NDArray[np.bool_]) -> Hours:
        """Return some of the rows."""
        return Hours(
            self.stations,
            self.date[chosen],
            self.hour[chosen],
            self.column[chosen],
            self.values[chosen],
        )


def read_file(path: Path, header: Sequence[str], types: Mapping[str, str]) -> Hours:
    """Return the hours of one file.

    Parameters
    ----------
    path : pathlib.Path
        Plain or gzipped.
    header : sequence of str
        Its first line, as `ecoreport.ingest.cnemc.archive_files` read it.
    types : mapping of str to str
        Canonical column of each type that is imported.

    Raises
    ------
    InputError
        If a cell is no number, a date no date, or a station stands twice with two values.
    """
    places = [f"{place}" for place in range(len(header))]
    schema = [pl.Int64, pl.Int64, pl.String, *[pl.Float64] * (len(header) - len(INDEX))]
    try:
        wide = pl.read_csv(
            path, has_header=False, skip_rows=1, schema=dict(zip(places, schema, strict=True))
        ).filter(pl.col("2").is_in(list(types)))
        written = wide["0"].cast(pl.String).str.to_date("%Y%m%d").to_numpy()
    except (pl.exceptions.PolarsError, OSError) as error:
        raise InputError(
            _("文件 {file} 已损坏或不是公开实时数据存档的格式（{detail}）").format(
                file=path, detail=str(error).splitlines()[0][:100]
            )
        ) from error
    hour = wide["1"].fill_null(-1).to_numpy()
    if not ((hour >= 0) & (hour < HOURS_A_DAY)).all():
        raise InputError(_("文件 {file} 的 hour 列应为 0 至 23").format(file=path))
    stations, values = _stations(wide.select(places[len(INDEX) :]).to_numpy(), header, path)
    # Hour 0 ends the day before.
    return Hours(
        stations=stations,
        date=written.astype("datetime64[D]") - (hour == 0),
        hour=np.where(hour == 0, HOURS_A_DAY, hour).astype(np.int8),
        column=wide["2"].replace_strict(dict(types)).to_numpy(),
        values=values,
    )


def _stations(
    values: npt.NDArray[np.float64], header: Sequence[str], path: Path
) -> tuple[list[str], npt.NDArray[np.float64]]:
    """Keep each station once; columns that stand twice must be alike."""
    chosen: dict[str, int] = {}
    for place, name in enumerate(header[len(INDEX) :]):
        code = REPEATED.sub("", name)
        if code not in chosen:
            chosen[code] = place
        elif not np.array_equal(values[:, place], values[:, chosen[code]], equal_nan=True):
            raise InputError(
                _("文件 {file} 中站点 {code} 有两列，数值不同。请删去不对的一列").format(
                    file=path, code=code
                )
            )
    return list(chosen), values[:, list(chosen.values())]
