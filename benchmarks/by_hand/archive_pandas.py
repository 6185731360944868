"""The year of the archive with pandas: ``archive_pandas.py YEAR FOLDER OUT``, a file at a time.

The same rules (`ecoreport.standards.air`), the same results; hours are not kept.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from ecoreport.ingest.cnemc import imported_types
from ecoreport.project import Project
from ecoreport.standards.air import annual_statistics, daily_from_hourly

KEYS = ["station", "date", "hour"]


def main(year: int, folder: str, out: str) -> None:
    types = imported_types(Project.here())
    kept, days = None, []
    for path in sorted(Path(folder).glob("china_sites_*.csv*")):
        hours = long(pd.read_csv(path), types, year)
        hours = hours if kept is None else pd.concat([kept, hours])
        # The last hour of the last day comes with the next file.
        is_open = hours["date"] == hours["date"].max()
        kept = hours[is_open]
        if not is_open.all():
            days.append(daily_from_hourly(hours[~is_open], year))
    if kept is not None and len(kept):
        days.append(daily_from_hourly(kept, year))
    frame = pd.concat(days, ignore_index=True)
    statistics = [
        annual_statistics(of_one.set_index("date").drop(columns="station"), year).assign(
            station=code
        )
        for code, of_one in frame.groupby("station")
    ]
    pd.concat(statistics).to_csv(out, index=False)


def long(wide: pd.DataFrame, types: dict[str, str], year: int) -> pd.DataFrame:
    wide = wide[wide["type"].isin(list(types))]
    moment = pd.to_datetime(wide["date"].astype(str)) - pd.to_timedelta(
        wide["hour"].eq(0).astype(int), "D"
    )
    wide = wide.assign(date=moment, hour=wide["hour"].replace(0, 24))
    melted = wide[wide["date"].dt.year == year].melt([*KEYS[1:], "type"], var_name="station")
    values = melted.set_index([*KEYS, "type"])["value"]
    return values.unstack("type").rename(columns=types).reset_index()  # noqa: PD010 - a plain pivot


if __name__ == "__main__":
    main(int(sys.argv[1]), *sys.argv[2:])
