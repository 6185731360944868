"""Write the hours of all stations as Parquet, one row an hour and station."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ecoreport.archive.read import Hours

KEYS = pa.schema(
    [
        ("station", pa.dictionary(pa.int32(), pa.string())),
        ("date", pa.date32()),
        ("hour", pa.int8()),
    ]
)


class HoursFile:
    """A file that grows by what each file of the archive holds."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._path, self._columns = path, list(columns)
        self._schema = pa.schema([*KEYS, *((name, pa.float64()) for name in columns)])

    def __enter__(self) -> Self:
        self._writer = pq.ParquetWriter(self._path, self._schema, compression="zstd")
        return self

    def __exit__(self, *error: object) -> None:
        self._writer.close()

    def write(self, hours: Hours) -> None:
        """Write the hours of one file; hours without any reading at a station are left out."""
        n_stations = len(hours.stations)
        moments = np.unique(hours.date.astype("int64") * 100 + hours.hour)
        row = np.searchsorted(moments, hours.date.astype("int64") * 100 + hours.hour)
        filled = np.full((len(self._columns), len(moments), n_stations), np.nan)
        for place, name in enumerate(self._columns):
            is_it = hours.column == name
            filled[place, row[is_it]] = hours.values[is_it]
        flat = filled.reshape(len(self._columns), -1)
        is_kept = ~np.isnan(flat).all(axis=0)
        codes = np.tile(np.arange(n_stations, dtype=np.int32), len(moments))[is_kept]
        of_row = np.repeat(moments, n_stations)[is_kept]
        arrays = [
            pa.DictionaryArray.from_arrays(codes, pa.array(hours.stations)),
            pa.array((of_row // 100).astype(np.int32)).cast(pa.date32()),
            pa.array((of_row % 100).astype(np.int8)),
            *(pa.array(values[is_kept], from_pandas=True) for values in flat),
        ]
        self._writer.write_table(pa.Table.from_arrays(arrays, schema=self._schema))
